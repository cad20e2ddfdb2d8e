import { u16At, u32At } from "../../bytes/reader.js";
import type { FrameInput } from "./sightings.js";

const LINKTYPE_ETHERNET = 1;
const LINKTYPE_SLL2 = 276;
const MAC_ADDRESSES = 12;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8]);
const SLL2_LENGTH = 20;
const SLL2_OUTGOING = 4;

/**
 * A number that tells links and directions apart: both MAC addresses and VLAN tags of an Ethernet frame, or interface and
 * direction of a cooked one (SLL2). 0 where the frame does not tell: cooked frames of version 1 mix all interfaces.
 */
export function linkKeyOf({
  bytes,
  start,
  end,
  linkType,
}: Pick<FrameInput, "bytes" | "start" | "end" | "linkType">): number {
  if (linkType === LINKTYPE_ETHERNET && end - start >= MAC_ADDRESSES + 2) {
    let key = mixed(
      mixed(mixed(1, u32At(bytes, start) | 0), u32At(bytes, start + 4) | 0),
      u32At(bytes, start + 8) | 0,
    );
    for (let at = start + MAC_ADDRESSES; at + 4 <= end && VLAN_TAGS.has(u16At(bytes, at)); at += 4) {
      key = mixed(key, u16At(bytes, at + 2) & 0x0fff);
    }
    return key;
  }
  if (linkType === LINKTYPE_SLL2 && end - start >= SLL2_LENGTH) {
    return mixed(mixed(2, u32At(bytes, start + 4) | 0), bytes[start + 10] === SLL2_OUTGOING ? 1 : 0);
  }
  return 0;
}

/** Never 0; a signed word, which costs no object to hand on. */
function mixed(key: number, word: number): number {
  const product = Math.imul(key ^ word, 0x9e3779b1);
  return (product ^ (product >>> 15)) | 1;
}
