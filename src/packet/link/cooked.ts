import { u16At } from "../../bytes/reader.js";
import { OUTCOME } from "../outcome.js";
import { HOST_SIDE } from "../packet.js";
import { FOLLOWS, type LinkCursor } from "./cursor.js";

/** Protocol field of cooked headers that is no EtherType: an 802.2 LLC header follows (LINUX_SLL_P_802_2). */
const COOKED_LLC = 0x0004;

/** LINKTYPE_LINUX_SLL (113): packet type (2), ARPHRD (2), address length (2), address (8), protocol (2). */
export function linuxCooked(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 16) return OUTCOME.truncated;
  cursor.hostSide = hostSide(u16At(bytes, at));
  cursor.at = at + 16;
  return cookedProtocol(u16At(bytes, at + 14));
}

/**
 * LINKTYPE_LINUX_SLL2 (276): protocol (2), reserved (2), interface (4), ARPHRD (2), packet type (1), address length
 * (1), address (8).
 */
export function linuxCooked2(cursor: LinkCursor): number {
  const { bytes, at } = cursor;
  if (cursor.end - at < 20) return OUTCOME.truncated;
  cursor.hostSide = hostSide(bytes[at + 10] as number);
  cursor.at = at + 20;
  return cookedProtocol(u16At(bytes, at));
}

/** Packet types: 0 to us, 1 broadcast, 2 multicast, 3 from others to others (seen promiscuously), 4 from us. */
function hostSide(packetType: number): number {
  if (packetType <= 2) return HOST_SIDE.received;
  if (packetType === 3) return HOST_SIDE.forwarded;
  return packetType === 4 ? HOST_SIDE.sent : HOST_SIDE.unknown;
}

function cookedProtocol(protocol: number): number {
  if (protocol === COOKED_LLC) return FOLLOWS.llc;
  return protocol < 0x0600 ? OUTCOME.notIp : protocol;
}
