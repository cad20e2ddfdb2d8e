import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { ALL, GIVEN, judgedAtEnds, ROUTERS, without } from "../support/capture/both-ends.js";
import { judgePlaces } from "../support/capture/places.js";
import {
  alongPath,
  asRawIp,
  COOKED,
  joinedInOne,
  onLinksOfRouter,
  onRouter,
  withAlikeStations,
} from "../support/capture/path.js";
import {
  accusations,
  createChild,
  createChildAnswer,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  type Frame,
  ikeAuth,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  type Keeps,
  mainModeUp,
  opens,
  quickModeUp,
  scenario,
  type Scenario,
  setsUp,
} from "../support/scenario/index.js";

const CODE = "lost-between-captures";

function until(seconds: number, keeps: Keeps): Keeps {
  return (frame, index) => frame.time < seconds && keeps(frame, index);
}

function from(seconds: number, keeps: Keeps): Keeps {
  return (frame, index) => frame.time >= seconds && keeps(frame, index);
}

/** A tunnel with nine pings, a second apart; the frames of the questions and of the answers. */
function pings(): { talk: Scenario; answers: readonly Frame[] } {
  const talk = scenario();
  setsUp(talk);
  const { answers } = dialogue(talk, every(1, 1, 10));
  return { talk, answers };
}

describe.each(GIVEN)("replies that are lost on their way back, %s", (given) => {
  it("are told as possible where the last two are, with the frames of both ends", async () => {
    const { talk, answers } = pings();
    const lost = answers.slice(-2);
    const judgement = await judgedAtEnds(talk.endsAt(12), given, without(lost), ALL);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "possible", phase: "ESP" });
    expect(found.headline).toContain("from one moment on no ESP from 198.51.100.20 reaches 192.0.2.10");
    expect(evidence(found).length).toBeGreaterThan(1);
    expect(judgement.status).toBe("suspected");
  });

  it("are no fault where the last one alone is, or two in the middle", async () => {
    const { talk, answers } = pings();
    talk.endsAt(12);
    for (const lost of [answers.slice(-1), answers.slice(3, 5)]) {
      const judgement = await judgedAtEnds(talk, given, without(lost), ALL);
      expect(accusations(judgement)).toEqual([]);
      expect(judgement.status).toBe("healthy");
    }
  });

  it("are told where the capture at the initiator ends with a question that went out in vain", async () => {
    const { talk, answers } = pings();
    const judgement = await judgedAtEnds(talk, given, until(9.01, without(answers.slice(3))), ALL);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(judgement.status).toBe("failing");
  });

  it("are none where that capture just began while the only one was under way", async () => {
    const { talk, answers } = pings();
    talk.at(10).initiator.sends(createChild({ id: 2 }));
    talk.at(10.1).responder.sends(createChildAnswer({ id: 2 }));
    talk.endsAt(12);
    const last = answers.slice(-1);
    const judgement = await judgedAtEnds(talk, given, from(9, without(last)), from(9.01, ALL));
    expect(accusations(judgement)).toEqual([]);
  });

  it("are none where that capture just ended before they came", async () => {
    const { talk } = pings();
    for (const end of [7.01, 8.01, 9.01]) {
      const judgement = await judgedAtEnds(talk, given, until(end, ALL), ALL);
      expect([end, ...accusations(judgement)]).toEqual([end]);
    }
  });
});

describe("captures of both ends, in two files", () => {
  it("are said to be the reason why packets are there twice", async () => {
    const judgement = await judgedAtEnds(pings().talk.endsAt(12), "in two files", ALL, ALL);
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "capture-duplicates").summary).toContain("in the captures of both ends");
  });

  /** Questions that are never answered, while liveness checks are. */
  function unanswered(): { talk: Scenario; questions: readonly Frame[] } {
    const talk = scenario({ floats: true });
    setsUp(talk);
    const questions = talk.at(...every(1, 1, 16)).initiator.esp();
    talk.at(14).initiator.sends(informational());
    talk.at(14.02).responder.sends(informationalAnswer());
    return { talk: talk.endsAt(20), questions };
  }

  it("show that ESP without an answer arrives", async () => {
    const { summary } = finding(
      await judgedAtEnds(unanswered().talk, "in two files", ALL, ALL),
      "esp-one-way",
    );
    expect(summary).toContain("the packets arrive at 198.51.100.20");
    expect(summary).not.toContain("does not show");
  });

  it("do not say so of packets of which the last ones do not arrive", async () => {
    const { talk, questions } = unanswered();
    const judgement = await judgedAtEnds(talk, "in two files", ALL, without(questions.slice(-5)));
    expect(faults(judgement)).toEqual([CODE]);
    expect(judgement.findings.map(({ summary }) => summary).join(" ")).not.toContain("the packets arrive at");
  });
});

/** IKEv1 that is up, whose responder asks so many times whether the initiator is there. */
function checks(count: number): { talk: Scenario; asked: Frame[]; answered: Frame[] } {
  const talk = scenario();
  mainModeUp(talk);
  quickModeUp(talk, { from: 1 });
  dialogue(talk, [2, 2.5]);
  const [asked, answered]: [Frame[], Frame[]] = [[], []];
  for (const second of every(2, 4, 4 + 2 * count)) {
    asked.push(...talk.at(second).responder.sends(informationalV1()));
    answered.push(...talk.at(second + 0.01).initiator.sends(informationalV1()));
  }
  return { talk, asked, answered };
}

describe.each(GIVEN)("IKEv1 liveness checks whose answers do not come through, %s", (given) => {
  it.each([
    [2, "possible", "suspected"],
    [3, "likely", "failing"],
  ] as const)("are told where there are %i in a row: %s", async (count, confidence, status) => {
    const { talk, answered } = checks(count);
    const judgement = await judgedAtEnds(talk.endsAt(12), given, ALL, without(answered));
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence, phase: "INFORMATIONAL" });
    expect(found.headline).toContain("192.0.2.10");
    expect(judgement.status).toBe(status);
  });

  it("are no fault where one is lost, or ESP of the same sender still arrives", async () => {
    const one = checks(1);
    expect(accusations(await judgedAtEnds(one.talk.endsAt(12), given, ALL, without(one.answered)))).toEqual(
      [],
    );
    const { talk, answered } = checks(2);
    dialogue(talk, [9, 9.5]);
    expect(accusations(await judgedAtEnds(talk.endsAt(12), given, ALL, without(answered)))).toEqual([]);
  });
});

describe.each(GIVEN)("liveness checks that do not come through, %s", (given) => {
  function dead(isSetUpAnew: boolean): Promise<Judgement> {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 5));
    const checks = talk.at(6, 8, 12, 19).initiator.sends(informational());
    if (isSetUpAnew) {
      setsUp(talk, { from: 30, sa: talk.newSa() });
      dialogue(talk, every(1, 31, 40), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    }
    return judgedAtEnds(talk.endsAt(45), given, ALL, without(checks));
  }

  it("are a warning where a new IKE SA came up and carries traffic", async () => {
    const judgement = await dead(true);
    expect(finding(judgement, CODE).severity).toBe("warning");
    expect(judgement.status).toBe("degraded");
  });

  it("are critical where none does", async () => {
    expect(finding(await dead(false), CODE).severity).toBe("critical");
  });
});

describe.each(GIVEN)("ESP of a new SPI that does not come through, %s", (given) => {
  it("is told as that SPI's, of which nothing ever arrived", async () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 10), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    talk.at(10).responder.sends(createChild({ id: 0 }));
    talk.at(10.1).initiator.sends(createChildAnswer({ id: 0 }));
    const { questions } = dialogue(talk, every(1, 11, 20), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    const judgement = await judgedAtEnds(talk.endsAt(20), given, ALL, without(questions));
    const { headline, summary } = finding(judgement, CODE);
    expect(headline).toContain("no ESP of SPI 0x000000a2 from 192.0.2.10 reaches 198.51.100.20");
    expect(summary).not.toContain("Up to one moment");
  });
});

describe.each(GIVEN)("replies in the SPI of another pair, seen at both ends, %s", (given) => {
  it("are told by what one place shows", async () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 30), { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } });
    talk.at(30).responder.sends(createChild({ id: 0 }));
    talk.at(30.1).initiator.sends(createChildAnswer({ id: 0 }));
    dialogue(talk, every(1, 31, 231), { ask: { spi: 0xa1 }, answer: { spi: 0xb2 } });
    const judgement = await judgedAtEnds(talk.endsAt(300), given, ALL, ALL);
    expect(accusations(judgement)).toEqual(["esp-asymmetric-spi"]);
  });
});

describe.each(["in three files", "joined in one file"] as const)("a router between the ends, %s", (given) => {
  const judgedOnPath = async (talk: Scenario, keeps: readonly Keeps[]): Promise<Judgement> => {
    const places = alongPath(
      talk,
      ROUTERS,
      keeps.map((one, hops) => ({ hops, keeps: one })),
    );
    const { judgement } = await judgePlaces(given === "in three files" ? places : [joinedInOne(places)]);
    return judgement;
  };

  it.each([
    ["before", 1],
    ["behind", 2],
  ] as const)("tells of what is lost %s it that it is lost there", async (_, first) => {
    const { talk, answers } = pings();
    talk.at(...every(1, 10.5, 18)).initiator.esp();
    const lost = talk.frames.filter(({ sender, time }) => sender === "initiator" && time > 4.5);
    const replies = answers.filter(({ time }) => time > 4.5);
    const keeps = [0, 1, 2].map((hops) => without([...replies, ...(hops < first ? [] : lost)]));
    const judgement = await judgedOnPath(talk.endsAt(20), keeps);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    const names =
      given === "in three files"
        ? ["place-1.pcap", "place-2.pcap", "place-3.pcap"]
        : [
            "the capture at 192.0.2.10",
            "link 02:00:00:00:00:11 - 02:00:00:00:00:12",
            "the capture at 198.51.100.20",
          ];
    expect(found.headline).toBe(
      `from one moment on no ESP from 192.0.2.10 reaches 198.51.100.20: 13 packets are in ${names[first - 1]}, and not in ${names[first]}`,
    );
    // That nothing comes back is what one place shows; it follows from the loss.
    expect(judgement.findings[0]?.code).toBe(CODE);
    expect(finding(judgement, "path-lost")).toMatchObject({ severity: "warning", causedBy: CODE });
  });

  it("may be passed by: what it lacks and the end has is no fault of the way", async () => {
    const { talk } = pings();
    const around = talk.frames.filter(({ sender, time }) => sender === "initiator" && time > 4.5);
    const judgement = await judgedOnPath(talk.endsAt(20), [ALL, without(around), ALL]);
    expect(faults(judgement)).toEqual([]);
  });

  it("is healthy where all three hold the same", async () => {
    const { talk } = pings();
    const judgement = await judgedOnPath(talk.endsAt(12), [ALL, ALL, ALL]);
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

describe.each([
  ["of raw IP", asRawIp],
  ["whose MAC addresses were made alike", withAlikeStations],
])("captures of both ends that were joined in one file %s", (_how, withoutLinks) => {
  const judgedWithoutLinks = async (talk: Scenario, atInitiator: Keeps): Promise<Judgement> => {
    const places = alongPath(talk, ROUTERS, [{ hops: 0, keeps: atInitiator }, { hops: ROUTERS }]);
    return (await judgePlaces([withoutLinks(joinedInOne(places))])).judgement;
  };

  it("show that replies do not come to the initiator", async () => {
    const { talk, answers } = pings();
    const judgement = await judgedWithoutLinks(talk.endsAt(12), without(answers));
    expect(finding(judgement, CODE).headline).toContain("ESP packets from 198.51.100.20 reaches 192.0.2.10");
    expect(judgement.status).not.toBe("healthy");
  });

  it("are healthy where both hold the same", async () => {
    const { talk } = pings();
    const judgement = await judgedWithoutLinks(talk.endsAt(12), ALL);
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

describe.each(COOKED)("a router that was captured on all its interfaces, %s", (kind) => {
  it("is told where it no longer sends on what it receives, though that link has nothing behind it", async () => {
    const { talk, answers } = pings();
    const lost = answers.filter(({ time }) => time > 4.5);
    // The initiator is silent, so the link towards it shows nothing any more.
    const questions = talk.frames.filter(({ sender, time }) => sender === "initiator" && time > 4.5);
    const router = onRouter(talk.endsAt(20), without(lost), kind).filter(
      ({ frame }) => !questions.some(({ number }) => number === frame),
    );
    const { judgement } = await judgePlaces([router]);
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toMatch(
      /^from one moment on no ESP from 198\.51\.100\.20 reaches 192\.0\.2\.10: the capturing device receives [45] packets and does not forward them$/u,
    );
    expect(judgement.findings[0]?.code).toBe(CODE);
  });

  it("is healthy where it sends on everything", async () => {
    const { talk } = pings();
    const { judgement } = await judgePlaces([onRouter(talk.endsAt(12), ALL, kind)]);
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("is healthy where packets wait in its queue when the capture ends", async () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.1, 1, 10));
    const sent = onRouter(talk.endsAt(10), ALL, kind, 600_000).toSorted((a, b) => a.time - b.time);
    const end = sent.at(-1)?.time ?? 0;
    const { judgement } = await judgePlaces([sent.filter(({ time }) => time < end - 1_000_000)]);
    expect(accusations(judgement)).toEqual([]);
  });

  describe("with two Child SAs", () => {
    const SECOND = { ask: { spi: 0xc1000009 }, answer: { spi: 0xc2000009 } };
    const judged = async (from: number, to: number): Promise<Judgement> => {
      const talk = scenario();
      setsUp(talk);
      talk.at(0.5).initiator.sends(createChild());
      talk.at(0.55).responder.sends(createChildAnswer());
      dialogue(talk, every(0.7, 1, 20));
      const { answers } = dialogue(talk, every(1, 1.3, 20), SECOND);
      const lost = answers.filter(({ time }) => time > from && time < to);
      return (await judgePlaces([onRouter(talk.endsAt(22), without(lost), kind)])).judgement;
    };

    it("is told where it no longer sends on one of them", async () => {
      const judgement = await judged(8, 22);
      expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", confidence: "likely" });
      expect(finding(judgement, CODE).headline).toMatch(
        /^from one moment on no ESP of SPI 0xc2000009 from 198\.51\.100\.20 reaches 192\.0\.2\.10, while that of another SPI does: the capturing device receives 12 packets/u,
      );
    });

    it("only warns where that one goes on later", async () => {
      expect(finding(await judged(8, 16), CODE)).toMatchObject({ severity: "warning" });
    });
  });

  it("is no end where the last packets are lost as others were before", async () => {
    const talk = scenario();
    setsUp(talk);
    const { questions } = dialogue(talk, every(0.5, 1, 10));
    const lost = questions.filter((_, index) => index % 2 === 1 || index > questions.length - 3);
    const { judgement } = await judgePlaces([onRouter(talk.endsAt(11), without(lost), kind)]);
    expect(finding(judgement, CODE)).toMatchObject({ severity: "warning" });
    expect(judgement.status).toBe("degraded");
  });

  it("is told where it never sends on one direction of ESP", async () => {
    const { talk, answers } = pings();
    const { judgement } = await judgePlaces([onRouter(talk.endsAt(12), without(answers), kind)]);
    const found = finding(judgement, CODE);
    expect(found.headline).toBe(
      "none of 9 ESP packets from 198.51.100.20 reaches 192.0.2.10: the capturing device receives them and does not forward them",
    );
    expect(found.summary).not.toContain("between the two capture points");
    expect(found.remedies.join(" ")).toContain("ip route get 192.0.2.10 from 198.51.100.20");
    expect(found.remedies.join(" ")).not.toContain("third capture");
    // Commands at a peer tell nothing of the device.
    expect(found.commands).toEqual([]);
  });

  it("is told where it sends on UDP 500 and not UDP 4500", async () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const asked = talk.at(0.2, 4, 11, 24).initiator.sends(ikeAuth());
    const { judgement } = await judgePlaces([onRouter(talk.endsAt(30), without(asked), kind)]);
    const found = finding(judgement, CODE);
    expect(judgement.findings[0]).toBe(found);
    expect(found.headline).toContain("the capturing device receives it and does not forward it");
    const silent = finding(judgement, "natt-4500-unanswered");
    expect(silent).toMatchObject({ causedBy: CODE });
    expect(silent.summary).toContain("comes in there and does not leave");
    expect(silent.summary).not.toContain("does not show");
  });

  it("is told where it sends on requests and not their answers", async () => {
    const talk = scenario();
    const at = [0, 0.5, 1.5, 3.5];
    talk.at(...at).initiator.sends(ikeSaInit());
    const answers = talk.at(...at.map((time) => time + 0.01)).responder.sends(ikeSaInitAnswer());
    const { judgement } = await judgePlaces([onRouter(talk, without(answers), kind)]);
    const found = finding(judgement, CODE);
    expect(judgement.findings[0]).toBe(found);
    expect(found.headline).toContain("IKE_SA_INIT response of 198.51.100.20 does not reach 192.0.2.10");
    expect(finding(judgement, "ike-response-lost").summary).toContain("comes in there and does not leave");
  });

  it("is none where it recorded only what it received", async () => {
    const { talk } = pings();
    const { judgement } = await judgePlaces([onRouter(talk.endsAt(12), () => false, kind)]);
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

describe("a router that refuses large packets by ICMP and names its MTU", () => {
  /** Small packets are answered; large ones of the responder leave at these times, and the router refuses each of them. */
  function refused(large: readonly number[], smaller: number): { talk: Scenario; lost: readonly Frame[] } {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 11));
    const lost = large.flatMap((second) => {
      const frames = talk.at(second).responder.esp({ size: 1440 });
      talk.icmp(second + 0.01, "203.0.113.1", talk.responder, 3, 4, 1200);
      dialogue(talk, [second + 0.02]);
      return frames;
    });
    dialogue(talk, every(0.5, 39, 41), { answer: { size: smaller } });
    return { talk: talk.endsAt(41), lost };
  }

  it("costs the first ones only where the sender heeds it", async () => {
    const { talk, lost } = refused([12, 12.1, 12.2, 12.3], 1160);
    const { judgement } = await judgePlaces([onRouter(talk, without(lost))]);
    expect(accusations(judgement)).toEqual(["icmp-frag-needed"]);
    expect(judgement.status).toBe("degraded");
  });

  it("costs them also where a filter left out its reports", async () => {
    const { talk, lost } = refused([12, 12.1, 12.2, 12.3], 1160);
    const router = onRouter(talk, without([...lost, ...talk.frames.filter(({ sender }) => sender === null)]));
    const isIcmp = ({ bytes }: { readonly bytes: Uint8Array }): boolean => bytes[29] === 1;
    const { judgement } = await judgePlaces([router.filter((record) => !isIcmp(record))]);
    expect(accusations(judgement)).toEqual([]);
  });

  it("loses all of them where the sender goes on", async () => {
    const { talk, lost } = refused(every(3, 12, 38), 132);
    const { judgement } = await judgePlaces([onRouter(talk, without(lost))]);
    expect(judgement.status).toBe("failing");
  });
});

describe("a router whose links were joined in one file", () => {
  it("is named where packets pass it within moments, at the cost of one hop", async () => {
    const { talk, answers } = pings();
    const { judgement } = await judgePlaces([onLinksOfRouter(talk.endsAt(12), without(answers), ALL)]);
    expect(finding(judgement, CODE).headline).toBe(
      "none of 9 ESP packets from 198.51.100.20 reaches 192.0.2.10: the router between the two links receives them and does not forward them",
    );
  });

  it("is named also where one link has nothing behind what it does not forward", async () => {
    const talk = scenario({ floats: true });
    opens(talk);
    const asked = talk.at(0.2, 4, 11, 24).initiator.sends(ikeAuth());
    const { judgement } = await judgePlaces([onLinksOfRouter(talk, ALL, without(asked))]);
    expect(finding(judgement, CODE).headline).toContain("the router between the two links receives it");
  });

  it("is not named where packets take as long as over cables: captures of both hosts may have been joined", async () => {
    const { talk, answers } = pings();
    const { judgement } = await judgePlaces([onLinksOfRouter(talk.endsAt(12), without(answers), ALL, 400)]);
    const { headline, summary } = finding(judgement, CODE);
    expect(headline).not.toContain("the router between");
    expect(summary).toContain("lost between the two capture points");
  });

  it("is not named where the links have two clocks: then two hosts captured them", async () => {
    const { talk, answers } = pings();
    const links = [
      { hops: 0, keeps: without(answers) },
      { hops: 1, keeps: ALL },
    ];
    const [near = [], far = []] = alongPath(talk.endsAt(12), 1, links, 40);
    const ahead = far.map((record) => ({ ...record, time: record.time + 400_000 }));
    const { judgement } = await judgePlaces([joinedInOne([near, ahead])]);
    const { headline, summary } = finding(judgement, CODE);
    expect(headline).not.toContain("the router between");
    expect(summary).toContain("lost between the two capture points");
  });

  it("is healthy where all is forwarded, and where a mirror shows each packet twice on one link", async () => {
    const { talk } = pings();
    talk.endsAt(12);
    const twice = alongPath(talk, 1, [{ hops: 0 }, { hops: 0 }], 20);
    for (const records of [onLinksOfRouter(talk, ALL, ALL), joinedInOne(twice)]) {
      const { judgement } = await judgePlaces([records]);
      expect(accusations(judgement)).toEqual([]);
      expect(judgement.status).toBe("healthy");
    }
  });

  it("is none where the links are captures of both ends: one of them may have ended", async () => {
    const { talk, answers } = pings();
    const lost = answers.filter(({ time }) => time > 4.5);
    const ends = [
      { hops: 0, keeps: until(4.5, ALL) },
      {
        hops: ROUTERS,
        keeps: without(talk.frames.filter(({ sender, time }) => sender === "initiator" && time > 4.5)),
      },
    ];
    const { judgement } = await judgePlaces([joinedInOne(alongPath(talk.endsAt(20), ROUTERS, ends))]);
    expect(lost).toHaveLength(5);
    expect(judgement.findings.map(({ code }) => code)).not.toContain(CODE);
    // At the responder alone the answers of the initiator stop, whatever the other place held before.
    expect(judgement.status).toBe("suspected");
    expect(finding(judgement, "esp-one-way").confidence).toBe("possible");
  });
});

describe("an outage of the line, seen at both ends", () => {
  /** Pings a second apart; the responder's side checks whether the initiator is there in the middle of them. */
  function outage(): { talk: Scenario; questions: readonly Frame[]; checks: readonly Frame[] } {
    const talk = scenario();
    setsUp(talk);
    const { questions } = dialogue(talk, every(1, 1, 21));
    const checks = talk.at(8.5, 9.3, 10.6, 14.5).responder.sends(informational({ id: 0 }));
    talk.at(14.6).initiator.sends(informationalAnswer({ id: 0 }));
    return { talk: talk.endsAt(25), questions, checks };
  }

  it("says between which packets it is, and that IKE of the other direction is lost too", async () => {
    const { talk, questions, checks } = outage();
    const judgement = await judgedAtEnds(
      talk,
      "in two files",
      without(checks.slice(0, 3)),
      without(questions.slice(6, 12)),
    );
    const { summary, remedies } = finding(judgement, CODE);
    expect(summary).toContain("All were sent between 22:13:26 UTC and 22:13:33 UTC.");
    expect(summary).toContain("Of the 20 ESP packets of the other direction none is lost between them.");
    expect(summary).toContain("Of the IKE messages of the other direction 3 attempts are lost between them.");
    expect(remedies[0]).toContain("loses packets of both directions");
    expect(remedies.join(" ")).not.toContain("in this direction");
  });

  it("is of one direction where nothing else is missing", async () => {
    const { talk, questions } = outage();
    const judgement = await judgedAtEnds(talk, "in two files", ALL, without(questions.slice(6, 12)));
    const { summary, remedies } = finding(judgement, CODE);
    expect(summary).toContain("In the other direction nothing is lost between them (20 packets).");
    expect(remedies[0]).toContain("a policer, a full link");
    expect(remedies[1]).toContain("in this direction");
  });
});
