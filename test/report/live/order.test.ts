import { describe, expect, it } from "vitest";
import { LIVE_STATES } from "../../../src/live/tunnel.js";
import { SORT_KEYS, TunnelOrder, type TunnelQuery } from "../../../src/report/live/order.js";
import { FIRST_UI } from "../../../src/report/live/ui.js";
import { direction, liveFinding, liveTunnel, manyTunnels, NOW } from "../../support/live/tunnels.js";

function ids(tunnels: Parameters<TunnelOrder["order"]>[0], query: Partial<TunnelQuery>): number[] {
  return new TunnelOrder().order(tunnels, { ...FIRST_UI.query, ...query }).map(({ id }) => id);
}

describe("the order of tunnels", () => {
  it("is the worst first, and of those the one that changed last", () => {
    const tunnels = [
      ...LIVE_STATES.toReversed().map((state, index) => liveTunnel({ id: index + 1, state })),
      liveTunnel({ id: 8, state: "failing", since: NOW }),
    ];
    expect(ids(tunnels, {})).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(ids(tunnels, { isReversed: true })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("goes by the value of addresses, not by their letters; IPv4 before IPv6", () => {
    const peers = ["10.0.0.10", "2001:db8::2", "9.0.0.1", "10.0.0.9", "2001:db8::10"];
    const tunnels = peers.map((peer, index) => liveTunnel({ id: index, peers: [peer, "192.0.2.1"] }));
    expect(ids(tunnels, { sort: "peer" })).toEqual([2, 3, 0, 1, 4]);
  });

  it.each([
    ["rate", { directions: [direction({ rate: 500 }), direction({ rate: 500 })] }],
    ["loss", { directions: [direction({ packets: 1, lost: 9 }), direction()] }],
    ["retransmissions", { retransmissions: 9 }],
    ["since", { since: NOW }],
    ["heard", { lastTime: NOW }],
  ] as const)(
    "by %s has the largest or newest one first, and the older of two that are alike",
    (sort, most) => {
      const tunnels = [liveTunnel({ id: 1 }), liveTunnel({ id: 2 }), liveTunnel({ id: 3, ...most })];
      expect(ids(tunnels, { sort })).toEqual([3, 1, 2]);
    },
  );

  it("is the same whatever was sorted before", () => {
    const reused = new TunnelOrder();
    const all = manyTunnels(300);
    const choices = [all, all.slice(50), all.toReversed(), [], all.slice(0, 7), manyTunnels(400, NOW + 1e9)];
    for (const tunnels of choices) {
      for (const sort of SORT_KEYS) {
        for (const text of ["", "10.0.0.1", "fail"]) {
          const query = { ...FIRST_UI.query, sort, text };
          expect(reused.order(tunnels, query).map(({ id }) => id)).toEqual(ids(tunnels, query));
        }
      }
    }
  });

  const many = manyTunnels(50_000);
  it.each(SORT_KEYS)("of 50,000 tunnels by %s holds each of them once", (sort) => {
    const sorted = ids(many, { sort });
    expect(new Set(sorted).size).toBe(50_000);
    expect(sorted.length).toBe(50_000);
  });
});

describe("the choice of tunnels", () => {
  const tunnels = [
    liveTunnel({ id: 1 }),
    liveTunnel({ id: 2, peers: ["203.0.113.9", "198.51.100.2"], state: "setting-up", phase: "IKE_SA_INIT" }),
    liveTunnel({
      id: 3,
      state: "failing",
      phase: "IKE_AUTH",
      findings: [{ finding: liveFinding({ code: "natt-4500-unanswered" }), raisedAt: NOW }],
    }),
  ];

  it.each([
    ["203.0", [2]],
    ["setting up", [2]],
    ["ike_", [2, 3]],
    ["IKE_AUTH", [3]],
    ["natt-4500", [3]],
    ["192.0.2 fail", [3]],
    ["  ", [1, 2, 3]],
    ["nothing like it", []],
  ])("by the words %j takes those that have all of them", (text, wanted) => {
    expect(ids(tunnels, { text }).toSorted((a, b) => a - b)).toEqual(wanted);
  });

  it("by a state takes those in it", () => {
    expect(ids(tunnels, { state: "failing" })).toEqual([3]);
    expect(ids(tunnels, { state: "failing", text: "203.0.113.9" })).toEqual([]);
  });
});
