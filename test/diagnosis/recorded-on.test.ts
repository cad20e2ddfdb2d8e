import { describe, expect, it } from "vitest";
import { finding, ikeSaInit, ikeSaInitAnswer, scenario } from "../support/scenario/index.js";

/** The first exchange is all that the file has: that nothing followed is known only if the sniffer ran on. */
function answered() {
  const talk = scenario();
  talk.at(0).initiator.sends(ikeSaInit());
  talk.at(0.02).responder.sends(ikeSaInitAnswer());
  return talk;
}

/** What is said of the missing IKE_AUTH if the sniffer ran on for so many seconds; null: the file does not say. */
function missing(seconds: number | null) {
  const talk = answered();
  const end = talk.kept().observations.lastTime ?? 0;
  const recorded = seconds === null ? null : { from: end - 20_000, until: end + seconds * 1_000_000 };
  return finding(talk.judgeWith({ recorded }), "ike-auth-missing");
}

const STOPPED = "it may just have been stopped";

describe("silence after the last packet", () => {
  it("is none if the file does not say how long the sniffer ran", () => {
    expect(missing(null).summary).toContain(STOPPED);
  });

  it("counts to the sniffer's end if the file says when that was", () => {
    const found = missing(30);
    expect(found.headline).toContain("capture goes on for 30.0 s");
    expect(found.summary).not.toContain(STOPPED);
  });

  it("is short if the sniffer was stopped at once", () => {
    expect(missing(0.5).summary).toContain(STOPPED);
  });
});
