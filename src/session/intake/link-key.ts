import { toHex } from "../../bytes/hex.js";
import { u16At, u32At } from "../../bytes/reader.js";
import type { FrameInput } from "./sightings.js";

const LINKTYPE_ETHERNET = 1;
const LINKTYPE_SLL = 113;
const LINKTYPE_SLL2 = 276;
const MAC = 6;
const MAC_ADDRESSES = 12;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8]);
/** A cooked header of version 1: packet type, ARPHRD, length of the sender's address and eight bytes of it, protocol. */
const SLL_LENGTH = 16;
const SLL_ADDRESS = { lengthAt: 4, at: 6 } as const;
const SLL2_LENGTH = 20;
/** Packet type of both versions: the host that captured sent it. */
const OUTGOING = 4;
const SLL2_SENDER = 12;

type Frame = Pick<FrameInput, "bytes" | "start" | "end" | "linkType">;

/**
 * A number that tells links and directions apart: both MAC addresses and VLAN tags of an Ethernet frame, or interface and
 * direction of a cooked one (SLL2). 0 where the frame does not tell: cooked frames of version 1 mix all interfaces.
 */
export function linkKeyOf({ bytes, start, end, linkType }: Frame): number {
  if (linkType === LINKTYPE_ETHERNET && end - start >= MAC_ADDRESSES + 2) {
    let key = mixed(
      mixed(mixed(1, u32At(bytes, start) | 0), u32At(bytes, start + 4) | 0),
      u32At(bytes, start + 8) | 0,
    );
    return withVlans(key, bytes, start, end);
  }
  if (linkType === LINKTYPE_SLL2 && end - start >= SLL2_LENGTH) {
    return mixed(mixed(2, u32At(bytes, start + 4) | 0), bytes[start + 10] === OUTGOING ? 1 : 0);
  }
  return 0;
}

/** As {@link linkKeyOf}, but the same for both directions of a link. */
export function segmentKeyOf({ bytes, start, end, linkType }: Frame): number {
  if (linkType === LINKTYPE_ETHERNET && end - start >= MAC_ADDRESSES + 2) {
    return withVlans(mixed(macKey(bytes, start) + macKey(bytes, start + MAC), 0), bytes, start, end);
  }
  return linkType === LINKTYPE_SLL2 && end - start >= SLL2_LENGTH ? mixed(2, u32At(bytes, start + 4) | 0) : 0;
}

/** Numbers of the station that sent a frame and of the one that it is for; both the same where a frame tells its interface alone. */
export function stationsOf(frame: Frame): readonly [number, number] {
  const { bytes, start, end, linkType } = frame;
  if (linkType !== LINKTYPE_ETHERNET || end - start < MAC_ADDRESSES + 2) {
    const key = segmentKeyOf(frame);
    return [key, key];
  }
  const [to, from] = [start, start + MAC].map((at) => withVlans(macKey(bytes, at), bytes, start, end));
  return [from ?? 0, to ?? 0];
}

/** Numbers of the interface of a cooked frame (SLL2) and of the station on it that sent it; null of other frames. */
export function cookedSenderOf({ bytes, start, end, linkType }: Frame): {
  readonly link: number;
  readonly station: number;
  readonly isOutgoing: boolean;
} | null {
  if (linkType !== LINKTYPE_SLL2 || end - start < SLL2_LENGTH) return null;
  const link = mixed(2, u32At(bytes, start + 4) | 0);
  const at = start + SLL2_SENDER;
  const station = mixed(mixed(link, u32At(bytes, at) | 0), u16At(bytes, at + 4));
  return { link, station, isOutgoing: bytes[start + 10] === OUTGOING };
}

/** Whether it is a cooked frame of version 1. */
export function isCookedV1({ linkType }: Pick<Frame, "linkType">): boolean {
  return linkType === LINKTYPE_SLL;
}

/**
 * The station that sent a cooked frame of version 1, by its kind of interface and address, and whether that is the host that captured;
 * null of other frames. On a point-to-point interface stations have no address.
 */
export function cookedStationOf({ bytes, start, end, linkType }: Frame): {
  readonly station: number;
  readonly isOutgoing: boolean;
  readonly hasMac: boolean;
  /** For people. */
  readonly name: () => string;
} | null {
  if (linkType !== LINKTYPE_SLL || end - start < SLL_LENGTH) return null;
  const at = start + SLL_ADDRESS.at;
  const kind = mixed(3, u32At(bytes, start + 2) | 0);
  return {
    station: mixed(mixed(kind, u32At(bytes, at) | 0), u16At(bytes, at + 4)),
    isOutgoing: u16At(bytes, start) === OUTGOING,
    hasMac: u16At(bytes, start + SLL_ADDRESS.lengthAt) >= MAC,
    name: () => `of ${toHex(bytes, at, at + MAC).replaceAll(/..(?!$)/g, "$&:")}`,
  };
}

/** Interface and sender of a cooked frame, for people. */
export function cookedSenderName({ bytes, start }: Pick<Frame, "bytes" | "start">): string {
  const at = start + SLL2_SENDER;
  return `interface ${u32At(bytes, start + 4)} of ${toHex(bytes, at, at + MAC).replaceAll(/..(?!$)/g, "$&:")}`;
}

/** The link of a frame that tells it, for people: both MAC addresses, or the number of the interface. */
export function segmentName({ bytes, start, linkType }: Frame): string {
  if (linkType === LINKTYPE_SLL2) return `interface ${u32At(bytes, start + 4)}`;
  const macs = [start, start + MAC].map((at) => toHex(bytes, at, at + MAC).replaceAll(/..(?!$)/g, "$&:"));
  return macs.toSorted().join(" - ");
}

function macKey(bytes: Uint8Array, at: number): number {
  return mixed(mixed(1, u32At(bytes, at) | 0), u16At(bytes, at + 4));
}

function withVlans(key: number, bytes: Uint8Array, start: number, end: number): number {
  let tagged = key;
  for (let at = start + MAC_ADDRESSES; at + 4 <= end && VLAN_TAGS.has(u16At(bytes, at)); at += 4) {
    tagged = mixed(tagged, u16At(bytes, at + 2) & 0x0fff);
  }
  return tagged;
}

/** Never 0; a signed word, which costs no object to hand on. */
function mixed(key: number, word: number): number {
  const product = Math.imul(key ^ word, 0x9e3779b1);
  return (product ^ (product >>> 15)) | 1;
}
