import { u16At } from "../bytes/reader.js";
import { ERSPAN_1_OR_2, ERSPAN_3, GRE_FLAG } from "../packet/tunnel/gre.js";
import type { Identifiers } from "./identifiers.js";

const KNOWN_FLAGS = GRE_FLAG.checksum | GRE_FLAG.key | GRE_FLAG.sequence;

/**
 * GRE (RFC 2784, RFC 2890), whose header with what ERSPAN adds is in [start, end): flags, protocol and checksum stay. A key names
 * a tunnel or customer, and the number of a mirror session its place.
 */
export function rewriteGre(bytes: Uint8Array, start: number, end: number, identifiers: Identifiers): void {
  if (end - start < 4) return;
  const flags = u16At(bytes, start);
  const protocol = u16At(bytes, start + 2);
  bytes[start] = (flags & KNOWN_FLAGS) >> 8;
  bytes[start + 1] = 0;
  const behind = start + ((flags & GRE_FLAG.checksum) === 0 ? 4 : 6);
  const words = [GRE_FLAG.checksum, GRE_FLAG.key, GRE_FLAG.sequence].filter((flag) => (flags & flag) !== 0);
  const mirrored = start + 4 + 4 * words.length;
  bytes.fill(0, Math.min(end, behind), Math.min(end, mirrored));
  if (protocol === ERSPAN_1_OR_2 || protocol === ERSPAN_3) mirrorSession(bytes, mirrored, end, identifiers);
}

/** ERSPAN (draft-foschiano-erspan): version and VLAN, session; of type III the kind of frame and whether more follows. */
function mirrorSession(bytes: Uint8Array, at: number, end: number, identifiers: Identifiers): void {
  if (end - at < 4) {
    bytes.fill(0, at, Math.max(at, end));
    return;
  }
  const vlan = identifiers.label(u16At(bytes, at) & 0xfff, 12);
  const session = identifiers.label(u16At(bytes, at + 2) & 0x3ff, 10);
  bytes[at] = ((bytes[at] as number) & 0xf0) | (vlan >> 8);
  bytes[at + 1] = vlan & 0xff;
  bytes[at + 2] = session >> 8;
  bytes[at + 3] = session & 0xff;
  // Frame type, and whether there is a platform's header.
  const kept = end - at >= 12 ? [(bytes[at + 10] as number) & 0x7c, (bytes[at + 11] as number) & 0x01] : [];
  bytes.fill(0, at + 4, end);
  bytes.set(kept, Math.min(end, at + 10));
}
