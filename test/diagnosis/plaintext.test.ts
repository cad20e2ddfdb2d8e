import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { GIVEN, judgedAtEnds, without } from "../support/capture/both-ends.js";
import {
  accusations,
  codes,
  dialogue,
  evidence,
  every,
  faults,
  finding,
  informational,
  informationalAnswer,
  numbers,
  type Scenario,
  scenario,
  setsUp,
  setsUpBetween,
} from "../support/scenario/index.js";

const LEAK = "plaintext-leak";
const MIRROR = "plaintext-mirror";
const HERE = "10.1.0.7";
const THERE = "10.2.0.9";

function deletes(talk: Scenario, seconds: number): void {
  talk.at(seconds).initiator.sends(informational({ id: 2, inner: 8 }));
  talk.at(seconds + 0.1).responder.sends(informationalAnswer({ id: 2 }));
}

describe(LEAK, () => {
  it("fires where the tunnel ends and private hosts go on in clear over its link", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    const frames = talk.clear(every(1, 20.5, 30), "initiator", HERE, THERE);
    const judgement = talk.endsAt(60).judge();
    const found = finding(judgement, LEAK);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
    expect(found.headline).toContain(`from ${HERE} to ${THERE} leave 192.0.2.10 in clear`);
    expect(evidence(found)).toEqual(
      numbers([frames[0], frames.at(-1)].filter((frame) => frame !== undefined)),
    );
    expect(faults(judgement)).toEqual([LEAK]);
  });

  it("fires where the tunnel is up and its owner sends no ESP at all", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.clear(every(1, 2, 12), "initiator", HERE, THERE);
    expect(faults(talk.endsAt(60).judge())).toEqual([LEAK]);
  });

  it("is silent where a network card decrypts, so that no ESP is seen near who receives it", () => {
    const talk = scenario({ near: "initiator", floats: true });
    setsUp(talk);
    talk.clear(every(1, 1, 20), "responder", THERE, HERE);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
    talk.clear(every(1, 1.01, 20), "initiator", HERE, THERE);
    expect(accusations(talk.judge())).toEqual([]);
  });

  it("is silent where a filter on UDP hides the ESP of what the capturing host has decrypted", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    dialogue(talk, times);
    const decrypted = talk.clear(
      times.map((second) => second + 0.0205),
      "responder",
      THERE,
      HERE,
    );
    const judgement = talk.judge((frame) => frame.port !== 0 || decrypted.includes(frame));
    expect(accusations(judgement)).toEqual([]);
  });

  it.each([
    ["on port 500", {}],
    ["that MOBIKE moved to port 4500 without any translator", { floats: true }],
  ])("is silent where a filter on the ports of IKE, %s, and ICMP hides that ESP", (_, options) => {
    const talk = scenario({ near: "initiator", ...options });
    setsUp(talk);
    const times = every(1, 1, 20);
    dialogue(talk, times, { ask: { udp: false }, answer: { udp: false } });
    const decrypted = talk.clear(
      times.map((second) => second + 0.0205),
      "responder",
      THERE,
      HERE,
      1,
    );
    const judgement = talk.judge((frame) => frame.port !== 0 || decrypted.includes(frame));
    expect(accusations(judgement)).toEqual([]);
  });

  it("fires where the other side sends in clear, and another peer's ESP proves that it would be seen", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    talk.clear(every(1, 2, 30), "responder", THERE, HERE);
    talk.noise(1, 5).endsAt(60);
    expect(faults(talk.judge())).toEqual([]);
    const other = talk.host("203.0.113.9");
    talk.between(talk.initiator, other, ...every(1, 2.5, 30)).esp({ spi: 0x77 });
    talk.between(other, talk.initiator, ...every(1, 2.52, 30)).esp({ spi: 0x79 });
    expect(faults(talk.judge())).toEqual([LEAK]);
  });

  it("is silent where both directions come right behind ESP, one of them once: both were decrypted", () => {
    const talk = scenario({ near: "initiator" });
    const times = every(1, 1, 20);
    dialogue(talk, times);
    const behind = (sender: "initiator" | "responder", from: string, to: string, count: number): void =>
      void talk.clear(
        times.slice(0, count).map((second) => second + (sender === "initiator" ? 0.001 : 0.021)),
        sender,
        from,
        to,
      );
    behind("responder", THERE, HERE, times.length);
    behind("initiator", HERE, THERE, 1);
    const judgement = talk.endsAt(60).judge();
    expect(codes(judgement)).toContain(MIRROR);
    expect(codes(judgement)).not.toContain(LEAK);
  });

  it("fires where replies to what comes out of the tunnel leave in clear", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    talk.at(...times).responder.esp();
    talk.clear(
      times.map((second) => second + 0.001),
      "responder",
      THERE,
      HERE,
    );
    talk.clear(
      times.map((second) => second + 0.02),
      "initiator",
      HERE,
      THERE,
    );
    talk.at(0.7, 1.7).initiator.esp();
    const judgement = talk.endsAt(60).judge();
    expect(faults(judgement)[0]).toBe(LEAK);
    expect(codes(judgement)).toContain(MIRROR);
  });

  it("is a warning where the tunnel comes up again", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    talk.clear(every(1, 20.5, 30), "initiator", HERE, THERE);
    setsUp(talk, { from: 31, sa: talk.newSa() });
    dialogue(talk, every(1, 32, 50), { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } });
    const judgement = talk.endsAt(60).judge();
    expect(finding(judgement, LEAK).severity).toBe("warning");
    expect(faults(judgement)).toEqual([]);
  });

  it("is a possible warning where other traffic is encrypted at the same time", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 30));
    talk.clear(every(1, 5.3, 20), "initiator", HERE, THERE);
    expect(finding(talk.endsAt(60).judge(), LEAK)).toMatchObject({
      severity: "warning",
      confidence: "possible",
    });
  });
});

describe(`${LEAK} beside the capture of the other end`, () => {
  /** ESP both ways, and packets of one host in clear beside it; the other end decrypts `from` -> `to`. */
  async function judgedTogether(given: (typeof GIVEN)[number], from: string, to: string): Promise<Judgement> {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 30);
    dialogue(talk, times);
    const leaks = talk.clear(every(1, 5.3, 20), "initiator", HERE, THERE);
    const decrypted = talk.clear(
      times.map((second) => second + 0.001),
      "initiator",
      from,
      to,
    );
    return judgedAtEnds(talk.endsAt(60), given, without(decrypted), without(leaks));
  }

  it.each(GIVEN)("is proven where that shows the addresses decrypted from the tunnel, %s", async (given) => {
    const judgement = await judgedTogether(given, HERE, THERE);
    const found = finding(judgement, LEAK);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.summary).toContain("The capture of the other end shows packets between these addresses");
    expect(faults(judgement)).toEqual([LEAK]);
  });

  it.each(GIVEN)("is not told where that shows other addresses, %s", async (given) => {
    expect(codes(await judgedTogether(given, "10.3.0.1", "10.4.0.1"))).not.toContain(LEAK);
  });
});

describe(`${LEAK} is silent`, () => {
  it("about traffic beside the ESP of a tunnel, where other tunnels go over the same link", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 30));
    talk.clear(every(1, 5.3, 20), "initiator", HERE, THERE);
    const [one, other] = [talk.host("192.0.2.11"), talk.host("198.51.100.21", {}, "responder")];
    setsUpBetween(talk, one, other, { sa: talk.newSa() });
    const judgement = talk.endsAt(60).judge();
    const accused = judgement.tunnels.filter(({ findings }) => findings.some(({ code }) => code === LEAK));
    expect(accused.map(({ tunnel }) => tunnel.addresses)).toEqual([["192.0.2.11", "198.51.100.21"]]);
  });

  it("about what Linux shows of packets that it decrypted, which is explained", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    dialogue(talk, times);
    talk.clear(
      times.map((second) => second + 0.0205),
      "responder",
      THERE,
      HERE,
    );
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(finding(judgement, MIRROR).summary).toContain("19 packets in clear");
    expect(judgement.status).toBe("healthy");
  });

  it("about what Linux shows of packets whose AH it checked", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    talk.at(...times).initiator.ah();
    talk.at(...times.map((second) => second + 0.02)).responder.ah();
    const shown = times.map((second) => second + 0.0205);
    talk.clear(shown, "responder", THERE, HERE);
    const judgement = talk.endsAt(60).judge();
    expect(accusations(judgement)).toEqual([]);
    expect(codes(judgement)).toContain(MIRROR);
  });

  it("about a gateway with one arm that sends on what it decrypted", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    dialogue(talk, times, { asker: "responder" });
    talk.clear(
      times.map((second) => second + 0.001),
      "initiator",
      THERE,
      HERE,
    );
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("about packets that are shown before they are encrypted", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    const times = every(1, 1, 20);
    talk.clear(
      times.map((second) => second - 0.001),
      "initiator",
      HERE,
      THERE,
    );
    dialogue(talk, times);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("about traffic of the gateway with public hosts", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    talk.clear(every(1, 20.5, 30), "initiator", "192.0.2.10", "203.0.113.5");
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("between gateways in a private network, where such packets may be anything", () => {
    const talk = scenario({
      near: "initiator",
      initiator: { address: "10.9.0.1" },
      responder: { address: "10.9.1.1" },
    });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    talk.clear(every(1, 20.5, 30), "initiator", HERE, THERE);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("on cooked captures, which show the inner interfaces too", () => {
    const talk = scenario({ cookedAt: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    talk.clear(every(1, 20.5, 30), "initiator", HERE, THERE);
    expect(accusations(talk.endsAt(60).judge())).toEqual([]);
  });

  it("about private hosts that talk minutes after the tunnel ended", () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    dialogue(talk, every(1, 1, 20));
    deletes(talk, 20);
    talk.clear(every(1, 320, 330), "initiator", HERE, THERE);
    expect(accusations(talk.endsAt(400).judge())).toEqual([]);
  });
});
