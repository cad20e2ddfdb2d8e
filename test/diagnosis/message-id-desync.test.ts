import { describe, expect, it } from "vitest";
import {
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  numbers,
  type Scenario,
  scenario,
  setsUp,
} from "../support/scenario/index.js";

function up(): Scenario {
  const talk = scenario();
  setsUp(talk);
  talk.at(10).initiator.sends(informational({ id: 2 }));
  talk.at(10.1).responder.sends(informationalAnswer({ id: 2 }));
  return talk;
}

describe("message-id-desync", () => {
  it("fires where a request skips Message IDs and stays unanswered", () => {
    const talk = up();
    const tries = talk.at(30, 34, 41.2, 54.2).initiator.sends(informational({ id: 40 }));
    const judgement = talk.endsAt(200).judge();
    const found = finding(judgement, "message-id-desync");
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(evidence(found)).toEqual(numbers(tries));
    expect(faults(judgement)).toEqual(["message-id-desync"]);
    expect(codes(judgement)).not.toContain("dpd-timeout");
  });

  it("leaves it to dpd-timeout where the Message ID follows", () => {
    const talk = up();
    talk.at(30, 34, 41.2, 54.2).initiator.sends(informational({ id: 3 }));
    expect(faults(talk.endsAt(200).judge())).toEqual(["dpd-timeout"]);
  });

  it("stays silent where the request is answered: the sniffer missed those between", () => {
    const talk = up();
    talk.at(30, 34, 41.2).initiator.sends(informational({ id: 40 }));
    talk.at(41.3).responder.sends(informationalAnswer({ id: 40 }));
    expect(codes(talk.endsAt(200).judge())).not.toContain("message-id-desync");
  });
});
