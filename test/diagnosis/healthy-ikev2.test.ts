import { describe, expect, it } from "vitest";
import {
  codes,
  accusations,
  cookieDemand,
  createChild,
  createChildAnswer,
  encrypted,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  INNER,
  informational,
  informationalAnswer,
  noProposalChosen,
  opens,
  scenario,
  setsUp,
  SMALLEST_ANSWER,
  type SuiteName,
  traffic,
  wantsGroup,
} from "../support/scenario/index.js";
import { expectHealthy } from "../support/scenario/expect-healthy.js";

describe("a healthy IKEv2 tunnel is not accused", () => {
  it("that is set up and carries traffic", () => {
    expectHealthy((talk) => {
      setsUp(talk);
      traffic(talk, 1, 20);
    });
  });

  it("that is set up on ports 500 and then 4500", () => {
    expectHealthy(
      (talk) => {
        setsUp(talk);
        traffic(talk, 1, 20);
      },
      { floats: true },
    );
  });

  it("that uses port 4500 from the start", () => {
    expectHealthy(
      (talk) => {
        talk.at(0).initiator.sends(ikeSaInit(), { port: 4500 });
        talk.at(0.1).responder.sends(ikeSaInitAnswer(), { port: 4500 });
        talk.at(0.2).initiator.sends(ikeAuth());
        talk.at(0.3).responder.sends(ikeAuthAnswer());
        traffic(talk, 1, 20);
      },
      { floats: true },
    );
  });

  it("whose peers forget the non-ESP marker", () => {
    expectHealthy(
      (talk) => {
        opens(talk);
        talk.at(0.2).initiator.sends(ikeAuth(), { marker: false });
        talk.at(0.3).responder.sends(ikeAuthAnswer(), { marker: false });
        traffic(talk, 1, 20);
      },
      { floats: true },
    );
  });

  it("over IPv6", () => {
    expectHealthy(
      (talk) => {
        setsUp(talk);
        traffic(talk, 1, 20);
      },
      { initiator: { address: "2001:db8::10" }, responder: { address: "2001:db8:1::20" } },
    );
  });

  it("after one INVALID_KE_PAYLOAD, one COOKIE, and both", () => {
    expectHealthy((talk) => {
      talk.at(0).initiator.sends(ikeSaInit({ group: 14 }));
      talk.at(0.05).responder.sends(cookieDemand());
      talk.at(0.1).initiator.sends(ikeSaInit({ group: 14, cookie: true }));
      talk.at(0.15).responder.sends(wantsGroup(19));
      talk.at(0.2).initiator.sends(ikeSaInit({ cookie: true }));
      talk.at(0.25).responder.sends(ikeSaInitAnswer());
      talk.at(0.3).initiator.sends(ikeAuth());
      talk.at(0.35).responder.sends(ikeAuthAnswer());
    });
  });

  it("whose first answer is a forged NO_PROPOSAL_CHOSEN (RFC 7296 2.21.1)", () => {
    expectHealthy((talk) => {
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(0.02).responder.sends(noProposalChosen());
      talk.at(0.05).responder.sends(ikeSaInitAnswer());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
    });
  });

  it("with a forged NO_PROPOSAL_CHOSEN behind the true answer", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.06).responder.sends(noProposalChosen());
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.15).responder.sends(ikeAuthAnswer());
    });
  });

  it("with IKE_INTERMEDIATE before IKE_AUTH", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(fragmented(43, false, 3, { id: 1 }));
      talk.at(0.2).responder.sends(fragmented(43, true, 3, { id: 1 }));
      talk.at(0.3).initiator.sends(ikeAuth({ id: 2 }));
      talk.at(0.4).responder.sends(ikeAuthAnswer({ id: 2 }));
    });
  });

  it("without a child (RFC 6023), whose messages are short for that reason", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: INNER.id + INNER.auth }));
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: INNER.id + INNER.auth }));
      talk.at(30).initiator.sends(informational());
      talk.at(30.1).responder.sends(informationalAnswer());
    });
  });

  it("without a child at first, which comes later", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: INNER.id + INNER.auth }));
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: INNER.id + INNER.auth }));
      talk.at(5).initiator.sends(createChild());
      talk.at(5.1).responder.sends(createChildAnswer());
    });
  });

  it("whose certificates travel in IKE fragments", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(fragmented(35, false, 4));
      talk.at(0.2).responder.sends(fragmented(35, true, 5));
    });
  });

  it("whose whole IKE_AUTH is lost and then sent in IKE fragments", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }));
      talk.at(4.1).initiator.sends(fragmented(35, false, 4));
      talk.at(4.2).responder.sends(fragmented(35, true, 3));
    });
  });

  it("whose IKE_AUTH travels in IP fragments, out of order", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480, kept: [2, 0, 1] });
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 2500 }), { ipFragments: 1480 });
    });
  });

  it("rekeys its child and its IKE SA, and deletes the old ones", () => {
    expectHealthy((talk) => {
      setsUp(talk);
      talk.at(10).initiator.sends(createChild({ id: 2 }));
      talk.at(10.1).responder.sends(createChildAnswer({ id: 2 }));
      talk.at(10.2).initiator.sends(informational({ id: 3, inner: INNER.deleteEsp }));
      talk.at(10.3).responder.sends(informationalAnswer({ id: 3, inner: INNER.deleteEsp }));
      talk.at(20).responder.sends(createChild({ id: 0 }));
      talk.at(20.1).initiator.sends(createChildAnswer({ id: 0 }));
      talk.at(20.2).responder.sends(informational({ id: 1, inner: INNER.deleteIke }));
      talk.at(20.3).initiator.sends(informationalAnswer({ id: 1 }));
      // RFC 7296 2.18: the new IKE SA begins with Message ID 0, and its initiator is who asked for the rekey.
      const sa = talk.newSa("responder");
      talk.at(30).responder.sends(informational({ sa, id: 0 }));
      talk.at(30.1).initiator.sends(informationalAnswer({ sa, id: 0 }));
    });
  });

  it("whose messages of unknown exchanges are answered", () => {
    expectHealthy((talk) => {
      setsUp(talk);
      talk.at(10).initiator.sends(encrypted(250, false, { id: 2 }));
      talk.at(10.1).responder.sends(encrypted(250, true, { id: 2 }));
    });
  });
});

describe("the smallest whole answer is not taken for a refusal", () => {
  const whole: readonly (readonly [SuiteName, number])[] = [
    ["gcm", SMALLEST_ANSWER],
    ["chacha", SMALLEST_ANSWER],
    // PRF-HMAC-SHA1 makes an AUTH of 20 bytes, PRF-HMAC-SHA2-512 one of 64.
    ["gcmSha1", SMALLEST_ANSWER - 12],
    ["gcmSha512", SMALLEST_ANSWER + 32],
    ["cbc", SMALLEST_ANSWER],
    ["cbcSha1", SMALLEST_ANSWER - 12],
    ["tripleDes", SMALLEST_ANSWER - 12],
  ];
  for (const [suite, inner] of whole) {
    it(`under ${suite}`, () => {
      const talk = scenario({ suite });
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth());
      talk.at(0.2).responder.sends(ikeAuthAnswer({ inner }));
      const judgement = talk.endsAt(60).judge();
      // SHA1 as integrity and 3DES are told for what they are, on a tunnel that works.
      const isWeak = suite === "cbcSha1" || suite === "tripleDes";
      expect(accusations(judgement)).toEqual([]);
      expect(codes(judgement).includes("weak-crypto")).toBe(isWeak);
      expect(judgement.status).toBe("up");
    });
  }

  it("after EAP, where the last answer has no identity in it", () => {
    expectHealthy((talk) => {
      opens(talk);
      talk.at(0.1).initiator.sends(ikeAuth({ id: 1 }));
      talk.at(0.2).responder.sends(ikeAuthAnswer({ id: 1, inner: 1200 }));
      talk.at(0.3).initiator.sends(ikeAuth({ id: 2, inner: 30 }));
      talk.at(0.4).responder.sends(ikeAuthAnswer({ id: 2, inner: INNER.eapSuccess }));
      talk.at(0.5).initiator.sends(ikeAuth({ id: 3, inner: INNER.auth }));
      talk.at(0.6).responder.sends(ikeAuthAnswer({ id: 3, inner: SMALLEST_ANSWER - INNER.id }));
    });
  });
});
