import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/index.js";
import { clock, during, filtered, judgePlaces, packetsOf, type Sniffer } from "../support/capture/places.js";
import type { ReadRecord } from "../support/capture/read-all.js";
import { sampled } from "../support/sample.js";
import { accusations, codes, faults } from "../support/scenario/verdicts.js";
import { LOST_BETWEEN } from "./lost-between.js";
import { readTruth, type Truth } from "./truth.js";

/** Captures of one event at the initiator and at the responder, by scenario. */
const scenarios = new Map<string, Truth[]>();
for (const truth of readTruth().filter(({ file }) => !file.includes("router"))) {
  scenarios.set(truth.scenario, [...(scenarios.get(truth.scenario) ?? []), truth]);
}
const pairs = [...scenarios].filter(([, ends]) => ends.length === 2);

/** One of so many pairs is read with wrong clocks, and with each poor sniffer, in `npm test`. */
const SHARE = 96;
/** One of so many is read joined into one file. */
const JOINED_SHARE = 24;

/** Its receiver takes late packets, which shows by what it decrypts on the same link: not where hosts cannot be told apart. */
const TAKEN_LATE = "kernel-replay-window-wide";

describe("both ends of one event, read together", () => {
  it.each(sampled(pairs, JOINED_SHARE))(
    "%s: what is lost between them is told, and nobody else is accused",
    async (name, ends) => {
      const { judgement } = await judgePlaces(await packetsOf(ends.map(({ file }) => file)));
      const lost = judgement.findings.filter(({ code }) => code === "lost-between-captures");
      expect(lost.map(({ severity }) => severity)).toEqual([LOST_BETWEEN[name]].filter(Boolean));
      const known = new Set(["lost-between-captures", ...ends.flatMap(({ findings }) => findings)]);
      const accused = accusations(judgement).filter(
        (code) => !code.startsWith("capture-") && !known.has(code),
      );
      expect(accused).toEqual([]);
      expect(faults(judgement).length).toBeLessThanOrEqual(1);
    },
  );

  it.each(sampled(pairs, JOINED_SHARE))(
    "%s: joined into one file, they tell the same of what is lost",
    async (_, ends) => {
      const places = await packetsOf(ends.map(({ file }) => file));
      const apart = await judgePlaces(places);
      const joined = await judgePlaces([inOrder(places.flat())]);
      const lostOf = ({ judgement }: Analysis): string[] =>
        judgement.findings.flatMap(({ code, severity, confidence }) =>
          code === "lost-between-captures" ? [`${severity} ${confidence}`] : [],
        );
      expect(lostOf(joined)).toEqual(lostOf(apart));
    },
  );

  it.each(sampled(pairs, SHARE))(
    "%s: joined, also where hosts send to an address that routers share",
    async (name, ends) => {
      const places = await packetsOf(ends.map(({ file }) => file));
      const shared = places.map((packets, place) => packets.map((packet) => toShared(packet, place)));
      const [plain, virtual] = await Promise.all(
        [places, shared].map((all) => judgePlaces([inOrder(all.flat())])),
      );
      const wanted = accusations((plain as Analysis).judgement);
      if (name === TAKEN_LATE) wanted.push("esp-reordered");
      expect(accusations((virtual as Analysis).judgement)).toEqual(wanted);
    },
  );

  it.each(sampled(pairs, SHARE))(
    "%s: joined, also by clocks that differ, in the order of time or one behind the other",
    async (_, ends) => {
      const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
      const { judgement: plain } = await judgePlaces([inOrder([...one, ...other])]);
      // Where no packet passes both places, nothing tells the one clock from the other.
      const isComparable = codes(plain).includes("capture-duplicates");
      for (const seconds of [-2, 0.04, 60]) {
        const skewed = [...one, ...clock(seconds)(other)];
        for (const joined of isComparable ? [skewed, inOrder(skewed)] : [inOrder(skewed)]) {
          const { judgement } = await judgePlaces([joined]);
          expect([seconds, ...accusations(judgement)]).toEqual([seconds, ...accusations(plain)]);
        }
      }
    },
  );

  it.each(sampled(pairs, SHARE))("%s: a clock that is wrong at one end changes nothing", async (_, ends) => {
    const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
    const { judgement } = await judgePlaces([one, other]);
    for (const seconds of [-2, 0.04, 2]) {
      const skewed = await judgePlaces([one, clock(seconds)(other)]);
      expect([seconds, ...accusations(skewed.judgement)]).toEqual([seconds, ...accusations(judgement)]);
    }
  });
});

/** Verdicts on what one end misses; of both ends, the comparison says whether it was sent and where it was lost. */
const OF_ABSENCE: ReadonlySet<string> = new Set([
  "dpd-timeout",
  "esp-blocked",
  "esp-loss",
  "esp-one-way",
  "ike-auth-missing",
  "ike-init-unanswered",
  "natt-4500-unanswered",
  "path-lost",
]);
const BY_COMPARISON = ["lost-between-captures", "ip-fragments-lost"];
/** Whether both ends refute what one proves, by the verdict on both and by what each end proves. */
type Refuted = (told: readonly string[], proven: readonly (readonly string[])[]) => boolean;

const REFUTED: Readonly<Record<string, Refuted>> = {
  // The packets arrived.
  "esp-blocked": (told) => told.includes("esp-one-way"),
  // In the capture of the other end the answers leave at once: the path is slow.
  "responder-slow": (_, proven) => proven.some((codes) => !codes.includes("responder-slow")),
};

describe("what one end alone proves", () => {
  it.each(sampled(pairs, JOINED_SHARE))(
    "%s: is told of both, also with a NAT device between",
    async (_, ends) => {
      const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
      const translated = other.map(behindNat);
      const proven = await Promise.all(
        [one, other].map(async (packets) => provenBy(await judgePlaces([packets]))),
      );
      for (const places of [
        [one, other],
        [one, translated],
      ]) {
        const told = codes((await judgePlaces(places)).judgement);
        const isCompared = BY_COMPARISON.some((code) => told.includes(code));
        const missing = proven
          .flat()
          .filter((code) => !told.includes(code) && !(isCompared && OF_ABSENCE.has(code)))
          .filter((code) => REFUTED[code]?.(told, proven) !== true);
        expect(missing).toEqual([]);
      }
    },
  );
});

function provenBy({ judgement }: Analysis): string[] {
  return judgement.findings
    .filter(({ severity, confidence }) => severity !== "info" && confidence !== "possible")
    .map(({ code }) => code);
}

/** Pairs of which one side's ESP never arrives at the other end. */
const silenced = pairs.filter(([name]) => name === "esp-one-way-in" || name === "esp-one-way-out");

describe("of a tunnel whose ESP arrives at one end only, two short captures", () => {
  it.each(sampled(silenced, 2))("%s: never show a healthy one", async (_, ends) => {
    const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
    const told = new Set<string>();
    for (let packets = 6; packets < Math.min(one.length, other.length); packets++) {
      const { judgement } = await judgePlaces([one.slice(0, packets), other.slice(0, packets)]);
      expect([packets, judgement.status]).not.toEqual([packets, "healthy"]);
      for (const { code, confidence } of judgement.findings) told.add(`${code} ${confidence}`);
    }
    expect([...told]).toEqual(
      expect.arrayContaining(["lost-between-captures possible", "lost-between-captures likely"]),
    );
  });
});

/** What a sniffer at one end misses, though nothing is lost on the way. */
const SNIFFERS: readonly (readonly [string, Sniffer])[] = [
  ["the beginning", during(0, 0.4)],
  ["the end", during(0.6, 1)],
  ["the middle, by a clock that is 3 s wrong", (packets) => clock(3)(during(0.3, 0.7)(packets))],
  ["UDP 500", filtered((ports) => ports?.includes(500) === true)],
  ["UDP 4500", filtered((ports) => ports?.includes(4500) === true)],
  ["UDP 500 and 4500", filtered((ports) => ports?.some((port) => port === 500 || port === 4500) === true)],
  ["ESP and what is no UDP", filtered((ports) => ports === null)],
  ["what follows the first five packets", (packets) => packets.slice(5)],
  [
    "UDP 500, and of all else one direction, where ESP goes over UDP 4500",
    (packets) => {
      // ESP by itself that is filtered looks as if a firewall dropped it.
      if (filtered((ports) => ports === null)(packets).length > 0) return packets;
      const port500 = new Set(filtered((ports) => ports?.includes(500) === true)(packets));
      const one = macOf(packets[0]?.bytes);
      return packets.filter((packet) => port500.has(packet) || macOf(packet.bytes) === one);
    },
  ],
  ["one direction", (packets) => packets.filter(({ bytes }) => macOf(bytes) === macOf(packets[0]?.bytes))],
];

describe.each(SNIFFERS)("of a tunnel that works, one end's sniffer has only %s", (_sniffer, sniffer) => {
  const healthy = pairs.filter(([, ends]) => ends.every(({ status }) => status === "healthy"));
  it.each(sampled(healthy, SHARE))("%s: nothing is called lost", async (_, ends) => {
    const [one = [], other = []] = await packetsOf(ends.map(({ file }) => file));
    for (const places of [
      [one, sniffer(other)],
      [sniffer(one), other],
      [one, sniffer(one)],
    ]) {
      const { judgement } = await judgePlaces(places);
      expect(codes(judgement)).not.toContain("lost-between-captures");
      expect(faults(judgement)).toEqual([]);
    }
  });
});

function inOrder(packets: readonly ReadRecord[]): ReadRecord[] {
  return packets.toSorted((a, b) => a.time - b.time);
}

/** Where an Ethernet frame goes to. */
function macOf(bytes: Uint8Array | undefined): string {
  return bytes?.subarray(0, 6).join(":") ?? "";
}

/** TTLs that hosts send with: a frame with one of these is on its way from a host to its router. */
const INITIAL_TTLS: ReadonlySet<number> = new Set([64, 128, 255]);

/** A frame of IPv4 that a host sends, addressed to the virtual router of its link (RFC 5798 section 7.3). */
function toShared(packet: ReadRecord, place: number): ReadRecord {
  const bytes = Uint8Array.from(packet.bytes);
  const isIpv4 = bytes[12] === 0x08 && bytes[13] === 0x00;
  if (packet.linkType === 1 && isIpv4 && INITIAL_TTLS.has(bytes[22] ?? 0)) {
    bytes.set([0x00, 0x00, 0x5e, 0x00, 0x01, place + 1]);
  }
  return { ...packet, bytes };
}

/** The laboratory's initiator, and how it is seen behind a NAT device. */
const INITIATOR = [192, 0, 2, 10] as const;
const TRANSLATED = [203, 0, 113, 9] as const;
const ETHERNET = 14;
const ICMP = 1;
/** Destination unreachable and time exceeded: what they quote was translated too. */
const QUOTES: readonly (number | undefined)[] = [3, 11];

/** A frame of IPv4 with the initiator's address translated; ports stay. */
function behindNat(packet: ReadRecord): ReadRecord {
  const bytes = Uint8Array.from(packet.bytes);
  const translate = (ip: number): void => {
    for (const at of [ip + 12, ip + 16]) {
      if (INITIATOR.every((byte, index) => bytes[at + index] === byte)) bytes.set(TRANSLATED, at);
    }
    const inner = ip + ((bytes[ip] ?? 0) & 15) * 4;
    if (bytes[ip + 9] === ICMP && QUOTES.includes(bytes[inner])) translate(inner + 8);
  };
  if (packet.linkType === 1 && bytes.length >= ETHERNET + 20 && bytes[12] === 0x08) translate(ETHERNET);
  return { ...packet, bytes };
}
