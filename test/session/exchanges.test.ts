import { describe, expect, it } from "vitest";
import type { Exchange, IkeSa } from "../../src/session/model.js";
import {
  aggressiveModeUp,
  cookieDemand,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  mainModeUp,
  noProposalChosen,
  opens,
  quickMode,
  quickModeUp,
  type Scenario,
  scenario,
  setsUp,
  transaction,
} from "../support/scenario/index.js";

function onlySa(talk: Scenario): IkeSa {
  const sas = talk.model().tunnels.flatMap(({ ikeSas }) => ikeSas);
  expect(sas.length).toBe(1);
  return sas[0] as IkeSa;
}

/** "34:0 initiator 1/1": exchange type, Message ID, who began it, tries of request and response. */
function line({ exchangeType, messageId, step, startedBy, request, response }: Exchange): string {
  const place = step > 1 ? `${messageId}+${step}` : `${messageId}`;
  return `${exchangeType}:${place} ${startedBy} ${request?.tries ?? 0}/${response?.tries ?? 0}`;
}

describe("IKEv2 exchanges", () => {
  it("are paired by Message ID and by who began them", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(1).responder.sends(informational({ id: 0 }));
    talk.at(1.1).initiator.sends(informationalAnswer({ id: 0 }));
    talk.at(2).initiator.sends(informational({ id: 2 }));
    talk.at(2.1).responder.sends(informationalAnswer({ id: 2 }));
    expect(onlySa(talk).exchanges.map(line)).toEqual([
      "34:0 initiator 1/1",
      "35:1 initiator 1/1",
      "37:0 responder 1/1",
      "37:2 initiator 1/1",
    ]);
  });

  it("of IKE_SA_INIT are one for each round, a repeated round is no new one", () => {
    const talk = scenario();
    talk.at(0, 4).initiator.sends(ikeSaInit());
    talk.at(4.1).responder.sends(cookieDemand());
    talk.at(4.2, 8.2).initiator.sends(ikeSaInit({ cookie: true }));
    talk.at(4.3, 8.3).responder.sends(ikeSaInitAnswer());
    expect(onlySa(talk).exchanges.map(line)).toEqual(["34:0 initiator 2/1", "34:0 initiator 2/2"]);
  });

  it("keep the normal answer where a clear error came too, before it or behind it", () => {
    for (const [error, answer] of [
      [0.1, 0.2],
      [0.2, 0.1],
    ] as const) {
      const talk = scenario();
      talk.at(0).initiator.sends(ikeSaInit());
      talk.at(error).responder.sends(noProposalChosen());
      talk.at(answer).responder.sends(ikeSaInitAnswer());
      const [opening] = onlySa(talk).exchanges;
      expect(opening?.response?.message.payloads[0]?.kind).toBe("sa");
      expect(opening?.response?.tries).toBe(1);
    }
  });

  it("count IKE fragments by their number, and tries by the fragment seen most", () => {
    const talk = scenario();
    opens(talk);
    const set = fragmented(35, false, 3);
    talk.at(0.1, 4.1).initiator.sends(set);
    talk.at(11.3).initiator.sends(set.slice(0, 1));
    const auth = onlySa(talk).exchanges[1];
    expect(auth?.request?.tries).toBe(3);
    expect(auth?.request?.fragments?.total).toBe(3);
    expect([...(auth?.request?.fragments?.seen ?? [])]).toEqual([
      [1, 3],
      [2, 2],
      [3, 2],
    ]);
  });

  it("count a whole message and its fragments that follow as two tries of one", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1).initiator.sends(ikeAuth({ inner: 3000 }));
    talk.at(4.1).initiator.sends(fragmented(35, false, 3));
    const auth = onlySa(talk).exchanges[1];
    expect(auth?.request?.tries).toBe(2);
    expect(auth?.request?.sightings.map(({ fragment }) => fragment)).toEqual([0, 1, 2, 3]);
  });

  it("name all frames of IP fragments, and the time of the first", () => {
    const talk = scenario();
    opens(talk);
    const frames = talk
      .at(0.1)
      .initiator.sends(ikeAuth({ inner: 3000 }), { ipFragments: 1480, kept: [1, 0, 2] });
    const [sighting] = onlySa(talk).exchanges[1]?.request?.sightings ?? [];
    expect(sighting?.ipFragments).toBe(3);
    expect([...(sighting?.frames ?? [])]).toEqual(frames.map(({ number }) => number));
  });

  it("have the response alone where the request is missing", () => {
    const talk = scenario();
    talk.at(1).responder.sends(ikeAuthAnswer());
    const sa = onlySa(talk);
    expect(sa.exchanges.map(line)).toEqual(["35:1 initiator 0/1"]);
    expect(sa.startSeen).toBe(false);
    expect(sa.initiator.address).toBe("192.0.2.10");
  });
});

describe("IKEv1 exchanges", () => {
  it("of main mode are three pairs, and quick mode is one pair and a last message", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 }, 7);
    expect(onlySa(talk).exchanges.map(line)).toEqual([
      "2:0 initiator 1/1",
      "2:0+3 initiator 1/1",
      "2:0+5 initiator 1/1",
      "32:7 initiator 1/1",
      "32:7+3 initiator 1/0",
    ]);
  });

  it("of aggressive mode are one pair and a last message that wants no answer", () => {
    const talk = scenario();
    aggressiveModeUp(talk);
    const { exchanges } = onlySa(talk);
    expect(exchanges.map(line)).toEqual(["4:0 initiator 1/1", "4:0+3 initiator 1/0"]);
    expect(exchanges.map(({ expectsResponse }) => expectsResponse)).toEqual([true, false]);
  });

  it("count a retransmission as a try, whatever came between", () => {
    const talk = scenario();
    mainModeUp(talk);
    const [first, second] = [quickMode(1, { messageId: 7 }), quickMode(2, { messageId: 7 })];
    talk.at(1, 5).initiator.sends(first);
    talk.at(3).responder.sends(informationalV1());
    talk.at(5.1, 9.1).responder.sends(second);
    talk.at(9.2).initiator.sends(quickMode(3, { messageId: 7 }));
    const lines = onlySa(talk).exchanges.slice(3).map(line);
    expect(lines.filter((text) => text.startsWith("32"))).toEqual([
      "32:7 initiator 2/2",
      "32:7+3 initiator 1/0",
    ]);
  });

  it("of quick mode may be begun by the responder", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).responder.sends(quickMode(1, { messageId: 9 }));
    talk.at(1.1).initiator.sends(quickMode(2, { messageId: 9 }));
    talk.at(1.2).responder.sends(quickMode(3, { messageId: 9 }));
    expect(onlySa(talk).exchanges.slice(3).map(line)).toEqual(["32:9 responder 1/1", "32:9+3 responder 1/0"]);
  });

  it("of one transaction are pairs in their order", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).responder.sends(transaction({ messageId: 5 }));
    talk.at(2).initiator.sends(transaction({ messageId: 5 }));
    talk.at(3).responder.sends(transaction({ messageId: 5 }));
    talk.at(4).initiator.sends(transaction({ messageId: 5 }));
    expect(onlySa(talk).exchanges.slice(3).map(line)).toEqual(["6:5 responder 1/1", "6:5+3 responder 1/1"]);
  });

  it("of INFORMATIONAL are one each, and want no answer", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(informationalV1());
    talk.at(1.1).responder.sends(informationalV1());
    const later = onlySa(talk).exchanges.slice(3);
    expect(later.map(({ startedBy, expectsResponse }) => [startedBy, expectsResponse])).toEqual([
      ["initiator", false],
      ["responder", false],
    ]);
  });
});

/** The responder's packets were captured by a clock so many seconds behind. */
function answersBehind(talk: Scenario, seconds: number): void {
  for (const frame of talk.frames) {
    if (frame.sender === "responder") Object.assign(frame, { time: frame.time - seconds });
  }
}

describe("an answer that stands before its request, by the clock of another sniffer", () => {
  it("does not hide that the start of the IKE SA was seen", () => {
    const talk = scenario();
    setsUp(talk, { from: 1 });
    answersBehind(talk, 0.06);
    const sa = onlySa(talk);
    expect(sa.startSeen).toBe(true);
    expect(sa.exchanges.map(line)).toEqual(["34:0 initiator 1/1", "35:1 initiator 1/1"]);
  });

  it("does not turn the roles of IKEv1 round", () => {
    const talk = scenario();
    mainModeUp(talk, { from: 1 });
    answersBehind(talk, 0.04);
    expect(onlySa(talk).initiator.address).toBe("192.0.2.10");
  });
});

describe("a capture that begins in the middle of quick mode", () => {
  it("takes what holds a hash alone for its last message", () => {
    const talk = scenario();
    mainModeUp(talk);
    quickModeUp(talk, { from: 1 });
    const model = talk.model(({ time }) => time > 1.06);
    const [sa] = model.tunnels.flatMap(({ ikeSas }) => ikeSas);
    expect(sa?.exchanges.map(line)).toEqual(["32:1364283729+3 initiator 1/0"]);
  });
});
