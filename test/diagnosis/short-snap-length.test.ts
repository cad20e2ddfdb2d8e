import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { inEnglish } from "../../src/texts/texts.js";
import { judgeBytes } from "../support/extract.js";
import { captureFile } from "../support/scenario/capture-file.js";
import {
  accusations,
  dialogue,
  every,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  mainMode,
  mainModeInFragments,
  opens,
  quickMode,
  scenario,
  setsUp,
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

describe("ESP both ways at a snap length that leaves no IKE header whole", () => {
  /** The responder asks so many times at the end, and the initiator answers the last one where it `isAnswered`. */
  function judgedAt68(requests: number, isAnswered: boolean): Promise<Judgement> {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.2, 1, 3));
    talk.at(...every(1, 5, 5 + requests)).responder.sends(informational({ id: 0 }));
    if (isAnswered) talk.at(5 + requests - 0.9).initiator.sends(informationalAnswer({ id: 0 }));
    talk.endsAt(5 + requests);
    return judgeBytes(captureFile(talk, { snapLength: 68 }));
  }

  it("proves no tunnel that works if IKE messages of one side alone come behind it", async () => {
    const { status, tunnels } = await judgedAt68(4, false);
    expect(status).toBe("up");
    expect(inEnglish(tunnels[0]?.standing ?? "")).toContain(
      "ESP both ways, then 4 IKE messages of 198.51.100.20, cut by the snap length, without a packet back",
    );
  });

  it("is healthy if the other side sends something behind them", async () => {
    expect((await judgedAt68(4, true)).status).toBe("healthy");
  });

  it("is healthy if there is one, which can be an answer", async () => {
    expect((await judgedAt68(1, false)).status).toBe("healthy");
  });
});

describe("a message in IP fragments that all came, cut by the snap length", () => {
  it("has no fragment that is missing, whether it is answered or not", async () => {
    const judged = (isAnswered: boolean): Promise<Judgement> => {
      const talk = scenario();
      opens(talk);
      talk
        .at(...(isAnswered ? [0.1] : [0.1, 4.1, 11.3]))
        .initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480 });
      if (isAnswered) talk.at(0.2).responder.sends(ikeAuthAnswer());
      talk.endsAt(60);
      return judgeBytes(captureFile(talk, { snapLength: 96 }));
    };
    expect(accusations(await judged(true))).toEqual(["capture-truncated"]);
    const lost = finding(await judged(false), "ip-fragments-lost");
    expect(lost.confidence).toBe("likely");
    expect(inEnglish(lost.headline)).toContain("in 3 IP fragments never answered");
  });
});

describe("IKEv1 fragments that the snap length cut", () => {
  it.each([false, true])(
    "are parts of one message, and no repeats (encryption flag: %s)",
    async (isFlagged) => {
      const talk = scenario();
      for (const number of [1, 2, 3, 4] as const) {
        talk.at(number * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
      }
      talk.at(0.2).initiator.sends(mainModeInFragments(4, isFlagged));
      talk.at(0.3).responder.sends(mainModeInFragments(3, isFlagged));
      talk.at(0.4).initiator.sends(quickMode(1));
      talk.at(0.5).responder.sends(quickMode(2));
      talk.at(0.6).initiator.sends(quickMode(3));
      const judgement = await judgeBytes(captureFile(talk.endsAt(20), { snapLength: 128 }));
      expect(accusations(judgement)).toEqual(["capture-truncated"]);
    },
  );

  it("are what is lost where all of them repeat", async () => {
    const talk = scenario();
    for (const number of [1, 2, 3, 4] as const) {
      talk.at(number * 0.02)[number % 2 === 1 ? "initiator" : "responder"].sends(mainMode(number));
    }
    talk.at(0.2, 4.2, 11.4).initiator.sends(mainModeInFragments(2, false));
    const judgement = await judgeBytes(captureFile(talk.endsAt(40), { snapLength: 128 }));
    expect(judgement.findings[0]?.code).toBe("ike-fragments-lost");
    expect(finding(judgement, "ike-fragments-lost").summary).toContain("3 attempts");
  });
});
