import { describe, expect, it } from "vitest";
import type { FleetCode } from "../../src/fleet/codes.js";
import type { GatewayEvent } from "../../src/fleet/event/read.js";
import { Fleet } from "../../src/fleet/fleet.js";
import type { AccountedExchange, TunnelAccount } from "../../src/live/account/account.js";
import { account, at, exchange, FakeGateway, ikeSa, message, stream } from "../support/fleet/accounts.js";

const HOUR = 3600;
/** Seconds at which both ends tell, and at which one of them does before anything is lost. */
const TOLD = 110;
const BEFORE = 45;

/** A verdict between two ends: what the sender and the receiver have of one tunnel, and what the receiver had before. */
interface Case {
  readonly sent: Partial<TunnelAccount>;
  readonly arrived: Partial<TunnelAccount>;
  readonly before: Partial<TunnelAccount>;
}

const common = exchange(1, message(0, { first: 1 }), message(1, { first: 1.1 }));
const lost = exchange(2, message(0, { first: 50, last: 60, attempts: 4 }), null);
const sas = (...exchanges: readonly AccountedExchange[]): Partial<TunnelAccount> => ({
  ikeSas: [ikeSa(exchanges)],
});
const back = stream(1, 2);
const untilBefore = stream(0, 1, { packets: 40, highestSequence: 40, lastTime: at(40) });
const someLost = stream(0, 1, { packets: 80, lost: 20, highestSequence: 100, lastTime: at(100) });
const withLarge = stream(0, 1, {
  largest: 1450,
  sizes: [
    [128, 80],
    [1408, 20],
  ],
});
const translated = exchange(
  2,
  { ...message(0, { first: 50 }), source: { address: "203.0.113.9", port: 61_234 } },
  message(1, { first: 50.1 }),
);

const CASES: readonly (readonly [FleetCode, Case])[] = [
  ["fleet-message-lost", { sent: sas(common, lost), arrived: sas(common), before: sas(common) }],
  [
    "fleet-esp-stopped",
    {
      sent: { streams: [stream(0, 1), back] },
      arrived: { streams: [untilBefore, back] },
      before: { streams: [untilBefore, back] },
    },
  ],
  [
    "fleet-esp-too-large",
    {
      sent: { streams: [withLarge, back] },
      arrived: { streams: [someLost, back] },
      before: { streams: [untilBefore, back] },
    },
  ],
  [
    "fleet-esp-lost",
    {
      sent: { streams: [stream(0, 1), back] },
      arrived: { streams: [someLost, back] },
      before: { streams: [untilBefore, back] },
    },
  ],
  [
    "fleet-nat-between",
    {
      sent: sas(exchange(2, message(0, { first: 50 }), message(1, { first: 50.1 }))),
      arrived: sas(translated),
      before: sas(),
    },
  ],
];

/** Between the peers themselves, and where one gateway may be a router; what sequence numbers count needs no such proof. */
const CONFIDENCE: Partial<Record<FleetCode, readonly [string, string]>> = {
  "fleet-message-lost": ["likely", "possible"],
  "fleet-esp-stopped": ["likely", "possible"],
  "fleet-esp-too-large": ["likely", "possible"],
  "fleet-esp-lost": ["likely", "possible"],
  "fleet-nat-between": ["certain", "likely"],
};

interface EndTerms {
  readonly name?: string;
  readonly seconds?: number;
  /** Seconds that the clock of the gateway is ahead. */
  readonly ahead?: number;
}

/** Everything that a gateway tells of the tunnel: that it captures, and the account. */
function end(self: 0 | 1 | null, of: Partial<TunnelAccount>, terms: EndTerms = {}): GatewayEvent[] {
  const { name = self === 0 ? "branch" : "hq", seconds = TOLD, ahead = 0 } = terms;
  const gateway = new FakeGateway(name);
  const recordedSince = at(-10 + ahead);
  const own = shifted(account({ self, ...of }), ahead);
  return [gateway.status(seconds + ahead, { recordedSince }), gateway.accounts(seconds + ahead, own)];
}

/** All times of an account by a clock that is so many seconds ahead. */
function shifted(value: TunnelAccount, seconds: number): TunnelAccount {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === "number" && /^(?:since|.*Time|.*From)$/.test(key) ? inner + seconds * 1e6 : inner,
  );
  return JSON.parse(text) as TunnelAccount;
}

const findingsOf = (...ends: readonly (readonly GatewayEvent[])[]) => {
  const fleet = new Fleet();
  for (const event of ends.flat()) fleet.take(event, null);
  return fleet.judge(null).tunnels.flatMap(({ findings }) => findings);
};
const said = (...ends: readonly (readonly GatewayEvent[])[]): FleetCode[] =>
  findingsOf(...ends).map(({ code }) => code);

describe.each(CASES)("%s", (code, { sent, arrived, before }) => {
  it("is said where both ends show it", () => {
    expect(said(end(0, sent), end(1, arrived))).toEqual([code]);
  });

  it("is said whatever the clock of one end shows", () => {
    for (const ahead of [-HOUR, HOUR]) {
      expect(said(end(0, sent), end(1, arrived, { ahead }))).toEqual([code]);
      expect(said(end(0, sent, { ahead }), end(1, arrived))).toEqual([code]);
    }
  });

  it("is said with less confidence where an end may be a router between", () => {
    const [sure] = findingsOf(end(0, sent), end(1, arrived));
    const [unsure] = findingsOf(end(0, sent), end(null, arrived, { name: "hq" }));
    expect([sure?.confidence, unsure?.confidence]).toEqual(CONFIDENCE[code]);
    expect(unsure?.code).toBe(code);
  });

  it("is not said where one end is not watched", () => {
    expect(said(end(0, sent))).toEqual([]);
    expect(said(end(1, arrived))).toEqual([]);
  });

  it("is not said of accounts from different times", () => {
    expect(said(end(0, sent), end(1, before, { seconds: BEFORE }))).toEqual([]);
  });

  it("is not said where the receiver's account is from before a rekey", () => {
    const oldPair = { fromFirst: 9, fromSecond: 8 };
    const oldSa = ikeSa([common], { initiatorSpi: "9".repeat(16) });
    const old = {
      ikeSas: [oldSa],
      spiPairs: [oldPair],
      streams: [stream(0, 9, { packets: 40 }), stream(1, 8, { packets: 40 })],
    };
    const later = {
      ...sent,
      ikeSas: [oldSa, ...(sent.ikeSas ?? [])],
      spiPairs: [oldPair, { fromFirst: 1, fromSecond: 2 }],
      streams: [...old.streams, ...(sent.streams ?? [])],
    };
    expect(said(end(0, later), end(1, old, { seconds: BEFORE }))).toEqual([]);
  });

  it("is not said where two more gateways have the same SPIs by chance", () => {
    const others = [end(0, sent, { name: "shop" }), end(1, sent, { name: "store" })];
    expect(said(end(0, sent), end(1, arrived), ...others)).toEqual([]);
  });

  it("is not said where all that is sent arrives as it is sent", () => {
    expect(said(end(0, sent), end(1, sent))).toEqual([]);
  });
});

describe("fleet-esp-too-large", () => {
  it("is loss of any size where small packets are missing too", () => {
    const more = stream(0, 1, { packets: 50, lost: 50, highestSequence: 100, lastTime: at(100) });
    expect(said(end(0, { streams: [withLarge, back] }), end(1, { streams: [more, back] }))).toEqual([
      "fleet-esp-lost",
    ]);
  });

  it("is nothing where packets come together at the receiver (receive offload)", () => {
    const together = { ...someLost, largest: 9000 };
    expect(said(end(0, { streams: [withLarge, back] }), end(1, { streams: [together, back] }))).toEqual([]);
  });
});
