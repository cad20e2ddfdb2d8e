import { wireMessages } from "../../src/joint/wire.js";
import { describe, expect, it } from "vitest";
import type { WireMessage } from "../../src/joint/wire.js";
import { charonLogOf, hostOf } from "../support/host/beside.js";
import { hex8, xfrmPolicy, xfrmStat, xfrmState } from "../support/host/texts.js";
import {
  accusations,
  clearNotifyV1,
  codes,
  createChild,
  createChildAnswer,
  dialogue,
  every,
  finding,
  ikeSaInit,
  informational,
  informationalAnswer,
  initNotify,
  scanV1,
  scenario,
  type Scenario,
  setsUp,
  traffic,
} from "../support/scenario/index.js";

const ALICE = "192.0.2.10";
const BOB = "198.51.100.20";
const NETS = { src: "10.1.0.0/24", dst: "10.2.0.0/24" } as const;
const BACK = { src: NETS.dst, dst: NETS.src } as const;

/** A tunnel with traffic and liveness checks, captured at the initiator. */
function healthy(): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  traffic(talk, 1, 20);
  for (let check = 0; check < 6; check++) {
    talk.at(20 * (check + 1)).initiator.sends(informational({ id: 2 + check }));
    talk.at(20 * (check + 1) + 0.03).responder.sends(informationalAnswer({ id: 2 + check }));
  }
  return talk.endsAt(150);
}

/** SPIs and packets of the two directions of the only Child SA. */
function streams(talk: Scenario) {
  const all = talk.kept().tunnels.flatMap((tunnel) => tunnel.streams);
  const [out, back] = [all.find(({ source }) => source === ALICE), all.find(({ source }) => source === BOB)];
  if (out === undefined || back === undefined) throw new Error("the story has no traffic both ways");
  return { out, back };
}

/** Dumps of the initiator that fit the story. */
function dumps(talk: Scenario, changes: { readonly inPackets?: number } = {}): string {
  const { out, back } = streams(talk);
  return [
    xfrmState({ src: ALICE, dst: BOB, spi: out.spi, packets: out.packets }),
    xfrmState({ src: BOB, dst: ALICE, spi: back.spi, packets: changes.inPackets ?? back.packets }),
    xfrmPolicy({ ...NETS, direction: "out", reqid: 1, spi: out.spi }),
    xfrmPolicy({ ...BACK, direction: "in", reqid: 1 }),
    xfrmStat({}),
  ].join("");
}

describe("a healthy tunnel beside its host", () => {
  it.each([
    ["its log", (talk: Scenario) => charonLogOf(talk, ALICE)],
    ["its log without times", (talk: Scenario) => charonLogOf(talk, ALICE, { stamps: "none" })],
    [
      "the first half of its log",
      (talk: Scenario) => charonLogOf(talk, ALICE, { lacks: (_, index) => index > 7 }),
    ],
    [
      "a log of which lines were lost",
      (talk: Scenario) => charonLogOf(talk, ALICE, { lacks: (_, index) => index % 4 === 3 }),
    ],
    ["the log of the peer", (talk: Scenario) => charonLogOf(talk, BOB)],
    ["its dumps", (talk: Scenario) => dumps(talk)],
    [
      "an older dump: three packets fewer",
      (talk: Scenario) => dumps(talk, { inPackets: streams(talk).back.packets - 3 }),
    ],
    [
      "lines of the log about packets left out by grep",
      (talk: Scenario) =>
        charonLogOf(talk, ALICE, { also: [[1, "05[IKE] <site|1> peer supports MOBIKE"]] }).replaceAll(
          /.*\[(?:NET|ENC)\].*\n/g,
          "",
        ),
    ],
  ])("is not accused: %s", async (_, text) => {
    const talk = healthy();
    const judgement = talk.judgeBeside(await hostOf(text(talk)));
    expect(accusations(judgement)).toEqual([]);
    expect(judgement.status).toBe("healthy");
  });
});

describe("host-drops-outbound", () => {
  const CODE = "host-drops-outbound";
  it("is certain where the kernel refuses to send", async () => {
    const talk = scenario({ near: "initiator" });
    talk.at(0, 1, 3).initiator.sends(ikeSaInit());
    const sent = `05[NET] sending packet: from ${ALICE}[500] to ${BOB}[500] (464 bytes)\n06[NET] error writing to socket: Operation not permitted\n`;
    const alone = scenario().judgeBeside(await hostOf(sent.repeat(3)));
    expect(finding(alone, CODE)).toMatchObject({ severity: "critical", confidence: "certain" });
    expect(alone.status).toBe("failing");
    expect(finding(alone, CODE).lines).toHaveLength(4);
  });

  it("is told of messages that a capture at the host does not show", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, {
      also: [40.5, 41, 42.5].flatMap((at): (readonly [number, string])[] => [
        [at, "07[NET] <site|1> sending packet: from 192.0.2.10[500] to 198.51.100.20[500] (333 bytes)"],
      ]),
    });
    const found = finding(talk.judgeBeside(await hostOf(log)), CODE);
    expect(found).toMatchObject({ severity: "critical", confidence: "likely" });
    expect(found.lines).toHaveLength(3);
  });

  it("is silent where the peer answered what the capture lacks: it left, and was not recorded", async () => {
    const story = (lost: boolean): Scenario => {
      const talk = scenario({ near: "initiator" });
      setsUp(talk);
      for (let check = 0; check < 6; check++) {
        const moment = talk.at(20 * (check + 1));
        if (!lost || check < 2 || check > 4) moment.initiator.sends(informational({ id: 2 + check }));
        talk.at(20 * (check + 1) + 0.03).responder.sends(informationalAnswer({ id: 2 + check }));
      }
      return talk.endsAt(150);
    };
    const log = charonLogOf(story(false), ALICE);
    expect(codes(story(true).judgeBeside(await hostOf(log)))).not.toContain(CODE);
    const unanswered = log.replaceAll(/.*(?:received packet|parsed INFORMATIONAL).*\n/g, "");
    expect(codes(story(true).judgeBeside(await hostOf(unanswered)))).toContain(CODE);
  });

  it("is silent where the capture was taken elsewhere, or lost packets itself", async () => {
    const elsewhere = scenario({ near: "responder" });
    setsUp(elsewhere);
    elsewhere.at(60).initiator.sends(informational({ id: 2 }));
    elsewhere.at(60.1).responder.sends(informationalAnswer({ id: 2 }));
    const also = [30, 31, 32].map(
      (at) =>
        [
          at,
          "07[NET] <site|1> sending packet: from 192.0.2.10[500] to 198.51.100.20[500] (333 bytes)",
        ] as const,
    );
    const log = charonLogOf(elsewhere, ALICE, { also });
    expect(codes(elsewhere.endsAt(90).judgeBeside(await hostOf(log)))).not.toContain(CODE);
  });
});

describe("host-drops-outbound, where the capture may have missed what was sent", () => {
  const sent = (at: number) =>
    [at, "07[NET] <site|1> sending packet: from 192.0.2.10[500] to 198.51.100.20[500] (333 bytes)"] as const;
  it.each([
    ["before it began", [-3, -2, -1]],
    ["as it ended", [149.6, 149.8, 151]],
  ])("is silent: %s", async (_, at) => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { also: at.map(sent) });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("host-drops-outbound");
  });

  it("is silent where no message is in common, so that the clock is not known", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { lacks: () => true, also: [40, 41, 42].map(sent) });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("host-drops-outbound");
  });
});

describe("host-drops-inbound", () => {
  const CODE = "host-drops-inbound";
  const COVER = [
    [-5, "05[NET] waiting for data on sockets"],
    [100, "05[NET] waiting for data on sockets"],
  ] as const;
  function unanswered(): Scenario {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    for (const at of [10, 14, 21]) talk.at(at).responder.sends(informational({ id: 0 }));
    return talk.endsAt(100);
  }

  it("is told of messages that its log, which covers their time, does not know", async () => {
    const talk = unanswered();
    const log = charonLogOf(talk, ALICE, {
      also: COVER,
      lacks: ({ exchange }) => exchange === "INFORMATIONAL",
    });
    const found = codes(talk.judgeBeside(await hostOf(log)));
    // Two of the five that came are in the log, three are not.
    expect(found).toContain(CODE);
  });

  it("is told where a message was ignored at another time, and not where they all were", async () => {
    const talk = unanswered();
    const line = "05[IKE] <site|1> received retransmit of request with ID 0, retransmitting response";
    const lacks = ({ exchange }: { readonly exchange: string }): boolean => exchange === "INFORMATIONAL";
    const once = charonLogOf(talk, ALICE, { also: [...COVER, [80, line] as const], lacks });
    expect(codes(talk.judgeBeside(await hostOf(once)))).toContain(CODE);
    const each = [10.1, 14.1, 21.1].map((at) => [at, line] as const);
    const all = charonLogOf(talk, ALICE, { also: [...COVER, ...each], lacks });
    expect(codes(talk.judgeBeside(await hostOf(all)))).not.toContain(CODE);
  });

  it("is silent where the log ends before", async () => {
    const talk = unanswered();
    const log = charonLogOf(talk, ALICE, { lacks: ({ exchange }) => exchange === "INFORMATIONAL" });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain(CODE);
  });

  it("is silent where the log has as many messages of that length near them, which it names otherwise", async () => {
    const talk = unanswered();
    const log = charonLogOf(talk, ALICE, { also: COVER });
    const renamed = log.replaceAll(/(INFORMATIONAL request) \d+/g, "$1 77");
    expect(renamed).not.toBe(log);
    expect(codes(talk.judgeBeside(await hostOf(renamed)))).not.toContain(CODE);
  });

  it("is silent where the log that has most in common lacks what another log of the host has", async () => {
    const talk = healthy();
    const isReceived = ({ to }: { readonly to: { readonly address: string } }): boolean =>
      to.address === ALICE;
    const late = charonLogOf(talk, ALICE, {
      lacks: (message, index) => isReceived(message) && index < 12,
    });
    const early = charonLogOf(talk, ALICE, {
      also: COVER,
      lacks: (message, index) => index > 0 && (!isReceived(message) || index > 11),
    });
    const both = talk.judgeBeside(await hostOf(late, early));
    expect(codes(both)).not.toContain(CODE);
    expect(accusations(both)).toEqual([]);
  });

  it("is silent where the journal dropped lines", async () => {
    const talk = unanswered();
    const also = [...COVER, [12, "05[DMN] Suppressed 20 messages from strongswan.service"] as const];
    const log = charonLogOf(talk, ALICE, { also, lacks: ({ exchange }) => exchange === "INFORMATIONAL" });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain(CODE);
  });
});

describe("ike-init-unanswered beside the log of the responder", () => {
  /** Captured at the initiator, whose requests nobody answers. */
  function unheard(): Scenario {
    const talk = scenario({ near: "initiator" });
    const request = ikeSaInit();
    for (const at of [0, 2, 6]) talk.at(at).initiator.sends(request);
    return talk.endsAt(40);
  }
  const lengthOfRequest = (): number => wireMessages(unheard().kept().tunnels)[0]?.length ?? 0;
  const cover = (from: number, to: number): (readonly [number, string])[] => [
    [from, "00[DMN] Starting IKE charon daemon (strongSwan 5.9.8, Linux 6.1, x86_64)"],
    [to, "05[NET] waiting for data on sockets"],
  ];
  const judged = async (
    options: Parameters<typeof charonLogOf>[2] & { readonly nat?: boolean },
    name = BOB,
  ) => {
    const talk = unheard();
    const log = charonLogOf(talk, BOB, options);
    const records = await hostOf(options.nat === true ? log.replaceAll(ALICE, "203.0.113.7") : log);
    const addresses = new Set([...records.addresses, name]);
    return finding(talk.judgeBeside({ ...records, name, addresses }), "ike-init-unanswered");
  };
  const rivals = (found: Awaited<ReturnType<typeof judged>>) => found.rivals.map(({ code }) => code);

  it("says that none came to the daemon, and what is left: the way there, or that host", async () => {
    const found = await judged({ lacks: () => true, also: cover(-5, 30) });
    expect(found.summary).toContain(`The log of ${BOB} covers that time and has no line about them`);
    expect(rivals(found)).toContain("host-drops-inbound");
    expect(rivals(found)).not.toContain("ike-response-lost");
  });

  it("cites the lines where they came", async () => {
    const found = await judged({ also: cover(-5, 30) });
    expect(found.summary).toContain(`The log of ${BOB} says that it received them`);
    expect(found.lines[0]?.text).toContain("received packet: from 192.0.2.10");
  });

  it("finds theirs among hundreds of other peers whose requests are as long", async () => {
    const others = Array.from(
      { length: 300 },
      (_, index) =>
        [
          -4 + index / 100,
          `05[NET] received packet: from 203.0.113.${index % 250}[500] to ${BOB}[500] (${lengthOfRequest()} bytes)`,
        ] as const,
    );
    const found = await judged({ also: [...cover(-5, 30), ...others] });
    expect(found.summary).toContain(`The log of ${BOB} says that it received them`);
  });

  it.each([
    ["ends before the last of them could be read", { lacks: () => true, also: cover(-5, 9) }],
    ["has them from another address: a NAT device may stand between", { also: cover(-5, 30), nat: true }],
    ["begins after the first of them", { lacks: () => true, also: cover(1, 30) }],
    [
      "is of another time, and has such messages there",
      {
        ahead: 3600,
        also: [...cover(-3605, 30)] as [number, string][],
        lacks: (_: unknown, index: number) => index > 0,
      },
    ],
  ])("says nothing of a log that %s", async (_, options) => {
    const found = await judged(options);
    expect(found.summary).not.toContain("The log of");
    expect(rivals(found)).toContain("ike-response-lost");
  });
});

describe("daemon-deaf", () => {
  it("is told where messages are read seconds late while what is sent agrees", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { late: ({ exchange }) => (exchange === "INFORMATIONAL" ? 3 : 0) });
    expect(finding(talk.judgeBeside(await hostOf(log)), "daemon-deaf")).toMatchObject({
      severity: "critical",
    });
  });

  it("is silent where other messages are read in time meanwhile: one thread waits for something", async () => {
    const talk = scenario({ near: "initiator" });
    setsUp(talk);
    for (let check = 0; check < 6; check++) {
      talk.at(20 * (check + 1)).initiator.sends(informational({ id: 2 + check }));
      talk.at(20 * (check + 1) + 0.03).responder.sends(informationalAnswer({ id: 2 + check }));
      talk.at(20 * (check + 1) + 1.5).responder.sends(informational({ id: check }));
    }
    talk.endsAt(150);
    const waits = ({ exchange, response }: WireMessage): number =>
      exchange === "INFORMATIONAL" && response ? 3 : 0;
    const log = charonLogOf(talk, ALICE, { late: waits });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("daemon-deaf");
    const all = charonLogOf(talk, ALICE, {
      late: (message) => (message.response ? 3 : waits(message) + 1.53),
    });
    expect(codes(talk.judgeBeside(await hostOf(all)))).toContain("daemon-deaf");
  });

  it("is silent where the clock was set meanwhile", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { ahead: (seconds) => (seconds < 70 ? 0 : 3) });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("daemon-deaf");
  });
});

describe("what the kernel lacks or has too much", () => {
  it("esp-dropped-before-xfrm: packets that the state has not counted", async () => {
    const talk = healthy();
    const { back } = streams(talk);
    const judgement = talk.judgeBeside(await hostOf(dumps(talk, { inPackets: back.packets - 8 })));
    expect(finding(judgement, "esp-dropped-before-xfrm")).toMatchObject({
      severity: "critical",
      confidence: "likely",
    });
  });

  it("esp-dropped-before-xfrm: also where the same states follow without counts (ip xfrm state without -s)", async () => {
    const talk = healthy();
    const { back } = streams(talk);
    const counted = dumps(talk, { inPackets: back.packets - 8 });
    const bare = counted.replaceAll(/^\t(?:lifetime|stats|  ).*\n|^Xfrm.*\n/gm, "");
    const host = await hostOf(counted, bare);
    expect(host.states.at(-1)?.entries.map(({ packets }) => packets)).toEqual([null, null]);
    expect(codes(talk.judgeBeside(host))).toContain("esp-dropped-before-xfrm");
  });

  it("esp-dropped-before-xfrm: not where the state refused them", async () => {
    const talk = healthy();
    const { out, back } = streams(talk);
    const text =
      xfrmState({ src: ALICE, dst: BOB, spi: out.spi, packets: out.packets }) +
      xfrmState({ src: BOB, dst: ALICE, spi: back.spi, packets: back.packets - 8, replay: 6, failed: 2 });
    expect(codes(talk.judgeBeside(await hostOf(text + policies(talk))))).not.toContain(
      "esp-dropped-before-xfrm",
    );
  });

  it("esp-dropped-before-xfrm: not with hardware that does it", async () => {
    const talk = healthy();
    const { back } = streams(talk);
    const extra = ["crypto offload parameters: dev eth0 dir in mode packet"];
    const text = xfrmState({ src: BOB, dst: ALICE, spi: back.spi, packets: 0, extra }) + policies(talk);
    expect(codes(talk.judgeBeside(await hostOf(text)))).not.toContain("esp-dropped-before-xfrm");
  });

  it("esp-dropped-before-xfrm: not where the dump is older than the packets, both ways", async () => {
    const talk = healthy();
    const { out, back } = streams(talk);
    const text =
      xfrmState({ src: ALICE, dst: BOB, spi: out.spi, packets: out.packets - 10 }) +
      xfrmState({ src: BOB, dst: ALICE, spi: back.spi, packets: back.packets - 10 });
    expect(codes(talk.judgeBeside(await hostOf(text + policies(talk))))).not.toContain(
      "esp-dropped-before-xfrm",
    );
  });

  it("xfrm-no-state: not where the dump is older than the Child SA, or younger than its end", async () => {
    const talk = healthy();
    const text = [
      xfrmState({ src: ALICE, dst: BOB, spi: 0xabc001 }),
      xfrmState({ src: BOB, dst: ALICE, spi: 0xabc002 }),
      xfrmPolicy({ ...NETS, direction: "out", reqid: 1, spi: 0xabc001 }),
      xfrmPolicy({ ...BACK, direction: "in", reqid: 1 }),
      xfrmStat({ XfrmInNoStates: 10 }),
    ].join("");
    expect(accusations(talk.judgeBeside(await hostOf(text)))).toEqual([]);
  });

  it("xfrm-no-state: the SPI that packets come in is not there, and the kernel counts them", async () => {
    const talk = healthy();
    const { out } = streams(talk);
    const state = xfrmState({ src: ALICE, dst: BOB, spi: out.spi, packets: out.packets });
    const text = state + policies(talk) + xfrmStat({ XfrmInNoStates: 10 });
    expect(codes(talk.judgeBeside(await hostOf(text)))).toContain("xfrm-no-state");
    const quiet = state + policies(talk) + xfrmStat({ XfrmInNoStates: 0 });
    expect(codes(talk.judgeBeside(await hostOf(quiet)))).not.toContain("xfrm-no-state");
  });

  it("xfrm-no-state: the state that a policy sends with is gone, and packets ask for it", async () => {
    const talk = healthy();
    const { back } = streams(talk);
    const receives = xfrmState({ src: BOB, dst: ALICE, spi: back.spi, packets: back.packets });
    const waits = xfrmState({ src: ALICE, dst: BOB, spi: 0, larval: true });
    expect(codes(talk.judgeBeside(await hostOf(receives + waits + policies(talk))))).toContain(
      "xfrm-no-state",
    );
    // A trap that waits for its first packet.
    expect(codes(talk.judgeBeside(await hostOf(policies(talk))))).not.toContain("xfrm-no-state");
  });

  describe("xfrm-no-state of one of two Child SAs", () => {
    const [FIRST, SECOND] = [
      { ask: { spi: 0xa1 }, answer: { spi: 0xb1 } },
      { ask: { spi: 0xa2 }, answer: { spi: 0xb2 } },
    ];
    /** The first Child SA loses the answers to what it asks, the second was made later and works. */
    function parallel(): Scenario {
      const talk = scenario({ near: "initiator" });
      setsUp(talk);
      dialogue(talk, every(1, 1, 30), FIRST);
      talk.at(30).responder.sends(createChild({ id: 0 }));
      talk.at(30.1).initiator.sends(createChildAnswer({ id: 0 }));
      dialogue(talk, every(1, 31, 120), FIRST);
      dialogue(talk, every(1, 31.5, 120), SECOND);
      return talk.endsAt(150);
    }
    const state = (src: string, dst: string, spi: number, reqid: number): string =>
      xfrmState({ src, dst, spi, reqid, packets: 100 });
    const counts = xfrmStat({ XfrmInNoStates: 10 });

    it("is told where the later one has both of its states", async () => {
      const text = [
        state(ALICE, BOB, 0xa1, 1),
        state(ALICE, BOB, 0xa2, 2),
        state(BOB, ALICE, 0xb2, 2),
        xfrmPolicy({ ...NETS, direction: "out", reqid: 1 }),
        xfrmPolicy({ ...BACK, direction: "in", reqid: 1 }),
      ];
      const found = finding(parallel().judgeBeside(await hostOf(text.join("") + counts)), "xfrm-no-state");
      expect(found.headline).toContain("no state for SPI 0x000000b1");
      expect(found.lines.map(({ text: line }) => line)).toContain(
        "state 0x000000a1, reqid 1: sends, and none receives",
      );
    });

    it("is not told where the first one was deleted whole, as a rekey does", async () => {
      const text = [state(ALICE, BOB, 0xa2, 2), state(BOB, ALICE, 0xb2, 2)].join("") + counts;
      expect(codes(parallel().judgeBeside(await hostOf(text)))).not.toContain("xfrm-no-state");
    });

    it("is told where the state that the policy names is gone and another of its reqid sends", async () => {
      const text = (waits: boolean): string =>
        [
          state(ALICE, BOB, 0xa2, 1),
          state(BOB, ALICE, 0xb1, 1),
          state(BOB, ALICE, 0xb2, 1),
          ...(waits ? [xfrmState({ src: ALICE, dst: BOB, spi: 0, larval: true })] : []),
          xfrmPolicy({ ...NETS, direction: "out", reqid: 1, spi: 0xa1 }),
          xfrmPolicy({ ...BACK, direction: "in", reqid: 1 }),
        ].join("");
      expect(codes(parallel().judgeBeside(await hostOf(text(true))))).toContain("xfrm-no-state");
      // A rekey between the two dumps.
      expect(codes(parallel().judgeBeside(await hostOf(text(false))))).not.toContain("xfrm-no-state");
    });
  });

  it("xfrm-no-policy: a state that no policy uses, unless an interface or a mark does", async () => {
    const talk = healthy();
    const { out, back } = streams(talk);
    const rest =
      xfrmState({ src: BOB, dst: ALICE, spi: back.spi }) + xfrmPolicy({ ...BACK, direction: "in", reqid: 1 });
    const state = (extra: readonly string[]): string =>
      xfrmState({ src: ALICE, dst: BOB, spi: out.spi, extra });
    expect(codes(talk.judgeBeside(await hostOf(state([]) + rest)))).toContain("xfrm-no-policy");
    for (const extra of ["if_id 0x2a", "mark 0x2a/0xffffffff"]) {
      expect(codes(talk.judgeBeside(await hostOf(state([extra]) + rest)))).not.toContain("xfrm-no-policy");
    }
  });

  it("xfrm-template-mismatch: a policy that sends into another pair than its way back", async () => {
    const talk = healthy();
    const { out, back } = streams(talk);
    const states = [1, 2].flatMap((reqid) => [
      xfrmState({ src: ALICE, dst: BOB, spi: out.spi + reqid - 1, reqid, packets: out.packets }),
      xfrmState({ src: BOB, dst: ALICE, spi: back.spi + reqid - 1, reqid, packets: back.packets }),
    ]);
    const crossed =
      xfrmPolicy({ ...NETS, direction: "out", reqid: 2 }) +
      xfrmPolicy({ ...BACK, direction: "in", reqid: 1 });
    expect(
      finding(talk.judgeBeside(await hostOf(states.join("") + crossed)), "xfrm-template-mismatch").confidence,
    ).toBe("certain");
  });

  it("xfrm-template-mismatch: the counter of a host whose pairs are in balance is history", async () => {
    const talk = healthy();
    const text = dumps(talk) + xfrmStat({ XfrmInTmplMismatch: 24 });
    expect(codes(talk.judgeBeside(await hostOf(text)))).not.toContain("xfrm-template-mismatch");
  });

  it("kernel-daemon-disagree: the daemon lists an SPI that the kernel lacks", async () => {
    const talk = healthy();
    const { out, back } = streams(talk);
    const list = (spiIn: number, state = "INSTALLED"): string =>
      `site: #1, ESTABLISHED, IKEv2, 14a17ff0e473d006_i* 7c3f6b976febc49d_r\n  net: #1, reqid 1, ${state}, TUNNEL, ESP:AES_CBC-128\n    in  ${hex8(spiIn)},    252 bytes,     3 packets\n    out ${hex8(out.spi)},   1260 bytes,    15 packets\n`;
    expect(codes(talk.judgeBeside(await hostOf(dumps(talk) + list(0xabcdef))))).toContain(
      "kernel-daemon-disagree",
    );
    expect(codes(talk.judgeBeside(await hostOf(dumps(talk) + list(back.spi))))).not.toContain(
      "kernel-daemon-disagree",
    );
    // Rekeyed and deleted ones stay listed for a while.
    for (const state of ["REKEYED", "DELETED", "DELETING"]) {
      expect(codes(talk.judgeBeside(await hostOf(dumps(talk) + list(0xabcdef, state))))).not.toContain(
        "kernel-daemon-disagree",
      );
    }
  });
});

describe("what the log itself says", () => {
  it.each([
    ["kernel-install-failed", "unable to install IPsec policies (SPD) in kernel"],
    ["peer-config-missing", "no matching peer config found"],
    ["peer-config-missing", `no IKE config found for ${ALICE}...${BOB}, sending NO_PROPOSAL_CHOSEN`],
    ["half-open-limit", `ignoring IKE_SA setup from ${BOB}, per-IP half-open IKE_SA limit of 5 reached`],
  ])("%s: %s", async (code, line) => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, { also: [[5, `05[CFG] <site|1> ${line}`]] });
    expect(finding(talk.judgeBeside(await hostOf(log)), code)).toMatchObject({
      confidence: "certain",
      severity: "critical",
    });
  });

  it("is over where a later line says that it came up", async () => {
    const talk = healthy();
    const up = `IKE_SA site[1] established between ${ALICE}[a]...${BOB}[b]`;
    const log = charonLogOf(talk, ALICE, {
      also: [
        [5, "05[CFG] <site|1> no matching peer config found"],
        [6, `05[IKE] <site|1> ${up}`],
      ],
    });
    expect(finding(talk.judgeBeside(await hostOf(log)), "peer-config-missing")).toMatchObject({
      severity: "warning",
      mended: true,
    });
  });

  it("daemon-netlink-desync: one line at the start is none, many with no idle thread are certain", async () => {
    const talk = healthy();
    const lines = (count: number) =>
      charonLogOf(talk, ALICE, {
        also: Array.from(
          { length: count },
          (_, at) => [at + 1, "05[KNL] received unknown netlink seq 0, ignored"] as const,
        ),
      });
    const stats =
      "uptime: 15 seconds, since Nov 28 20:25:59 2026\nworker threads: 16 total, 0 idle, working: 4/12/0/0\n";
    expect(codes(talk.judgeBeside(await hostOf(lines(1))))).not.toContain("daemon-netlink-desync");
    expect(finding(talk.judgeBeside(await hostOf(lines(5), stats)), "daemon-netlink-desync")).toMatchObject({
      confidence: "certain",
      severity: "critical",
    });
  });

  it("is told of a log from which what the host sent was filtered", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE, {
      lacks: ({ from }) => from.address === ALICE,
      also: [[5, "05[CFG] <site|1> unable to install IPsec policies (SPD) in kernel"]],
    });
    expect(codes(talk.judgeBeside(await hostOf(log)))).toContain("kernel-install-failed");
  });

  const NO_CONFIG = `no IKE config found for ${BOB}...${ALICE}, sending NO_PROPOSAL_CHOSEN`;

  it("accuses nobody where it is about a scan", async () => {
    const talk = scenario({ near: "responder" });
    talk.at(0).initiator.sends(scanV1());
    talk.at(0.05).responder.sends(clearNotifyV1(14));
    const log = charonLogOf(talk.endsAt(60), BOB, { also: [[0.02, `05[IKE] <1> ${NO_CONFIG}`]] });
    const judgement = talk.judgeBeside(await hostOf(log));
    expect(codes(judgement)).toEqual(expect.arrayContaining(["ike-scanned"]));
    expect(accusations(judgement)).toEqual([]);
  });

  it.each([
    ["possible", 1],
    ["certain", 2],
  ])("is %s of a first message that announces nothing, %i times", async (confidence, times) => {
    const talk = scenario({ near: "responder" });
    for (const sa of [talk.sa, talk.newSa()].slice(0, times)) {
      const at = sa === talk.sa ? 0 : 10;
      talk.at(at).initiator.sends(ikeSaInit({ sa, natDetection: "none" }));
      talk.at(at + 0.05).responder.sends(initNotify(14, undefined, { sa }));
    }
    const log = charonLogOf(talk.endsAt(60), BOB, { also: [[0.02, `05[IKE] <1> ${NO_CONFIG}`]] });
    expect(finding(talk.judgeBeside(await hostOf(log)), "peer-config-missing")).toMatchObject({ confidence });
  });

  it("is not told of another tunnel of the same host", async () => {
    const talk = healthy();
    const line = `05[CFG] <other|9> no IKE config found for ${ALICE}...203.0.113.9, sending NO_PROPOSAL_CHOSEN`;
    const log = charonLogOf(talk, ALICE, { also: [[5, line]] });
    expect(codes(talk.judgeBeside(await hostOf(log)))).not.toContain("peer-config-missing");
  });
});

function policies(talk: Scenario): string {
  const { out } = streams(talk);
  return (
    xfrmPolicy({ ...NETS, direction: "out", reqid: 1, spi: out.spi }) +
    xfrmPolicy({ ...BACK, direction: "in", reqid: 1 })
  );
}

describe("evidence-log-partial", () => {
  it("says what of a host's files is more than is kept", async () => {
    const talk = healthy();
    const log = charonLogOf(talk, ALICE);
    const chatter = "05[NET] <site|1> received packet: from 203.0.113.9[500] to 192.0.2.10[500] (80 bytes)\n";
    const host = await hostOf(chatter.repeat(100_000) + log);
    expect(host.leftOut.events).toBeGreaterThanOrEqual(50_000);
    expect(host.leftOut.entries).toBe(0);
    const judgement = talk.judgeBeside(host);
    expect(finding(judgement, "evidence-log-partial").summary).toContain(
      `the oldest ${host.leftOut.events} events of its logs are left out`,
    );
  });

  it("is silent on a log that is kept whole", async () => {
    const talk = healthy();
    const host = await hostOf(charonLogOf(talk, ALICE));
    expect(host.leftOut).toEqual({ events: 0, entries: 0 });
    expect(codes(talk.judgeBeside(host))).not.toContain("evidence-log-partial");
  });
});

describe("xfrm-counter-unexplained", () => {
  const CODE = "xfrm-counter-unexplained";
  const readings = (talk: Scenario, ...values: readonly Readonly<Record<string, number>>[]) =>
    hostOf(dumps(talk).replaceAll(/^Xfrm.*\n/gm, "") + values.map(xfrmStat).join(""));

  it("names the counter that grew, by how much, what it counts and the line", async () => {
    const talk = healthy();
    const host = await readings(talk, { XfrmInStateExpired: 4 }, { XfrmInStateExpired: 16 });
    const found = finding(talk.judgeBeside(host), CODE);
    expect(found).toMatchObject({ severity: "warning", confidence: "likely", tunnel: null });
    expect(found.headline).toContain("XfrmInStateExpired +12");
    expect(found.summary).toContain("XfrmInStateExpired 12: packets in a state whose lifetime is over");
    const [reading] = host.counters.slice(-1);
    expect(found.lines).toMatchObject([
      {
        source: { line: reading?.lines.get("XfrmInStateExpired") },
        text: "XfrmInStateExpired 16, 12 more than before",
      },
    ]);
    expect(reading?.lines.get("XfrmInStateExpired")).toBeGreaterThan(reading?.source.line ?? Infinity);
  });

  it("names a counter of a kernel that is newer than this", async () => {
    const talk = healthy();
    const host = await readings(talk, { XfrmInNewThing: 0 }, { XfrmInNewThing: 9 });
    expect(finding(talk.judgeBeside(host), CODE).headline).toContain("XfrmInNewThing +9");
  });

  it.each([
    ["of a single reading, which counts since boot", [{ XfrmInStateExpired: 16 }], "possible"],
    ["of which a packet or two were counted", [{ XfrmInNoStates: 1 }, { XfrmInNoStates: 3 }], "likely"],
    ["that a policy wants", [{ XfrmOutPolBlock: 1 }, { XfrmOutPolBlock: 300 }], "likely"],
    [
      "that fell: the host was started anew",
      [{ XfrmInStateExpired: 90 }, { XfrmInStateExpired: 7 }],
      "possible",
    ],
  ] as const)("is a note where the counter is one %s", async (_, values, confidence) => {
    const talk = healthy();
    const judgement = talk.judgeBeside(await readings(talk, ...values));
    expect(finding(judgement, CODE)).toMatchObject({ severity: "info", confidence });
    expect(accusations(judgement)).toEqual([]);
  });

  it.each([
    ["are zero", [{}, {}]],
    ["stand still", [{ XfrmInStateExpired: 16 }, { XfrmInStateExpired: 16 }]],
  ])("is silent where the counters %s", async (_, values) => {
    const talk = healthy();
    expect(codes(talk.judgeBeside(await readings(talk, ...values)))).not.toContain(CODE);
  });

  it("is silent where another finding says which packets they are", async () => {
    const talk = healthy();
    const { out } = streams(talk);
    const state = xfrmState({ src: ALICE, dst: BOB, spi: out.spi, packets: out.packets });
    const judgement = (counter: string) =>
      hostOf(
        state + policies(talk) + xfrmStat({ [counter]: 0 }) + xfrmStat({ XfrmInNoStates: 10, [counter]: 10 }),
      );
    const explained = codes(talk.judgeBeside(await judgement("XfrmInNoStates")));
    expect(explained).toContain("xfrm-no-state");
    expect(explained).not.toContain(CODE);
    const other = finding(talk.judgeBeside(await judgement("XfrmInStateExpired")), CODE);
    expect(other.headline).toContain("XfrmInStateExpired +10");
    expect(other.headline).not.toContain("XfrmInNoStates");
  });

  it("is told of a host alone", async () => {
    const host = await hostOf(xfrmStat({}) + xfrmStat({ XfrmInStateMismatch: 30 }));
    expect(codes(scenario().judgeBeside(host))).toContain(CODE);
  });
});
