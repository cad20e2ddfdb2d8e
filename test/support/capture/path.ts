import { sll, sll2 } from "../packet/index.js";
import { type Frame, type Keeps, type Scenario, STORY_BEGINS } from "../scenario/scenario.js";
import type { ReadRecord } from "./read-all.js";

/** A sniffer on the path between the peers of a story. */
interface PlaceOnPath {
  /** Routers between the initiator and it. */
  readonly hops: number;
  /** What comes to it, and what it records. */
  readonly keeps?: Keeps;
}

const INITIAL_TTL = 64;
const ETHERNET = { length: 14, type: 12, macs: [5, 11] } as const;
const TTL_IN_IPV4 = 8;
const PROTOCOL_IN_IPV4 = 9;
const PROTOCOL_ICMP = 1;
/** Microseconds from one router to the next, and through one. */
const HOP = 200;
const FORWARDING = 20;

/** The packets of a story as each place records them, with that many routers between the peers. */
export function alongPath(
  talk: Scenario,
  routers: number,
  places: readonly PlaceOnPath[],
  hop = HOP,
): ReadRecord[][] {
  return places.map(({ hops, keeps }) =>
    talk.captured(keeps).map((frame) => recordedAt(frame, { hops, left: routers - hops, hop })),
  );
}

/** Both links of the one router between the peers, as captures of its interfaces in one file record them, and what each of them shows. */
export function onLinksOfRouter(
  talk: Scenario,
  near: Keeps,
  far: Keeps,
  forwarding = FORWARDING,
): ReadRecord[] {
  const links = [
    { hops: 0, keeps: near },
    { hops: 1, keeps: far },
  ];
  return joinedInOne(alongPath(talk, 1, links, forwarding));
}

/** The places joined into one file, in the order of time. */
export function joinedInOne(places: readonly (readonly ReadRecord[])[]): ReadRecord[] {
  return places.flat().toSorted((a, b) => a.time - b.time);
}

const LINKTYPE_RAW = 101;

/** The records as a capture of raw IP has them, which tells no link. */
export function asRawIp(records: readonly ReadRecord[]): ReadRecord[] {
  return records.map((record) => {
    const bytes = record.bytes.subarray(ETHERNET.length);
    return { ...record, bytes, originalLength: bytes.length, linkType: LINKTYPE_RAW };
  });
}

/** The records with one MAC address for all stations, as tools write captures that are handed on. */
export function withAlikeStations(records: readonly ReadRecord[]): ReadRecord[] {
  return records.map((record) => {
    const bytes = record.bytes.slice();
    bytes.fill(0, 0, ETHERNET.length - 2);
    return { ...record, bytes };
  });
}

/** Kinds of cooked frames, as older and newer libpcap write them with "-i any". */
export const COOKED = ["SLL", "SLL2"] as const;
type Cooked = (typeof COOKED)[number];

const LINK_TYPES: Readonly<Record<Cooked, number>> = { SLL: 113, SLL2: 276 };
const HEADERS: Readonly<Record<Cooked, { readonly length: number; readonly mac: number }>> = {
  SLL: { length: 16, mac: 6 },
  SLL2: { length: 20, mac: 12 },
};
const SLL2_INTERFACE = 7;
const [INCOMING, OUTGOING] = [0, 4];
/** Interfaces of a router by the peer that is behind them. */
const INTERFACES = { initiator: 2, responder: 3 } as const;

/**
 * The packets of a story as the router between the peers records them on all its interfaces, and whether it sends each of them on;
 * what it reports by ICMP goes to the responder. `queued`: how long a packet waits there, microseconds.
 */
export function onRouter(
  talk: Scenario,
  sendsOn: Keeps,
  kind: Cooked = "SLL2",
  queued = FORWARDING,
): ReadRecord[] {
  const header = HEADERS[kind];
  return talk.captured().flatMap((frame, index) => {
    const { bytes, sender, time } = frame;
    const isOfRouter = sender === null && bytes[ETHERNET.length + PROTOCOL_IN_IPV4] === PROTOCOL_ICMP;
    if (sender === null && !isOfRouter) return [];
    const [from, to] =
      sender === "initiator" ? (["initiator", "responder"] as const) : (["responder", "initiator"] as const);
    const seen = (name: number, packetType: number, passed: number): ReadRecord => {
      const carried = { payload: bytes.subarray(ETHERNET.length), packetType };
      const cooked = Uint8Array.from(kind === "SLL" ? sll(carried) : sll2(carried));
      if (kind === "SLL2") cooked[SLL2_INTERFACE] = name;
      // The MAC address of the neighbour on that link, or of the router's own interface.
      cooked.set([packetType, name], header.mac + 4);
      cooked[header.length + TTL_IN_IPV4] = INITIAL_TTL - passed;
      return {
        bytes: cooked,
        originalLength: cooked.length,
        time: STORY_BEGINS + Math.round(time * 1_000_000) + passed * queued,
        nanos: 0,
        linkType: LINK_TYPES[kind],
        frame: frame.number,
        capture: frame.file,
        direction: 0,
      };
    };
    if (isOfRouter) return [seen(INTERFACES[from], OUTGOING, 0)];
    const received = seen(INTERFACES[from], INCOMING, 0);
    return sendsOn(frame, index) ? [received, seen(INTERFACES[to], OUTGOING, 1)] : [received];
  });
}

function recordedAt(
  { time, bytes, linkType, sender, number, file }: Frame,
  { hops, left, hop }: { readonly hops: number; readonly left: number; readonly hop: number },
): ReadRecord {
  const passed = sender === "responder" ? left : hops;
  const copy = Uint8Array.from(bytes);
  // Each link has addresses of its own.
  for (const at of ETHERNET.macs) copy[at] = (copy[at] ?? 0) + 16 * hops;
  const isIpv4 = copy[ETHERNET.type] === 0x08 && copy[ETHERNET.type + 1] === 0x00;
  if (isIpv4 && sender !== null) copy[ETHERNET.length + TTL_IN_IPV4] = INITIAL_TTL - passed;
  return {
    bytes: copy,
    originalLength: copy.length,
    time: STORY_BEGINS + Math.round(time * 1_000_000) + (sender === null ? 0 : passed * hop),
    nanos: 0,
    linkType,
    frame: number,
    capture: file,
    direction: 0,
  };
}
