import { describe, expect, it } from "vitest";
import { ALL, GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import {
  accusations,
  encrypted,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  opens,
  scenario,
  type Scenario,
  traffic,
} from "../support/scenario/index.js";

const CODE = "lost-between-captures";

/** A round of EAP, as both ends send it. */
const REQUEST = () => encrypted(35, false, { id: 2, inner: 40 });
const ANSWER = () => encrypted(35, true, { id: 2, inner: 40 });

/** The first round of IKE_AUTH is answered with EAP. */
function begun(): Scenario {
  const talk = scenario();
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth({ inner: 300 }));
  talk.at(0.2).responder.sends(encrypted(35, true, { id: 1, inner: 200 }));
  return talk;
}

describe.each(GIVEN)("a round of EAP between two captures, %s", (given) => {
  it("whose answer is lost while the client asks again: no RADIUS server is blamed", async () => {
    const talk = begun();
    talk.at(0.3, 4.3, 11.5).initiator.sends(REQUEST());
    const back = talk.at(0.4).responder.sends(ANSWER());
    const judgement = await judgedAtEnds(talk.endsAt(60), given, without(back), ALL);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "IKE_AUTH" });
    expect(found.headline).toContain("IKE_AUTH response of 198.51.100.20 does not reach 192.0.2.10");
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("whose request is lost", async () => {
    const talk = begun();
    const sent = talk.at(0.3, 4.3, 11.5).initiator.sends(REQUEST());
    const judgement = await judgedAtEnds(talk.endsAt(60), given, ALL, without(sent));
    expect(faults(judgement)).toEqual([CODE]);
  });

  it("whose answer is lost, with no further try in the capture, is suspected", async () => {
    const talk = begun();
    talk.at(0.3).initiator.sends(REQUEST());
    const back = talk.at(0.4).responder.sends(ANSWER());
    const judgement = await judgedAtEnds(talk.endsAt(60), given, without(back), ALL);
    expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "possible" });
    expect(judgement.status).toBe("suspected");
  });

  it("stays with EAP where the request arrives and no answer leaves", async () => {
    const talk = begun();
    talk.at(0.3, 4.3, 11.5).initiator.sends(REQUEST());
    expect(faults(await judgedAtEnds(talk.endsAt(60), given, ALL, ALL))).toEqual(["eap-stalled"]);
  });

  it("is no fault where the second answer comes through, or the capture ends with the first one", async () => {
    const talk = begun();
    talk.at(0.3, 4.3).initiator.sends(REQUEST());
    const back = talk.at(0.4, 4.4).responder.sends(ANSWER());
    talk.at(4.5).initiator.sends(encrypted(35, false, { id: 3, inner: 40 }));
    talk.at(4.6).responder.sends(ikeAuthAnswer({ id: 3 }));
    traffic(talk, 5, 10);
    expect(accusations(await judgedAtEnds(talk.endsAt(12), given, without(back.slice(0, 1)), ALL))).toEqual(
      [],
    );
    const short = begun();
    short.at(0.3).initiator.sends(REQUEST());
    const last = short.at(0.4).responder.sends(ANSWER());
    expect(accusations(await judgedAtEnds(short.endsAt(0.9), given, without(last), ALL))).toEqual([]);
  });
});
