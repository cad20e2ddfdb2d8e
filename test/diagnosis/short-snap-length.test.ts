import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { judgeBytes } from "../support/extract.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  accusations,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  opens,
  scenario,
  type SuiteName,
} from "../support/scenario/index.js";

/** What `tcpdump -s 96` leaves of a setup whose answer to IKE_AUTH holds so many bytes. */
function judgedAt96(suite: SuiteName, inner: number): Promise<Judgement> {
  const talk = scenario({ suite });
  opens(talk);
  talk.at(0.1).initiator.sends(ikeAuth());
  talk.at(0.2).responder.sends(ikeAuthAnswer({ inner }));
  talk.endsAt(10);
  return judgeBytes(captureFile(talk, { snapLength: 96 }));
}

/** IDr, AUTH and a notify: more than any suite leaves for a refusal, too little for SA, TSi and TSr under the chosen cipher. */
const REFUSED_CHILD = 100;
/** The shortest AUTH with SA, TSi and TSr. */
const SHORTEST_ACCEPTANCE = 104;

describe("IKE_AUTH at a snap length of 96 bytes, which leaves of the chosen suite its cipher", () => {
  it("is told to refuse the Child SA if the combined-mode cipher leaves no room for it", async () => {
    const judgement = await judgedAt96("gcm", REFUSED_CHILD);
    expect(accusations(judgement)).toEqual(["child-rejected", "capture-truncated"]);
    expect(finding(judgement, "child-rejected").confidence).toBe("likely");
  });

  it("is neither refused nor proven to be accepted if there is room for the shortest AUTH", async () => {
    const judgement = await judgedAt96("gcm", SHORTEST_ACCEPTANCE);
    expect(accusations(judgement)).toEqual(["capture-truncated"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is not judged if the integrity algorithm, which is cut, decides what it can hold", async () => {
    const judgement = await judgedAt96("cbc", REFUSED_CHILD);
    expect(accusations(judgement)).toEqual(["capture-truncated"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });
});
