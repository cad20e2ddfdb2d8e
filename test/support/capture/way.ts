import { type Frame, type Keeps, type Scenario, STORY_BEGINS } from "../scenario/scenario.js";
import type { ReadRecord } from "./read-all.js";

/** A sniffer on the way between the peers of a story. */
interface PlaceOnWay {
  /** Routers between the initiator and it. */
  readonly hops: number;
  /** What comes to it, and what it records. */
  readonly keeps?: Keeps;
}

const INITIAL_TTL = 64;
const ETHERNET = { length: 14, type: 12, macs: [5, 11] } as const;
const TTL_IN_IPV4 = 8;
/** Microseconds from one router to the next. */
const HOP = 20;

/** The packets of a story as each place records them, with that many routers between the peers. */
export function alongTheWay(talk: Scenario, routers: number, places: readonly PlaceOnWay[]): ReadRecord[][] {
  return places.map(({ hops, keeps }) =>
    talk.captured(keeps).map((frame) => recordedAt(frame, hops, routers - hops)),
  );
}

/** The places joined into one file, in the order of time. */
export function joinedInOne(places: readonly (readonly ReadRecord[])[]): ReadRecord[] {
  return places.flat().toSorted((a, b) => a.time - b.time);
}

function recordedAt(
  { time, bytes, linkType, sender, number, file }: Frame,
  hops: number,
  left: number,
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
    time: STORY_BEGINS + Math.round(time * 1_000_000) + (sender === null ? 0 : passed * HOP),
    nanos: 0,
    linkType,
    frame: number,
    capture: file,
    direction: 0,
  };
}
