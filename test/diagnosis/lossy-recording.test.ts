import { describe, expect, it } from "vitest";
import {
  accusations,
  codes,
  dialogue,
  every,
  faults,
  finding,
  ikeAuth,
  ikeAuthAnswer,
  informational,
  informationalAnswer,
  informationalV1,
  type Keeps,
  mainMode,
  mainModeUp,
  opens,
  quickMode,
  type Scenario,
  scenario,
  setsUp,
  traffic,
  transaction,
} from "../support/scenario/index.js";

const but =
  (...frames: readonly { readonly time: number }[]): Keeps =>
  (frame) =>
    !frames.some((one) => one === frame);

/** What lies between these seconds was not recorded. */
const notBetween =
  (from: number, to: number): Keeps =>
  ({ time }) =>
    time < from || time > to;

describe("a hole in the recording", () => {
  function talks(): Scenario {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 50));
    return talk.endsAt(60);
  }

  it("is no loss of the path where both directions lack the same time", () => {
    const judgement = talks().judge(notBetween(20, 30));
    expect(accusations(judgement)).toEqual([]);
    const found = finding(judgement, "esp-loss");
    expect(found).toMatchObject({ severity: "info", confidence: "possible" });
    expect(found.summary).toContain("rather the recording has a hole there");
  });

  it("hides no loss beside it", () => {
    const judgement = talks().judge(
      (frame, index) =>
        notBetween(20, 30)(frame, index) && !(frame.sender === "initiator" && frame.time % 5 === 2),
    );
    expect(finding(judgement, "esp-loss")).toMatchObject({ severity: "warning" });
  });

  it("is a loss where the other direction was recorded meanwhile", () => {
    const judgement = talks().judge(
      (frame, index) => notBetween(20, 30)(frame, index) || frame.sender !== "responder",
    );
    expect(accusations(judgement)).toEqual(["esp-loss"]);
  });

  it("is not the moment at which a path failed, whatever it swallowed", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(0.5, 1, 25));
    talk.at(...every(0.5, 25.5, 60)).initiator.esp();
    const whole = talk.endsAt(61).judge();
    expect(faults(whole)).toEqual(["path-lost"]);
    expect(faults(talk.judge(notBetween(25.1, 35)))).toEqual([]);
  });
});

describe("a sniffer that loses packets", () => {
  it("shows itself by the packets of its own side: those of the other are not the path's loss", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    const asked = talk.at(...every(0.1, 1, 31)).initiator.esp();
    const answered = talk.at(...every(0.1, 1.02, 31.02)).responder.esp();
    const lost = (frames: readonly { time: number }[]) => frames.filter((_, index) => index % 20 === 7);
    talk.endsAt(60);
    expect(accusations(talk.judge(but(...lost(asked))))).toEqual(["esp-loss"]);
    const judgement = talk.judge(but(...lost(asked), ...lost(answered).slice(1)));
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, "esp-loss").summary).toContain("rather the sniffer loses packets");
  });

  it("shows itself by answers that must have passed, for the asker went on", () => {
    const talk = scenario();
    setsUp(talk);
    const asked = talk.at(...every(0.1, 1, 31)).initiator.esp();
    talk.at(...every(0.1, 1.02, 31.02)).responder.esp();
    const answers = [2, 3, 4, 5, 6].flatMap((id) => {
      talk.at(id * 5).initiator.sends(informational({ id }));
      return talk.at(id * 5 + 0.05).responder.sends(informationalAnswer({ id }));
    });
    const lost = asked.filter((_, index) => index % 20 === 7);
    talk.endsAt(60);
    expect(accusations(talk.judge(but(...lost)))).toEqual(["esp-loss"]);
    expect(accusations(talk.judge(but(...lost, ...answers.slice(1, 2))))).toEqual([]);
  });

  it("may miss the end of EAP: ESP of new SPIs both ways proves that there was one", () => {
    const talk = scenario();
    opens(talk);
    for (const [id, inner] of [1300, 45, 60].entries()) {
      talk.at(1 + id).initiator.sends(ikeAuth({ id: id + 1, inner: id === 0 ? 220 : 60 }));
      talk.at(1.1 + id).responder.sends(ikeAuthAnswer({ id: id + 1, inner }));
    }
    talk.at(4).initiator.sends(ikeAuth({ id: 4, inner: 60 }));
    talk.at(4.1).responder.sends(ikeAuthAnswer({ id: 4, inner: 8 }));
    const quiet = scenario();
    quiet.frames.push(...talk.frames);
    expect(faults(quiet.endsAt(90).judge())).toEqual(["eap-failed"]);
    traffic(talk, 10, 40);
    expect(accusations(talk.endsAt(90).judge())).toEqual([]);
  });

  it("may miss IKE_AUTH: the tunnel that comes after it proves that it passed", () => {
    const talk = scenario();
    opens(talk);
    talk.at(...every(1, 1, 20)).initiator.esp();
    // A side that sends ESP of a new SPI has a Child SA; that none comes back is another matter.
    expect(codes(talk.endsAt(60).judge())).toEqual(["esp-one-way", "esp-unknown-spi"]);
    talk.at(...every(1, 1.05, 20.05)).responder.esp();
    expect(accusations(talk.judge())).toEqual([]);
  });

  it("may miss the answer to IKE_AUTH, though the request was repeated", () => {
    const talk = scenario();
    opens(talk);
    talk.at(0.1, 4.1, 11.3).initiator.sends(ikeAuth());
    const answer = talk.at(11.4).responder.sends(ikeAuthAnswer());
    traffic(talk, 12, 40);
    expect(accusations(talk.endsAt(60).judge(but(...answer)))).toEqual([]);
  });

  it("may miss Quick Mode 2: nobody sends the third message without it", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(1).initiator.sends(quickMode(1));
    const second = talk.at(1.05).responder.sends(quickMode(2));
    talk.at(1.1).initiator.sends(quickMode(3));
    talk.at(2, 3, 4).responder.sends(informationalV1());
    const judgement = talk.endsAt(30).judge(but(...second));
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("up");
  });

  it("may miss Main Mode 6: nobody asks for a password without it", () => {
    const talk = scenario();
    mainModeUp(talk);
    talk.at(0.5).responder.sends(transaction());
    talk.at(0.6).initiator.sends(transaction({ length: 88 }));
    const sixth = talk.frames.filter(({ sender, time }) => sender === "responder" && time < 0.3).slice(-1);
    expect(faults(talk.endsAt(30).judge(but(...sixth)))).toEqual(["xauth-stalled"]);
  });

  it("makes it possible only that a message never came, where it has missed others", () => {
    const talk = scenario();
    talk.at(0).initiator.sends(mainMode(1));
    const second = talk.at(0.05).responder.sends(mainMode(2));
    talk.at(0.1).initiator.sends(mainMode(3));
    talk.at(0.15).responder.sends(mainMode(4));
    talk.endsAt(60);
    expect(finding(talk.judge(), "ike-auth-missing")).toMatchObject({ severity: "critical" });
    const judgement = talk.judge(but(...second));
    expect(finding(judgement, "ike-auth-missing")).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
  });

  it("may miss the first packet of a new SA: what goes on both ways is not the SA that was deleted", () => {
    const talk = scenario();
    setsUp(talk);
    dialogue(talk, every(1, 1, 40));
    const next = talk.newSa();
    setsUp(talk, { from: 40.2, sa: next });
    const asked = talk.at(...every(1, 40.7, 80)).initiator.esp({ spi: 0xa2 });
    talk.at(...every(1, 40.5, 80)).responder.esp({ spi: 0xb2 });
    talk.at(40.6).initiator.sends(informational({ id: 2, inner: 8 }));
    talk.at(40.65).responder.sends(informationalAnswer({ id: 2 }));
    expect(faults(talk.endsAt(90).judge(but(...asked.slice(0, 1))))).toEqual([]);
  });
});

describe("stamps of two clocks", () => {
  it("show answers a moment before their requests, and none of them is lost for that", () => {
    const talk = scenario({ near: "responder" });
    setsUp(talk);
    talk.at(10, 10.5).initiator.sends(informational({ id: 2 }));
    talk.at(9.999, 10.499).responder.sends(informationalAnswer({ id: 2 }));
    expect(codes(talk.endsAt(40).judge())).not.toContain("ike-response-lost");
  });
});
