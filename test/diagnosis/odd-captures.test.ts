import { describe, expect, it } from "vitest";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage } from "../support/ike/message.js";
import {
  accusations,
  codes,
  encrypted,
  faults,
  finding,
  fragmented,
  ikeAuth,
  ikeAuthAnswer,
  ikeSaInit,
  ikeSaInitAnswer,
  informational,
  informationalAnswer,
  type Message,
  opens,
  scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

describe("odd captures accuse nobody", () => {
  it("whose times are all the same", () => {
    const talk = scenario({ keepsOrder: true });
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0).responder.sends(ikeSaInitAnswer());
    talk.at(0).initiator.sends(ikeAuth());
    talk.at(0).responder.sends(ikeAuthAnswer());
    for (let count = 0; count < 5; count++) {
      talk.at(0).initiator.esp({ sequence: count + 1 });
      talk.at(0).responder.esp({ sequence: count + 1 });
    }
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("whose answers stand before their requests by a few milliseconds", () => {
    const talk = scenario({ keepsOrder: true });
    talk.at(0.004).responder.sends(ikeSaInitAnswer());
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.104).responder.sends(ikeAuthAnswer());
    talk.at(0.1).initiator.sends(ikeAuth());
    traffic(talk, 1, 10);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it.each([-0.3, 2, 3600])("of both ends, by clocks that are %s s apart", (apart) => {
    const talk = scenario({ floats: true });
    setsUp(talk);
    traffic(talk, 1, 100);
    for (let id = 2; id < 8; id++) {
      talk.at(id * 10).initiator.sends(informational({ id }));
      talk.at(id * 10 + 0.05).responder.sends(informationalAnswer({ id }));
    }
    const seen = [...talk.frames];
    talk.nextFile();
    talk.frames.push(...seen.map((frame) => ({ ...frame, file: 1, time: frame.time + apart })));
    const judgement = talk.judge();
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("whose clock stamps the answer a few milliseconds before the request", () => {
    const talk = scenario();
    talk.at(0.004).initiator.sends(ikeSaInit());
    talk.at(0).responder.sends(ikeSaInitAnswer());
    talk.at(0.104).initiator.sends(ikeAuth());
    talk.at(0.1).responder.sends(ikeAuthAnswer());
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("with messages of other versions and broken ones among them", () => {
    const talk = scenario();
    setsUp(talk);
    traffic(talk, 1, 10);
    talk.at(20).initiator.raw(ikeMessage({ exchange: 34, versionByte: 0x30 }));
    talk.at(21).initiator.raw(filler(40, 3));
    talk.at(22).initiator.raw(ikeMessage({ exchange: 35, declaredLength: 4_000_000 }));
    talk.at(23).initiator.raw(new Uint8Array(3), 4500);
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });

  it("whose exchange type nobody knows, unanswered once", () => {
    const talk = scenario();
    setsUp(talk);
    talk.at(5).initiator.sends(encrypted(251, false, { id: 2 }));
    expect(faults(talk.endsAt(60).judge())).toEqual([]);
  });
});

describe("several files of one capture", () => {
  it("do not lend silence to one another: a file that ended early says nothing about what came later", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.nextFile();
    const other = talk.host("203.0.113.9");
    talk.between(other, talk.responder, 500).sends(ikeSaInit({ sa: talk.newSa() }));
    talk.noise(600);
    const judgement = talk.judge();
    expect(judgement.tunnels[0]?.findings.map(({ severity }) => severity)).not.toContain("critical");
  });

  it("do not make repeats of the fragments of a message", () => {
    const talk = scenario({ floats: true });
    opens(talk);
    talk.at(0.1, 4.1).initiator.sends(fragmented(35, false, 5));
    talk.at(4.2).responder.sends(fragmented(35, true, 4));
    traffic(talk, 1, 20);
    talk.nextFile();
    talk.noise(21, 60);
    expect(finding(talk.judge(), "retransmissions")).toMatchObject({ severity: "info" });
  });

  it("that follow one another are one capture", () => {
    const talk = scenario();
    const request = ikeSaInit();
    talk.at(0).initiator.sends(request);
    talk.noise(3);
    talk.nextFile();
    talk.at(4).initiator.sends(request);
    talk.noise(60);
    expect(faults(talk.judge())).toEqual(["ike-init-unanswered"]);
  });
});

describe("a responder that changes its SPI", () => {
  it("is still one setup that failed once", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(ikeSaInit());
    talk.at(0.1).responder.sends(ikeSaInitAnswer());
    const other = { ...talk.sa, responderSpi: "dddddddddddddddd" };
    const auth: Message = ikeAuth({ sa: other });
    talk.at(0.2, 4.2, 11.4).initiator.sends(auth);
    const judgement = talk.endsAt(90).judge();
    expect(faults(judgement).length).toBeLessThanOrEqual(1);
    expect(codes(judgement).length).toBeGreaterThan(0);
  });
});
