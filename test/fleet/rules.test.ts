import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FLEET_CODES } from "../../src/fleet/codes.js";
import type { GatewayEvent } from "../../src/fleet/event/read.js";
import { Fleet } from "../../src/fleet/fleet.js";
import { summaryOf } from "../../src/fleet/summary.js";
import type { AccountedStream, TunnelAccount } from "../../src/live/account/account.js";
import { inEnglish } from "../../src/texts/texts.js";
import { account, at, exchange, FakeGateway, ikeSa, message, stream } from "../support/fleet/accounts.js";
import { FLEET_RULES } from "../../src/fleet/rules/index.js";
import { committedSchema } from "../support/schema.js";
import { saidBetween } from "../support/fleet/join.js";

function fleetOf(events: readonly GatewayEvent[], arrival: number | null = null): Fleet {
  const fleet = new Fleet();
  for (const event of events) fleet.take(event, arrival === null ? null : at(arrival));
  return fleet;
}

/** Findings of one tunnel by the newest account of each end, made so many seconds behind the start. */
function saidOf(
  [one, oneAt]: readonly [Partial<TunnelAccount>, number],
  [other, otherAt]: readonly [Partial<TunnelAccount>, number],
  status: { readonly recordedSince?: number; readonly dropped?: number } = {},
): string[] {
  const [branch, hq] = [new FakeGateway("branch"), new FakeGateway("hq")];
  const { recordedSince = -10, dropped = 0 } = status;
  return saidBetween(
    fleetOf([
      branch.status(oneAt),
      branch.accounts(oneAt, account({ self: 0, ...one })),
      hq.status(otherAt, { recordedSince: at(recordedSince), dropped }),
      hq.accounts(otherAt, account({ self: 1, ...other })),
    ]).judge(null),
  );
}

/** Both directions; of the first so many packets arrive. */
const both = (arrived: Partial<AccountedStream> = {}): readonly [AccountedStream[], AccountedStream[]] => [
  [stream(0, 1), stream(1, 2)],
  [stream(0, 1, arrived), stream(1, 2)],
];

describe("ESP sent against ESP arrived", () => {
  it("is lost where numbers of the sender are missing at the receiver", () => {
    const [sent, arrived] = both({ packets: 80, lost: 20, highestSequence: 100, lastTime: at(100) });
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110])).toEqual(["warning fleet-esp-lost"]);
  });

  it("is not lost where the receiver's capture dropped as many packets", () => {
    const [sent, arrived] = both({ packets: 80, lost: 20, highestSequence: 100, lastTime: at(100) });
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110], { dropped: 20 })).toEqual([]);
  });

  it("is not lost where the sender's own capture misses as many numbers", () => {
    const missing = { packets: 80, lost: 20, highestSequence: 100, lastTime: at(100) };
    const sent = [stream(0, 1, missing), stream(1, 2)];
    expect(saidOf([{ streams: sent }, 110], [{ streams: sent }, 110])).toEqual([]);
  });

  it("is not lost where the counters are of different times", () => {
    const [sent, arrived] = both({ packets: 40, highestSequence: 40, lastTime: at(40) });
    expect(saidOf([{ streams: sent }, 100], [{ streams: arrived }, 40])).toEqual([]);
  });

  it("stops where the receiver's later account has no more of it", () => {
    const [sent, arrived] = both({ packets: 40, highestSequence: 40, lastTime: at(40) });
    expect(saidOf([{ streams: sent }, 100], [{ streams: arrived }, 110])).toEqual([
      "critical fleet-esp-stopped",
    ]);
  });

  it("is not lost where the receiver's capture began later", () => {
    const [sent, arrived] = both({
      packets: 60,
      firstSequence: 41,
      highestSequence: 100,
      firstTime: at(41),
      lastTime: at(100),
    });
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110], { recordedSince: 41 })).toEqual([]);
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110])).toEqual(["warning fleet-esp-lost"]);
  });

  it("is not lost if it may have overtaken the first packet that the receiver recorded", () => {
    const recorded = { packets: 40, firstSequence: 41, highestSequence: 100, lost: 20 };
    const gap = { ...recorded, firstTime: at(41), lastTime: at(100) };
    const said = (late: Partial<AccountedStream>, recordedSince: number) => {
      const [sent, arrived] = both({ ...gap, ...late });
      return saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110], { recordedSince });
    };
    expect(said({ late: 2, deepest: 18 }, 41)).toEqual([]);
    expect(said({ late: 2, deepest: 15 }, 41)).toEqual(["warning fleet-esp-lost"]);
    expect(said({ late: 2, deepest: 51 }, 0)).toEqual(["warning fleet-esp-lost"]);
  });

  it("is not missing where a rekey came between the two accounts", () => {
    const pairs = {
      spiPairs: [
        { fromFirst: 3, fromSecond: 4 },
        { fromFirst: 1, fromSecond: 2 },
      ],
    };
    const sent = [stream(0, 1), stream(1, 2), stream(0, 3, { first: 101, packets: 50 })];
    const [, arrived] = both();
    expect(saidOf([{ streams: sent, ...pairs }, 152], [{ streams: arrived }, 110])).toEqual([]);
    expect(saidOf([{ streams: sent, ...pairs }, 152], [{ streams: arrived }, 160])).toEqual([
      "critical fleet-esp-stopped",
    ]);
  });

  it("stops by size where all that is missing is larger than all that arrives", () => {
    const sizes = [
      [128, 80],
      [1408, 20],
    ] as const;
    const sent = [stream(0, 1, { largest: 1450, sizes }), stream(1, 2)];
    const [, arrived] = both({ packets: 80, lost: 20, highestSequence: 100, lastTime: at(100) });
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110])).toEqual([
      "critical fleet-esp-too-large",
    ]);
  });

  it("goes on under another mapping of a NAT: the two streams of one SPI are one", () => {
    const [sent] = both();
    const second = stream(0, 1, { first: 50, packets: 50, firstSequence: 51, highestSequence: 100 });
    const arrived = [
      stream(0, 1, { packets: 50, highestSequence: 50 }),
      { ...second, source: { address: "203.0.113.9", port: 61_234 } },
      stream(1, 2),
    ];
    expect(saidOf([{ streams: sent }, 110], [{ streams: arrived }, 110])).toEqual([]);
  });
});

describe("IKE messages sent against those that arrived", () => {
  const common = exchange(1, message(0, { first: 1 }), message(1, { first: 1.1 }));
  const lost = exchange(2, message(0, { first: 50, last: 60, attempts: 4 }), null);

  it("are lost where no attempt is at the receiver", () => {
    const said = saidOf([{ ikeSas: [ikeSa([common, lost])] }, 70], [{ ikeSas: [ikeSa([common])] }, 70]);
    expect(said).toEqual(["critical fleet-message-lost"]);
  });

  it.each([
    ["one attempt, which is everyday", { first: 50, last: 50, attempts: 1 }, 70],
    ["they may be under way", { first: 50, last: 69, attempts: 4 }, 70],
    ["the receiver's account is older", { first: 50, last: 60, attempts: 4 }, 45],
  ])("are not lost: %s", (_, times, otherAt) => {
    const sent = exchange(2, message(0, times), null);
    const said = saidOf([{ ikeSas: [ikeSa([common, sent])] }, 70], [{ ikeSas: [ikeSa([common])] }, otherAt]);
    expect(said).toEqual([]);
  });

  it("are not lost where the receiver lists its newest exchanges only", () => {
    const there = ikeSa([], { exchangesFrom: at(65) });
    const said = saidOf(
      [{ ikeSas: [ikeSa([common, lost])], streams: [stream(0, 1)] }, 120],
      [{ ikeSas: [there], streams: [stream(0, 1)] }, 120],
    );
    expect(said).toEqual([]);
  });

  it("are not lost where nothing tells how the clocks differ", () => {
    const pair = { spiPairs: [{ fromFirst: 1, fromSecond: 2 }] };
    const said = saidOf(
      [{ ikeSas: [ikeSa([lost])], ...pair }, 70],
      [{ ikeSas: [ikeSa([exchange(9, null, message(1, { first: 3670 }))])], ...pair }, 3680],
    );
    expect(said).toEqual([]);
  });
});

describe("ends that are joined", () => {
  const joinedOf = (
    ...accounts: readonly (readonly [string, Partial<TunnelAccount>])[]
  ): (number | "ambiguous")[] => {
    const events = accounts.flatMap(([name, of]) => {
      const gateway = new FakeGateway(name);
      return [gateway.status(100), gateway.accounts(100, account(of))];
    });
    return fleetOf(events)
      .judge(null)
      .tunnels.map(({ ends, isAmbiguous }) => (isAmbiguous ? "ambiguous" : ends.length));
  };
  const [pair] = both();

  it("are those with one pair of ESP SPIs, whatever their addresses", () => {
    expect(
      joinedOf(
        ["branch", { self: 0, streams: pair }],
        [
          "hq",
          {
            self: 0,
            streams: [stream(1, 1), stream(0, 2)],
            peers: ["198.51.100.20", "203.0.113.9"],
            spiPairs: [{ fromFirst: 2, fromSecond: 1 }],
          },
        ],
      ),
    ).toEqual([2]);
  });

  it("are not those with the same addresses", () => {
    expect(
      joinedOf(["branch", { self: 0 }], ["hq", { self: 1, spiPairs: [{ fromFirst: 7, fromSecond: 8 }] }]),
    ).toEqual([1, 1]);
  });

  it("are not those with one SPI of two in common", () => {
    expect(
      joinedOf(["branch", { self: 0 }], ["hq", { self: 1, spiPairs: [{ fromFirst: 1, fromSecond: 8 }] }]),
    ).toEqual([1, 1]);
  });

  it("are none where several tunnels have the same SPIs by chance", () => {
    expect(
      joinedOf(
        ["a", { self: 0, streams: pair }],
        ["b", { self: 1, streams: pair }],
        ["c", { self: 0, streams: pair }],
        ["d", { self: 1, streams: pair }],
      ),
    ).toEqual(["ambiguous", "ambiguous", "ambiguous", "ambiguous"]);
  });

  it("are the peers, where a router between publishes too", () => {
    expect(
      joinedOf(
        ["branch", { self: 0, streams: pair }],
        ["router", { self: null, streams: pair }],
        ["hq", { self: 1, streams: pair }],
      ),
    ).toEqual([2, "ambiguous"]);
  });

  const byNumber = (a: unknown, b: unknown): number => Number(a) - Number(b);
  const client = (name: string, spi: string, from: number): readonly [string, Partial<TunnelAccount>] => [
    name,
    {
      self: 0,
      ikeSas: [ikeSa([], { initiatorSpi: spi })],
      spiPairs: [{ fromFirst: from, fromSecond: from + 1 }],
      streams: [stream(0, from), stream(1, from + 1)],
    },
  ];
  const [home, shop] = [client("home", "a".repeat(16), 10), client("shop", "b".repeat(16), 20)];
  const server = (of: Partial<TunnelAccount> = {}): readonly [string, Partial<TunnelAccount>] => [
    "hq",
    {
      self: 1,
      ikeSas: [...(home[1].ikeSas ?? []), ...(shop[1].ikeSas ?? [])],
      spiPairs: [...(home[1].spiPairs ?? []), ...(shop[1].spiPairs ?? [])],
      streams: [...(home[1].streams ?? []), ...(shop[1].streams ?? [])],
      ...of,
    },
  ];

  it("are several clients behind one address, each with its part of the responder's tunnel", () => {
    expect(joinedOf(home, shop, server()).toSorted(byNumber)).toEqual([1, 2, 2]);
    expect(joinedOf(server(), shop, home).toSorted(byNumber)).toEqual([1, 2, 2]);
  });

  it("are not several clients where the responder does not know that it is the responder", () => {
    expect(joinedOf(home, shop, server({ self: null }))).toEqual(["ambiguous", "ambiguous", "ambiguous"]);
  });

  it("of several clients have their own loss: that of another one is not theirs", () => {
    const [streams = []] = [server()[1].streams];
    const arrived = streams.map((one) =>
      one.spi === 10 ? { ...one, packets: 40, highestSequence: 40, lastTime: at(40) } : one,
    );
    const events = [home, shop, server({ streams: arrived })].flatMap(([name, of], index) => {
      const gateway = new FakeGateway(name);
      return [gateway.status(100), gateway.accounts(110 + index, account(of))];
    });
    const { tunnels } = fleetOf(events).judge(null);
    const told = tunnels.flatMap(({ ends, findings }) =>
      findings.map(({ code }) => `${ends.map(({ gateway }) => gateway.name).join(" ")} ${code}`),
    );
    expect(told).toEqual(["home hq fleet-esp-stopped"]);
  });

  it("are not those whose IKE SAs begin alike and have two responders", () => {
    expect(
      joinedOf(
        ["branch", { self: 0, ikeSas: [ikeSa([])], spiPairs: [] }],
        ["hq", { self: 1, ikeSas: [ikeSa([], { responderSpi: "3333333333333333" })], spiPairs: [] }],
      ),
    ).toEqual([1, 1]);
  });
});

describe("a gateway that falls silent", () => {
  const silent = (events: readonly GatewayEvent[], now: number | null): string[] =>
    fleetOf(events, 100)
      .judge(now === null ? null : at(now))
      .findings.map(({ code }) => code);

  it("is told after 200 s without an event, by the clock of the hub", () => {
    expect(silent([new FakeGateway("hq").status(100)], 290)).toEqual([]);
    expect(silent([new FakeGateway("hq").status(100)], 310)).toEqual(["fleet-gateway-silent"]);
  });

  it("is not told by the gateway's own clock, which may be an hour wrong", () => {
    expect(silent([new FakeGateway("hq").status(100 - 3600)], 150)).toEqual([]);
  });

  it("is not told of one that ended in order, nor of a file", () => {
    const hq = new FakeGateway("hq");
    expect(silent([hq.status(100), hq.ended(101)], 1000)).toEqual([]);
    expect(silent([new FakeGateway("hq").status(100)], null)).toEqual([]);
  });
});

describe("an outage of many tunnels", () => {
  /** So many gateways with a label, each with one tunnel, the first of them failing. */
  const gateways = (isp: string, count: number, failing: number): GatewayEvent[] =>
    Array.from({ length: count }, (_, index) => {
      const gateway = new FakeGateway(`${isp}-${index}`, { labels: { isp } });
      const state = index < failing ? "failing" : "up";
      const spiPairs = [
        { fromFirst: isp.length * 1000 + index * 2, fromSecond: isp.length * 1000 + index * 2 + 1 },
      ];
      return [gateway.status(100), gateway.accounts(100, account({ self: 0, state, spiPairs }))];
    }).flat();
  const told = (events: readonly GatewayEvent[]): string[] =>
    fleetOf(events)
      .judge(null)
      .findings.map(({ headline }) => inEnglish(headline));

  it("is explained by the label that failing tunnels share and working ones have not", () => {
    expect(told([...gateways("north", 12, 12), ...gateways("south-east", 40, 0)])).toEqual([
      "12 tunnels fail: 12 of them have the label isp=north, and 0 of 40 working ones",
    ]);
  });

  /** So many tunnels of which each has a gateway of its own, and what `of` says. */
  const tunnels = (first: number, count: number, of: Partial<TunnelAccount>, name = ""): GatewayEvent[] =>
    Array.from({ length: count }, (_, index) => {
      const number = first + index;
      const gateway = new FakeGateway(name === "" ? `site-${number}` : name);
      gateway.skip(index);
      const spiPairs = [{ fromFirst: number * 2, fromSecond: number * 2 + 1 }];
      const peers = [`192.0.2.${number}`, `198.51.100.${number}`] as const;
      return [gateway.accounts(100, account({ tunnel: number, self: 0, spiPairs, peers, ...of }))];
    }).flat();

  it.each<[string, GatewayEvent[], GatewayEvent[]]>([
    [
      "a peer with FortiGate 7.2",
      tunnels(1, 12, { state: "failing", products: [null, "FortiGate 7.2"] }),
      tunnels(101, 40, { products: [null, "FortiGate 7.0"] }),
    ],
    [
      "the peer 203.0.113.1",
      tunnels(1, 12, { state: "failing", peers: ["192.0.2.1", "203.0.113.1"] }),
      tunnels(101, 40, {}),
    ],
    ["the gateway hq", tunnels(1, 12, { state: "failing" }, "hq"), tunnels(101, 40, {})],
  ])("is explained by %s, where that is what they share", (shared, failing, working) => {
    expect(told([...failing, ...working])).toEqual([
      `12 tunnels fail: 12 of them have ${shared}, and 0 of 40 working ones`,
    ]);
  });

  it.each([
    ["as many with the label work", [...gateways("north", 24, 12), ...gateways("south-east", 40, 0)]],
    [
      "three unrelated ones fail",
      [...gateways("north", 10, 1), ...gateways("south-east", 10, 1), ...gateways("west-coast-4", 10, 1)],
    ],
    ["nothing works that could be compared", gateways("north", 12, 12)],
  ])("is not explained: %s", (_, events) => {
    expect(told(events)).toEqual([]);
  });
});

describe("events", () => {
  it("that come again, or late from an earlier boot, change nothing; a gap is counted", () => {
    const fleet = new Fleet();
    const [first, second] = [new FakeGateway("hq", { boot: "b1" }), new FakeGateway("hq", { boot: "b2" })];
    const [one, late] = [first.status(1), first.status(2)];
    expect(fleet.take(one, null)).toBe("taken");
    expect(fleet.take(one, null)).toBe("repeated");
    second.skip(1);
    expect(fleet.take(second.status(10), null)).toBe("taken");
    expect(fleet.take(late, null)).toBe("of an earlier boot");
    second.skip(3);
    fleet.take(second.status(20), null);
    expect(fleet.gateways.map(({ boot, missed }) => [boot, missed])).toEqual([["b2", 3]]);
  });
});

describe("tunnels that flap", () => {
  /** Accounts of one tunnel in these states, so many seconds apart. */
  const flaps = (
    states: readonly TunnelAccount["state"][],
    apart = 300,
    name = "branch",
  ): readonly GatewayEvent[] => {
    const gateway = new FakeGateway(name, { labels: { isp: "north" } });
    return [
      gateway.status(0),
      ...states.map((state, at_) =>
        gateway.accounts(at_ * apart, account({ self: 0, state, since: at(at_ * apart) })),
      ),
    ];
  };
  const said = (events: readonly GatewayEvent[]): string[] =>
    fleetOf(events)
      .judge(null)
      .findings.filter(({ code }) => code === "fleet-flapping")
      .map(({ headline }) => inEnglish(headline));
  const THRICE = ["up", "failing", "up", "failing", "up", "failing"] as const;

  it("are told after the third break in half an hour, also while they are up", () => {
    const told = ["the tunnel branch broke 3 times within half an hour"];
    expect(said(flaps(THRICE))).toEqual(told);
    expect(said(flaps([...THRICE, "up"], 200))).toEqual(told);
  });

  it.each<[string, readonly GatewayEvent[]]>([
    ["it broke twice", flaps(THRICE.slice(0, 4))],
    ["the breaks are an hour apart", flaps(THRICE, 3600)],
    ["it ends in order and comes back", flaps(["up", "down", "up", "down", "up", "down", "up", "down"])],
    ["it never came up between", flaps(["up", "failing", "setting-up", "failing", "unknown", "failing"])],
    ["it is quiet at night", flaps(["up", "quiet", "up", "quiet", "up", "quiet"])],
    [
      "each time the gateway began anew",
      [1, 2, 3].flatMap((boot) => {
        const gateway = new FakeGateway("branch", { boot: `b${boot}` });
        return [
          gateway.accounts(boot * 100, account({ state: "up" })),
          gateway.accounts(boot * 100 + 50, account({ state: "failing", since: at(boot * 100 + 50) })),
        ];
      }),
    ],
  ])("are not told where %s", (_, events) => {
    expect(said(events)).toEqual([]);
  });

  it("are told with what they share, where others do not flap", () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      flaps(THRICE, 300, `north-${index}`).map((event): GatewayEvent =>
        event.kind === "tunnel-accounts"
          ? {
              ...event,
              accounts: event.accounts.map((one) => ({
                ...one,
                spiPairs: [{ fromFirst: index * 2 + 10, fromSecond: index * 2 + 11 }],
              })),
            }
          : event,
      ),
    ).flat();
    const others = Array.from({ length: 40 }, (_, index) => {
      const gateway = new FakeGateway(`south-${index}`, { labels: { isp: "south" } });
      return gateway.accounts(
        0,
        account({ spiPairs: [{ fromFirst: 1000 + index * 2, fromSecond: 1001 + index * 2 }] }),
      );
    });
    const finding = fleetOf([...many, ...others])
      .judge(null)
      .findings.find(({ code }) => code === "fleet-flapping");
    expect(finding === undefined ? "" : inEnglish(finding.summary)).toContain(
      "12 of them have the label isp=north, and 0 of 40 other tunnels",
    );
  });
});

describe("a fleet that is judged after every event", () => {
  it("is judged as one that is judged once, though only what is new is looked at again", () => {
    const [branch, hq] = [new FakeGateway("branch"), new FakeGateway("hq")];
    const [sent, arrived] = both({ packets: 40, highestSequence: 40, lastTime: at(40) });
    const events = [
      branch.status(40),
      hq.status(40),
      branch.accounts(40, account({ self: 0, streams: arrived })),
      hq.accounts(40, account({ self: 1, streams: arrived })),
      branch.accounts(100, account({ self: 0, streams: sent })),
      hq.accounts(110, account({ self: 1, streams: arrived })),
      hq.status(111, { dropped: 60 }),
      hq.accounts(120, account({ self: 1, streams: sent })),
      branch.accounts(121, account({ tunnel: 2, self: 0, streams: sent })),
    ];
    const again = new Fleet();
    for (const [index, event] of events.entries()) {
      again.take(event, null);
      const once = fleetOf(events.slice(0, index + 1));
      expect(again.judge(null).tunnels.map(summaryOf)).toEqual(once.judge(null).tunnels.map(summaryOf));
    }
  });
});

describe("every verdict", () => {
  const page = readFileSync(new URL("../../docs/fleet.md", import.meta.url), "utf8");
  const enumerated = JSON.stringify(committedSchema("fleet"));

  it.each(FLEET_CODES)("%s has one rule, a row in the documentation, and a place in the schema", (code) => {
    expect(FLEET_RULES.filter((rule) => rule.code === code).length).toBe(1);
    expect(page).toContain(`| \`${code}\` |`);
    expect(enumerated).toContain(`"${code}"`);
  });
});
