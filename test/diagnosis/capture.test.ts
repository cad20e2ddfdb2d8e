import { describe, expect, it } from "vitest";
import { inEnglish } from "../../src/texts/texts.js";
import type { CaptureFile } from "../../src/session/model.js";
import { judge } from "../../src/diagnosis/judge.js";
import type { Judgement } from "../../src/diagnosis/judgement.js";
import { headlineOf } from "../../src/diagnosis/headline.js";
import {
  accusations,
  authRefusal,
  codes,
  evidence,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  mainMode,
  opens,
  quickMode,
  type Scenario,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

/** An initiator behind NAT, so that main mode moves to UDP 4500 with its fifth message. */
function natted(): Scenario {
  return scenario({
    floats: true,
    initiator: { address: "10.0.0.5", nat: { address: "192.0.2.10", port500: 1024, port4500: 1025 } },
  });
}

function firstLine(judgement: Judgement): string {
  return inEnglish(headlineOf(judgement));
}

function mainModeOpens(talk: Scenario): void {
  talk.at(0).initiator.sends(mainMode(1));
  talk.at(0.1).responder.sends(mainMode(2));
  talk.at(0.15).initiator.sends(mainMode(3));
  talk.at(0.2).responder.sends(mainMode(4));
}

/** Another host asks on UDP 500: so long at least the capture goes on. */
function scans(talk: Scenario, at: number): void {
  talk.between(talk.host("203.0.113.9"), talk.responder, at).sends(ikeSaInit({ sa: talk.newSa() }));
}

describe("capture-empty", () => {
  it("is told where nothing is IPsec, and nothing is judged", () => {
    const judgement = scenario().noise(1, 2, 3).judge();
    expect(codes(judgement)).toEqual(["capture-empty"]);
    expect(evidence(finding(judgement, "capture-empty"))).toEqual([1]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is told of a capture without any frame", () => {
    const judgement = scenario().judge();
    expect(codes(judgement)).toEqual(["capture-empty"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });
});

describe("capture-duplicates", () => {
  it("explains a mirror port, and the tunnel stays healthy", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit(), { copies: 2 });
    talk.at(0.05).responder.sends(ikeSaInitAnswer(), { copies: 2 });
    talk.at(0.1).initiator.sends(ikeAuth(), { copies: 2 });
    talk.at(0.15).responder.sends(ikeAuthAnswer(), { copies: 2 });
    const judgement = talk.endsAt(30).judge();
    expect(evidence(finding(judgement, "capture-duplicates"))).toEqual([2, 4, 6]);
    expect(codes(judgement)).toEqual(["capture-duplicates"]);
    expect(judgement.status).toBe("up");
  });

  it("is silent on a retransmission that comes soon, whose IP identification is another", () => {
    const talk = scenario();
    talk.at(0, 0.05).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.11).initiator.sends(ikeAuth());
    talk.at(0.15).responder.sends(ikeAuthAnswer());
    expect(codes(talk.endsAt(30).judge())).not.toContain("capture-duplicates");
  });
});

describe("capture-starts-late", () => {
  it("explains IKE that is not the beginning", () => {
    const talk = scenario();
    const [request] = talk.at(1).initiator.sends(informational({ id: 9 }));
    talk.at(1.1).responder.sends(informationalAnswer({ id: 9 }));
    const judgement = talk.endsAt(30).judge();
    expect(evidence(finding(judgement, "capture-starts-late"))).toEqual([request?.number]);
    expect(accusations(judgement)).toEqual([]);
    // The peer answers; whether there is a Child SA, nothing tells.
    expect(judgement.status).toBe("up");
  });

  it("cites the first message by time, whichever side and Message ID it is of", () => {
    const talk = scenario();
    const [first] = talk.at(1).responder.sends(informational({ id: 5 }));
    talk.at(1.1).initiator.sends(informationalAnswer({ id: 5 }));
    talk.at(2).initiator.sends(informational({ id: 2 }));
    talk.at(2.1).responder.sends(informationalAnswer({ id: 2 }));
    expect(evidence(finding(talk.endsAt(30).judge(), "capture-starts-late"))).toEqual([first?.number]);
  });

  it("explains ESP without IKE", () => {
    const talk = scenario();
    traffic(talk, 1, 10);
    expect(codes(talk.judge())).toEqual(["capture-starts-late"]);
  });

  it("does not take one packet on UDP 4500 for a tunnel", () => {
    const talk = scenario({ floats: true });
    talk.at(1).initiator.esp();
    const found = finding(talk.judge(), "capture-starts-late");
    expect(found.confidence).toBe("possible");
    expect(found.summary).toContain("or no ESP at all");
  });

  it("names the silent peer beside the place where all packets come from one side", () => {
    const talk = scenario();
    talk.at(1, 2, 3).initiator.esp();
    const { remedies } = finding(talk.judge(), "capture-starts-late");
    expect(remedies[0]).toContain("come from 192.0.2.10: the other peer is silent, or this place");
  });

  it("is silent where the first message is there", () => {
    const talk = scenario();
    setsUp(talk);
    expect(codes(talk.endsAt(30).judge())).not.toContain("capture-starts-late");
  });
});

describe("capture-one-direction", () => {
  it("is told where one side goes on without an answer in the capture", () => {
    const talk = scenario();
    const [first] = talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).initiator.sends(ikeAuth());
    const [last] = talk.at(30).initiator.sends(informational());
    const judgement = talk.endsAt(60).judge();
    expect(evidence(finding(judgement, "capture-one-direction"))).toEqual([first?.number, last?.number]);
    expect(accusations(judgement)).toEqual(["capture-one-direction"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is told, and nothing else judged, where the captured side also answers and sends ESP", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.5).initiator.sends(informationalAnswer({ id: 0 }));
    talk.at(1, 2, 3, 4, 5).initiator.esp();
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual(["capture-one-direction"]);
    expect(judgement.status).toBe("nothing-to-judge");
    expect(judgement.headline).toContain("only packets of 192.0.2.10 were captured");
  });

  it("is told where the third message of a quick mode comes without the second", () => {
    const talk = scenario();
    const sent = talk.at(1).initiator.sends(quickMode(1, { messageId: 1 }));
    sent.push(...talk.at(1.1).initiator.sends(quickMode(3, { messageId: 1 })));
    talk.at(2, 3, 4).initiator.esp();
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual(["capture-one-direction"]);
    expect(evidence(finding(judgement, "capture-one-direction"))).toEqual(sent.map(({ number }) => number));
  });

  it("is told where ESP of a new SPI follows one quick mode message that is not sent again", () => {
    const talk = scenario();
    talk.at(0.5).initiator.sends(informationalV1());
    const [asked] = talk.at(1).initiator.sends(quickMode(1, { messageId: 1 }));
    const [first] = talk.at(2, 3, 4).initiator.esp();
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual(["capture-one-direction"]);
    expect(evidence(finding(judgement, "capture-one-direction"))).toEqual([asked?.number, first?.number]);
  });

  it.each([
    ["the request is sent again: the peer may be dead, and the SPI older", [1, 5, 12], 1],
    ["the SPI was in use before", [1], 40],
  ])("is silent beside ESP where %s", (_, times, sequence) => {
    const talk = scenario();
    talk.at(...times).initiator.sends(quickMode(1, { messageId: 1 }));
    for (const second of [13, 14, 15]) talk.at(second).initiator.esp({ sequence: sequence + second - 13 });
    expect(codes(talk.endsAt(60).judge())).not.toContain("capture-one-direction");
  });

  it("leaves a refusal to be told where the captured side is the one that refuses", () => {
    const talk = scenario();
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    talk.at(0.2).responder.sends(authRefusal());
    expect(accusations(talk.endsAt(60).judge())).toContain("authentication-failed");
  });

  it("is silent where both sides were captured and one answers no more", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.2, 4.2, 11.2).initiator.sends(ikeAuth());
    expect(codes(talk.endsAt(60).judge())).not.toContain("capture-one-direction");
  });

  it("is silent where two quick modes of an old phase 1 meet silence: neither proves an answer", () => {
    const talk = scenario();
    talk.at(1, 5, 12).initiator.sends(quickMode(1, { messageId: 1 }));
    talk.at(60, 64, 71).initiator.sends(quickMode(1, { messageId: 2 }));
    expect(codes(talk.endsAt(120).judge())).not.toContain("capture-one-direction");
  });

  it("is silent where one request repeats", () => {
    const talk = scenario();
    talk.at(0, 4, 11).initiator.sends(ikeSaInit());
    expect(codes(talk.endsAt(60).judge())).not.toContain("capture-one-direction");
  });
});

describe("capture-filter-blind", () => {
  it("is silent where a lost answer explains why the setup stops", () => {
    const talk = scenario({ near: "responder" });
    talk.at(0, 4, 11.2, 24.2).initiator.sends(ikeSaInit());
    talk.at(0.1, 4.1, 11.3, 24.3).responder.sends(ikeSaInitAnswer());
    expect(accusations(talk.judge())).toEqual(["ike-response-lost"]);
  });

  it("is silent where the request comes again behind its answer: its sender has not gone on elsewhere", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.at(0.1, 4.1).responder.sends(ikeSaInitAnswer());
    expect(codes(talk.judge())).not.toContain("capture-filter-blind");
  });

  it("is told where nothing but UDP 500 was captured and the setup goes on elsewhere", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    opens(talk, { from: 30, sa: talk.newSa() });
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual(["capture-filter-blind"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is no more than a note if the capture ends with the answer: it may just have been stopped", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "capture-filter-blind").severity).toBe("info");
    expect(firstLine(judgement)).toContain("the capture ends with IKE_SA_INIT response");
  });

  it("accuses no filter of Main Mode 4 if the capture ends 200 ms later", () => {
    const talk = natted();
    mainModeOpens(talk);
    scans(talk, 0.4);
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "ike-auth-missing").headline).toBe(
      "the capture ends 200 ms after Main Mode 4; Main Mode 5 is not in it",
    );
  });

  it("is told of Main Mode 4 if the capture goes on and NAT moves what follows to UDP 4500", () => {
    const talk = natted();
    mainModeOpens(talk);
    scans(talk, 30);
    expect(accusations(talk.judge())).toEqual(["capture-filter-blind"]);
  });

  it("is silent of main mode without NAT, which stays on UDP 500", () => {
    const talk = scenario();
    mainModeOpens(talk);
    scans(talk, 30);
    const judgement = talk.judge();
    expect(codes(judgement)).not.toContain("capture-filter-blind");
    expect(faults(judgement)).toEqual(["ike-auth-missing"]);
  });

  it("is told where nothing but UDP 4500 was captured", () => {
    const talk = scenario({ floats: true });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer());
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual(["capture-filter-blind"]);
    expect(judgement.status).toBe("nothing-to-judge");
  });

  it("is told where only first fragments were captured of what was answered", () => {
    const talk = scenario();
    opens(talk);
    const request = ikeAuth({ inner: 3000 });
    const [first] = talk.at(0.1).initiator.sends(request, { ipFragments: 1480, kept: [0] });
    talk.at(0.2).responder.sends(ikeAuthAnswer());
    const judgement = talk.judge();
    expect(evidence(finding(judgement, "capture-filter-blind"))).toEqual([first?.number]);
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent where the capture ends with the first fragment of a response", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer({ inner: 3000 }), { ipFragments: 1480, kept: [0] });
    expect(codes(talk.judge())).not.toContain("capture-filter-blind");
  });

  it("is told of a response in first fragments alone, behind which its receiver goes on", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth());
    const [first] = talk
      .at(0.2)
      .responder.sends(ikeAuthAnswer({ inner: 3000 }), { ipFragments: 1480, kept: [0] });
    talk.at(1).initiator.sends(informational({ id: 2 }));
    const found = finding(talk.judge(), "capture-filter-blind");
    expect(evidence(found)).toEqual([first?.number]);
    expect(inEnglish(found.summary)).toContain("Of IKE_AUTH response only the first IP fragment");
  });

  it("is a note where ESP flows over the one port that was captured", () => {
    const talk = scenario({ floats: true });
    talk.at(0.1).initiator.sends(ikeAuth());
    talk.at(0.2).responder.sends(ikeAuthAnswer());
    traffic(talk, 1, 10);
    const judgement = talk.judge();
    expect(judgement.status).toBe("healthy");
    expect(finding(judgement, "capture-filter-blind").severity).toBe("info");
  });

  it("is silent where any other packet disproves the filter", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    expect(codes(talk.endsAt(60).judge())).not.toContain("capture-filter-blind");
  });
});

it("capture-truncated names the messages that the snap length cut", () => {
  const talk = scenario();
  setsUp(talk);
  const model = talk.kept();
  const cut = { ...model.observations, cutIke: [{ frame: 3, time: 1 }], cutIkeCount: 1 };
  const judgement = judge({ ...model, observations: cut }, []);
  expect(evidence(finding(judgement, "capture-truncated"))).toEqual([3]);
});

const CUT_SHORT: CaptureFile = {
  file: "a.pcap",
  format: "pcap",
  linkTypes: [1],
  packets: 4,
  bytes: 1,
  firstTime: null,
  lastTime: null,
  recorded: null,
  nanosecondTimes: false,
  dropped: null,
  stepBack: null,
  filters: [],
  notes: [{ kind: "cut-short", text: "The file ends inside a record." }],
};

it("capture-cut-short names the last whole frame", () => {
  const talk = scenario();
  setsUp(talk);
  const judgement = judge(talk.kept(), [CUT_SHORT]);
  expect(evidence(finding(judgement, "capture-cut-short"))).toEqual([4]);
  expect(judgement.status).toBe("up");
});

it("a capture that ends among the rounds of EAP asks for no Child SA yet", () => {
  const talk = scenario();
  opens(talk);
  for (const id of [1, 2, 3]) {
    talk.at(id).initiator.sends(ikeAuth({ id, inner: 60 }));
    talk.at(id + 0.1).responder.sends(ikeAuthAnswer({ id, inner: 1000 }));
  }
  expect(inEnglish(talk.judge().headline)).toContain("nothing follows round 3 of IKE_AUTH (EAP)");
});

it("a file that is cut in a packet is not said to be filtered", () => {
  const talk = scenario({ floats: true });
  opens(talk);
  expect(accusations(judge(talk.kept(), [CUT_SHORT]))).toEqual(["capture-cut-short"]);
});

it("an IKEv1 SA that is seen late has the responder SPI of its encrypted messages", () => {
  const talk = scenario();
  talk.at(1, 2).initiator.sends(informationalV1());
  const [judged] = talk.judge().tunnels;
  expect(judged?.tunnel.ikeSas[0]?.responderSpi).toBe(talk.sa.responderSpi);
});
