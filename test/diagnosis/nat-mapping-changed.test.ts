import { describe, expect, it } from "vitest";
import { judgePlaces } from "../support/capture/places.js";
import { alongPath } from "../support/capture/path.js";
import {
  accusations,
  behindNat,
  codes,
  evidence,
  faults,
  finding,
  informational,
  informationalAnswer,
  INSIDE,
  type Keeps,
  NAT,
  scenario,
  type Scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const CODE = "nat-mapping-changed";

const rebound = (talk: Scenario) => talk.host(INSIDE, { nat: { ...NAT, port4500: 61_099 } });

describe(CODE, () => {
  it("is a warning where ESP of one SPI changes its port and the other side follows", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const host = rebound(talk);
    const [first] = talk.between(host, talk.responder, 20, 21, 22, 23, 24, 25).esp({ sequence: 19 });
    talk.between(talk.responder, host, 20.1, 21.1, 22.1, 23.1, 24.1, 25.1).esp({ sequence: 19 });
    const judgement = talk.endsAt(40).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "certain", phase: "ESP" });
    expect(found.headline).toBe("the port of 192.0.2.10 changed from 61002 to 61099 within the tunnel");
    expect(evidence(found)[1]).toBe(first?.number);
    expect(accusations(judgement)).toEqual([CODE]);
    expect(judgement.status).toBe("degraded");
  });

  it("is critical where ESP still goes to the old port", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const times = [20, 21, 22, 23, 24, 25, 26];
    talk.between(rebound(talk), talk.responder, ...times).esp({ sequence: 19 });
    const back = talk.at(...times).responder.esp({ sequence: 19 });
    const judgement = talk.endsAt(40).judge();
    const found = finding(judgement, CODE);
    expect(found).toMatchObject({ severity: "critical", phase: "ESP" });
    expect(evidence(found).at(-1)).toBe(back.at(-1)?.number);
    expect(faults(judgement)).toEqual([CODE]);
  });

  describe("where ESP goes to the old port for so long behind the first packet from the new one", () => {
    function astray(seconds: number, isRefused: boolean): ReturnType<Scenario["judge"]> {
      const talk = behindNat();
      setsUp(talk);
      traffic(talk, 1, 10);
      const host = rebound(talk);
      for (let time = 20; time <= 20 + seconds; time += 0.5) {
        talk.between(host, talk.responder, time).esp({ sequence: time * 2 });
        talk.at(time + 0.001).responder.esp({ sequence: time * 2 });
        if (isRefused) talk.icmp(time + 0.002, talk.initiator, talk.responder, 3, 3);
      }
      return talk.endsAt(20.1 + seconds).judge();
    }

    it.each([
      ["1.5 s", 1.5, true, "warning", "certain", "degraded"],
      ["3 s", 3, false, "critical", "likely", "failing"],
      ["3 s, and is refused", 3, true, "critical", "certain", "failing"],
      ["6 s", 6, false, "critical", "certain", "failing"],
    ])("%s", (_name, seconds, isRefused, severity, confidence, status) => {
      const judgement = astray(seconds, isRefused);
      expect(finding(judgement, CODE)).toMatchObject({ severity, confidence });
      expect(judgement.status).toBe(status);
    });
  });

  it("explains that the old port is refused by ICMP: no daemon is accused", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    const host = rebound(talk);
    talk.between(host, talk.responder, 20, 20.4, 20.8, 21.2).esp({ sequence: 19 });
    for (const time of [20.1, 20.5, 20.9]) {
      talk.at(time).responder.esp({ sequence: Math.round(time * 10) });
      talk.icmp(time + 0.01, talk.initiator, talk.responder, 3, 3);
    }
    const judgement = talk.endsAt(21.3).judge();
    expect(codes(judgement)).toContain(CODE);
    expect(codes(judgement)).not.toContain("icmp-port-unreachable");
    expect(judgement.status).toBe("degraded");
  });

  it("leaves the refusal to nat-mapping-expired where the peer sends from no other port", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 10);
    for (const time of [20.1, 20.5, 20.9]) {
      talk.at(time).responder.esp({ sequence: Math.round(time * 10) });
      talk.icmp(time + 0.01, talk.initiator, talk.responder, 3, 3);
    }
    expect(codes(talk.endsAt(21.3).judge())).toContain("nat-mapping-expired");
  });

  it("is told by IKE alone", () => {
    const talk = behindNat();
    setsUp(talk);
    const host = rebound(talk);
    talk.between(host, talk.responder, 20).sends(informational());
    talk.between(talk.responder, host, 20.1).sends(informationalAnswer());
    const judgement = talk.endsAt(29).judge();
    expect(finding(judgement, CODE)).toMatchObject({ severity: "warning", phase: "INFORMATIONAL" });
    expect(faults(judgement)).toEqual([]);
  });

  it("is silent about the move from port 500 to 4500", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 20);
    expect(accusations(talk.endsAt(29).judge())).toEqual([]);
  });

  it("is silent on a translator, where each packet has two ports", () => {
    const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } });
    setsUp(talk);
    traffic(talk, 1, 20);
    expect(codes(talk.endsAt(29).judge())).not.toContain(CODE);
  });

  it("is silent about two clients behind one address", () => {
    const talk = behindNat();
    setsUp(talk);
    traffic(talk, 1, 20);
    const other = talk.host("10.0.0.6", { nat: { ...NAT, port500: 61_011, port4500: 61_012 } });
    talk.between(other, talk.responder, 1.2, 2.2, 3.2, 4.2).esp({ spi: 0xc9000009 });
    expect(codes(talk.endsAt(29).judge())).not.toContain(CODE);
  });

  describe("of the address", () => {
    /** The peer goes on from another public address, where a check is answered; what does the other side send, and where? */
    function moves(followed: boolean, times: readonly number[]) {
      const talk = behindNat();
      setsUp(talk);
      traffic(talk, 1, 10);
      const host = talk.host(INSIDE, { nat: { ...NAT, address: "192.0.2.99" } });
      talk.between(host, talk.responder, 19).sends(informational());
      talk.between(talk.responder, host, 19.1).sends(informationalAnswer());
      talk.between(host, talk.responder, ...times).esp({ sequence: 19 });
      const back = followed
        ? talk.between(talk.responder, host, ...times).esp({ sequence: 19 })
        : talk.at(...times).responder.esp({ sequence: 19 });
      return { judgement: talk.endsAt(40).judge(), back };
    }

    it("is critical where ESP still goes to the old one and none to the new one", () => {
      const { judgement, back } = moves(false, [20, 21, 22, 23, 24]);
      const found = finding(judgement, CODE);
      expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
      expect(evidence(found).at(-1)).toBe(back.at(-1)?.number);
      expect(faults(judgement)).toEqual([CODE]);
    });

    it.each([
      ["the other side follows", true, [20, 21, 22, 23, 24]],
      ["it has no time to follow", false, [20, 20.3, 20.6, 20.9]],
    ])("is silent where %s", (_, followed, times) => {
      expect(faults(moves(followed, times).judgement)).toEqual([]);
    });
  });

  describe("of a NAT device that stops translating", () => {
    const LATER = [20, 21, 22, 23, 24];
    const ROUTER = "203.0.113.2";

    interface Gone {
      /** Numbers of the packets that come from inside. */
      readonly sequence?: number;
      readonly times?: readonly number[];
      readonly isFollowed?: boolean;
    }

    /** The peer's ESP comes untranslated after 10 s, and a router refuses what still goes to the old address. */
    function untranslated({ sequence = 19, times = LATER, isFollowed = false }: Gone = {}) {
      const talk = behindNat();
      setsUp(talk);
      traffic(talk, 1, 10);
      const inside = talk.host(INSIDE);
      const [first] = talk.between(inside, talk.responder, ...times).esp({ sequence });
      const receiver = isFollowed ? inside : talk.initiator;
      const back = talk.between(talk.responder, receiver, ...times).esp({ sequence: 19 });
      if (!isFollowed) talk.icmp(times[1] ?? 0, ROUTER, talk.responder, 3, 1);
      return { talk: talk.endsAt(40), first, back };
    }

    it("is told by the numbers of the SPI that go on from a private address", () => {
      const { talk, first, back } = untranslated();
      const judgement = talk.judge();
      const found = finding(judgement, CODE);
      expect(found).toMatchObject({ severity: "critical", confidence: "likely", phase: "ESP" });
      expect(found.headline).toContain("the NAT device of 192.0.2.10 stopped translating");
      expect(found.headline).toContain(INSIDE);
      expect(evidence(found)[1]).toBe(first?.number);
      expect(evidence(found).at(-1)).toBe(back.at(-1)?.number);
      expect(faults(judgement)).toEqual([CODE]);
      expect(judgement.tunnels).toHaveLength(1);
    });

    it("is over where one packet alone comes from inside, and a router refuses the answer to it", () => {
      const talk = behindNat();
      setsUp(talk);
      const inside = talk.host(INSIDE);
      for (let second = 1; second < 20; second++) {
        const peer = second === 10 ? inside : talk.initiator;
        talk.between(peer, talk.responder, second).esp({ sequence: second });
        talk.between(talk.responder, peer, second + 0.1).esp({ sequence: second });
        if (second === 10) talk.icmp(10.11, ROUTER, talk.responder, 3, 0);
      }
      const judgement = talk.endsAt(20).judge();
      expect(judgement.tunnels).toHaveLength(1);
      expect(judgement.status).toBe("degraded");
      expect(finding(judgement, "icmp-host-unreachable").mended).toBe(true);
    });

    it("is no fault where the other side follows", () => {
      expect(faults(untranslated({ isFollowed: true }).talk.judge())).toEqual([]);
    });

    it.each([
      ["begin anew, as those of another SA do", { sequence: 1 }],
      ["come while the tunnel's own go on", { times: [3.1, 4.1, 5.1, 6.1, 7.1] }],
    ])("is not told of packets from inside whose numbers %s", (_, gone) => {
      const judgement = untranslated(gone).talk.judge();
      expect(codes(judgement)).not.toContain(CODE);
      expect(judgement.tunnels).toHaveLength(2);
    });

    it("is told by what one of two places shows, and explains what is lost between them", async () => {
      const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } });
      setsUp(talk);
      traffic(talk, 1, 10);
      const untouched = talk.between(talk.host(INSIDE), talk.responder, ...LATER).esp({ sequence: 19 });
      const back = talk.at(...LATER).responder.esp({ sequence: 19 });
      talk.endsAt(40);
      const isInside: Keeps = ({ bytes }) => namesAddress(bytes, INSIDE);
      const places = alongPath(talk, 2, [
        { hops: 0, keeps: (frame, index) => isInside(frame, index) && !back.includes(frame) },
        {
          hops: 2,
          keeps: (frame, index) => untouched.includes(frame) || !isInside(frame, index),
        },
      ]);
      const { judgement } = await judgePlaces(places);
      expect(finding(judgement, CODE)).toMatchObject({ severity: "critical", causedBy: null });
      expect(finding(judgement, "lost-between-captures")).toMatchObject({ causedBy: CODE });
      expect(faults(judgement)).toEqual([CODE]);
    });
  });
});

describe("a NAT device that gives another port, captured at both ends", () => {
  /** Seconds at which each peer sends over the new port. */
  const AFTERWARDS = [20, 21, 22, 23, 24, 25, 26, 27];

  /** The headline of what is lost on the way from the sender, whose packets of these seconds do not arrive; null for nothing. */
  async function lostBetween(sender: "initiator" | "responder", seconds: readonly number[]) {
    const talk = scenario({ floats: true, initiator: { address: INSIDE, nat: NAT, seen: "both" } });
    setsUp(talk);
    traffic(talk, 1, 10);
    const host = talk.host(INSIDE, { nat: { ...NAT, port4500: 61_099 }, seen: "both" });
    const forth = talk.between(host, talk.responder, ...AFTERWARDS).esp({ sequence: 19 });
    const answers = AFTERWARDS.map((time) => time + 0.1);
    const back = talk.between(talk.responder, host, ...answers).esp({ sequence: 19 });
    const lost = (sender === "initiator" ? forth : back).filter(({ time }) =>
      seconds.includes(Math.floor(time)),
    );
    talk.endsAt(40);
    const arrives =
      (from: typeof sender): Keeps =>
      (frame) =>
        sender !== from || !lost.includes(frame);
    const isInside: Keeps = ({ bytes }) => namesAddress(bytes, INSIDE);
    const places = alongPath(talk, 2, [
      { hops: 0, keeps: (frame, index) => isInside(frame, index) && arrives("responder")(frame, index) },
      { hops: 2, keeps: (frame, index) => !isInside(frame, index) && arrives("initiator")(frame, index) },
    ]);
    const { judgement } = await judgePlaces(places);
    expect(codes(judgement)).toContain(CODE);
    return codes(judgement).includes("lost-between-captures")
      ? finding(judgement, "lost-between-captures").headline
      : null;
  }

  it.each(["initiator", "responder"] as const)("loses nothing of the %s", async (sender) => {
    expect(await lostBetween(sender, [])).toBeNull();
  });

  it.each(["initiator", "responder"] as const)(
    "loses no more of the %s than does not come",
    async (sender) => {
      expect(await lostBetween(sender, [20, 21, 22, 24, 25])).toMatch(/^5 of \d+ ESP packets from /);
    },
  );
});

/** Whether source or destination of a frame of IPv4 is that address. */
function namesAddress(bytes: Uint8Array, address: string): boolean {
  const [source, destination] = [26, 30].map((at) => bytes.slice(at, at + 4).join("."));
  return source === address || destination === address;
}
