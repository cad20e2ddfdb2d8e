import { describe, expect, it } from "vitest";
import {
  accusations,
  aggressiveModeUp,
  clearNotifyV1,
  informationalV1,
  mainMode,
  mainModeUp,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  traffic,
  transaction,
} from "../support/scenario/index.js";
import { expectHealthy } from "../support/scenario/expect-healthy.js";

describe("a healthy IKEv1 tunnel is not accused", () => {
  it("in main mode and quick mode", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
      traffic(talk, 1, 10);
    });
  });

  it("in aggressive mode and quick mode", () => {
    expectHealthy((talk) => {
      aggressiveModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
    });
  });

  it("on ports 500 and then 4500", () => {
    expectHealthy(
      (talk) => {
        mainModeUp(talk);
        quickModeUp(talk, { from: 0.5 });
        traffic(talk, 1, 10);
      },
      { floats: true },
    );
  });

  it("with INITIAL-CONTACT and deletes by INFORMATIONAL of both sides right after quick mode", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      talk.at(0.4).initiator.sends(informationalV1());
      quickModeUp(talk, { from: 0.5 });
      talk.at(0.7).responder.sends(informationalV1());
      talk.at(0.71).initiator.sends(informationalV1());
    });
  });

  it("whose responder sends RESPONDER-LIFETIME between quick mode 1 and 2", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1));
      talk.at(1.01).responder.sends(informationalV1());
      talk.at(1.05).responder.sends(quickMode(2));
      talk.at(1.1).initiator.sends(quickMode(3));
    });
  });

  it("with DPD both ways for a minute", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      quickModeUp(talk, { from: 0.5 });
      for (const second of [10, 20, 30, 40, 50]) {
        talk.at(second).initiator.sends(informationalV1());
        talk.at(second + 0.05).responder.sends(informationalV1());
        talk.at(second + 3).responder.sends(informationalV1());
        talk.at(second + 3.05).initiator.sends(informationalV1());
      }
    });
  });

  it("with XAUTH and mode config as transactions, the user taking his time", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      talk.at(1).responder.sends(transaction({ messageId: 11 }));
      talk.at(15).initiator.sends(transaction({ messageId: 11 }));
      talk.at(15.2).responder.sends(transaction({ messageId: 12 }));
      talk.at(15.3).initiator.sends(transaction({ messageId: 12 }));
      talk.at(15.4).initiator.sends(transaction({ messageId: 13 }));
      talk.at(15.5).responder.sends(transaction({ messageId: 13 }));
      quickModeUp(talk, { from: 16 });
      traffic(talk, 17, 25);
    });
  });

  it("whose quick mode is started by the responder", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      talk.at(1).responder.sends(quickMode(1));
      talk.at(1.05).initiator.sends(quickMode(2));
      talk.at(1.1).responder.sends(quickMode(3));
    });
  });

  it("with several quick modes, some at the same time from both sides", () => {
    expectHealthy((talk) => {
      mainModeUp(talk);
      talk.at(1).initiator.sends(quickMode(1, { messageId: 1 }));
      talk.at(1.01).responder.sends(quickMode(1, { messageId: 2 }));
      talk.at(1.05).responder.sends(quickMode(2, { messageId: 1 }));
      talk.at(1.06).initiator.sends(quickMode(2, { messageId: 2 }));
      talk.at(1.1).initiator.sends(quickMode(3, { messageId: 1 }));
      talk.at(1.11).responder.sends(quickMode(3, { messageId: 2 }));
    });
  });

  it("of which one main mode 3 was lost", () => {
    expectHealthy((talk) => {
      const third = mainMode(3);
      talk.at(0).initiator.sends(mainMode(1));
      talk.at(0.05).responder.sends(mainMode(2));
      talk.at(0.1, 4.1).initiator.sends(third);
      talk.at(4.2).responder.sends(mainMode(4));
      talk.at(4.3).initiator.sends(mainMode(5));
      talk.at(4.4).responder.sends(mainMode(6));
      quickModeUp(talk, { from: 5 });
    });
  });

  it("whose capture holds an unauthenticated error of phase 1 that did not matter", () => {
    expectHealthy((talk) => {
      talk.at(0).initiator.sends(mainMode(1));
      talk.at(0.02).responder.sends(clearNotifyV1(14));
      talk.at(0.05).responder.sends(mainMode(2));
      talk.at(0.1).initiator.sends(mainMode(3));
      talk.at(0.2).responder.sends(mainMode(4));
      talk.at(0.3).initiator.sends(mainMode(5));
      talk.at(0.4).responder.sends(mainMode(6));
      quickModeUp(talk, { from: 1 });
    });
  });
});

describe("an IKEv1 capture that shows only a part of a tunnel accuses nobody", () => {
  const partly = (name: string, tell: (talk: Scenario) => void): void => {
    it(name, () => {
      const talk = scenario();
      tell(talk);
      const judgement = talk.endsAt(60).judge();
      expect(accusations(judgement)).toEqual([]);
      expect(judgement.status).toBe("nothing-to-judge");
    });
  };

  partly("phase 1 without a quick mode", (talk) => mainModeUp(talk));

  partly("aggressive mode without a quick mode", (talk) => aggressiveModeUp(talk));

  partly("one check and its acknowledgement, which may be deletes of both sides", (talk) => {
    talk.at(1).initiator.sends(informationalV1());
    talk.at(1.05).responder.sends(informationalV1());
  });

  partly("deletes of both sides in a burst", (talk) => {
    for (const second of [1, 1.1, 1.2]) {
      talk.at(second).initiator.sends(informationalV1());
      talk.at(second + 0.05).responder.sends(informationalV1());
    }
  });

  partly("checks of one side alone", (talk) => {
    for (const second of [1, 11, 21]) talk.at(second).initiator.sends(informationalV1());
  });

  partly("messages of other lengths in turn", (talk) => {
    for (const second of [1, 11, 21]) {
      talk.at(second).initiator.sends(informationalV1());
      talk.at(second + 0.05).responder.sends(informationalV1({ length: 64 }));
    }
  });
});

it("only quick modes of an old phase 1, answered, are a healthy tunnel", () => {
  const talk = scenario();
  quickModeUp(talk, { from: 1 }, 1);
  quickModeUp(talk, { from: 20 }, 2);
  const judgement = talk.endsAt(60).judge();
  expect(accusations(judgement)).toEqual([]);
  expect(judgement.status).toBe("up");
});

it("only acknowledged liveness checks of an old phase 1 are an IKE SA that is up", () => {
  const talk = scenario();
  for (const second of [1, 11, 21]) {
    talk.at(second).initiator.sends(informationalV1());
    talk.at(second + 0.05).responder.sends(informationalV1());
  }
  const judgement = talk.endsAt(60).judge();
  expect(accusations(judgement)).toEqual([]);
  expect(judgement.status).toBe("up");
});

it("transactions before the quick mode are no liveness checks that prove the tunnel", () => {
  const talk = scenario();
  talk.at(0.1).responder.sends(transaction({ messageId: 11, length: 80 }));
  talk.at(0.2).initiator.sends(transaction({ messageId: 11, length: 80 }));
  talk.at(0.3).initiator.sends(transaction({ messageId: 13, length: 80 }));
  talk.at(0.4).responder.sends(transaction({ messageId: 13, length: 80 }));
  quickModeUp(talk, { from: 1 });
  expect(talk.endsAt(60).judge().status).toBe("up");
});
