import { describe, expect, it } from "vitest";
import { renderText } from "../../src/report/text.js";
import {
  authRefusal,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

function stepOf(talk: Scenario): unknown {
  return talk.judge().tunnels[0]?.next;
}

describe("the step that gives a proof which is missing", () => {
  it("is to capture on where a setup is under way", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).initiator.sends(ikeAuth());
    expect(stepOf(talk.endsAt(0.5))).toMatch(/^Let the capture run on until the request is answered/);
  });

  it("is the same where one message alone is there", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    expect(stepOf(talk.endsAt(0.5))).toMatch(/^Let the capture run on until the request is answered/);
  });

  it("is to ping where the tunnel is up and no ESP is there", () => {
    const talk = scenario();
    setsUp(talk);
    expect(stepOf(talk.endsAt(5))).toMatch(
      /^Ping through the tunnel while the capture runs, and capture ESP/,
    );
  });

  it("is to ping from both ends where packets went one way so far", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1, 1.5).initiator.esp();
    expect(stepOf(talk.endsAt(2))).toMatch(/^Ping through the tunnel from both ends/);
  });

  it("is to capture on where a liveness check has no answer yet", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 5);
    talk.at(6, 10).responder.sends(informational({ id: 0 }));
    expect(stepOf(talk.endsAt(11))).toMatch(/^Let the capture run on until the request is answered/);
  });

  it("stands in the report behind what the capture holds of the tunnel", () => {
    const talk = scenario();
    setsUp(talk);
    expect(renderText(talk.endsAt(5).judge()).replaceAll(/\s+/g, " ")).toContain(
      "packets both ways prove that it works.",
    );
  });

  it("is none where the tunnel works, or a finding has steps of its own", () => {
    const works = scenario();
    setsUp(works);
    traffic(works, 1, 20);
    expect(stepOf(works.endsAt(21))).toBeNull();
    const refused = scenario();
    refused.at(0).initiator.sends(ikeSaInit());
    refused.at(0.1).responder.sends(ikeSaInitAnswer());
    refused.at(0.2).initiator.sends(ikeAuth());
    refused.at(0.3).responder.sends(authRefusal());
    expect(stepOf(refused.endsAt(60))).toBeNull();
  });
});
