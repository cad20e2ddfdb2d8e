import { createHash } from "node:crypto";
import { internetChecksum } from "../packet/checksum.js";
import type { FieldFrame } from "./frame.js";
import { address, u16 } from "../packet/index.js";

/** The peers of the laboratory and of the stories, and private addresses in their place. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ["192.0.2.10", "10.0.0.1"],
  ["198.51.100.20", "10.9.0.2"],
  ["198.51.100.1", "10.9.0.1"],
]);
const PORTS = [500, 4500];
const IP = 14;
const SPIS_LENGTH = 16;

/**
 * The same between peers of a private network. What IKEv2 says of addresses (NAT detection, RFC 7296 section 2.23) is
 * changed with them.
 */
export function privatePeers(frames: readonly FieldFrame[]): readonly FieldFrame[] {
  return frames.map(moved);
}

/** The address in the place of that one. */
export function movedPeer(peer: string): string {
  return MOVED.get(peer) ?? peer;
}

function moved(frame: FieldFrame): FieldFrame {
  const bytes = Uint8Array.from(frame.bytes);
  if (bytes[12] !== 8 || bytes[13] !== 0 || bytes.length < IP + 20) return frame;
  for (const [from, to] of MOVED) {
    rehash(bytes, from, to);
    for (let at = IP + 12; at <= IP + 16; at += 4) replaceAt(bytes, at, address(from), address(to));
    quoted(bytes, from, to);
  }
  const header = bytes.subarray(IP, IP + ((bytes[IP] ?? 0) & 15) * 4);
  header.fill(0, 10, 12);
  header.set(u16(internetChecksum(header)), 10);
  return { ...frame, bytes };
}

/** Replaces the addresses in the packet that an ICMP error quotes. */
function quoted(bytes: Uint8Array, from: string, to: string): void {
  if (bytes[IP + 9] !== 1) return;
  for (const at of [12, 16]) replaceAt(bytes, IP + 28 + at, address(from), address(to));
}

function replaceAt(bytes: Uint8Array, at: number, from: Uint8Array, to: Uint8Array): boolean {
  if (at + from.length > bytes.length) return false;
  if (!from.every((byte, index) => bytes[at + index] === byte)) return false;
  bytes.set(to, at);
  return true;
}

/** Puts the hash of the new address wherever that of the old one stands. */
function rehash(bytes: Uint8Array, from: string, to: string): void {
  const ike = IP + 28;
  if (bytes[IP + 9] !== 17 || bytes.length < ike + SPIS_LENGTH) return;
  const spis = bytes.subarray(ike, ike + SPIS_LENGTH);
  const unanswered = Uint8Array.from(spis).fill(0, 8);
  for (const bound of [spis, unanswered]) {
    for (const port of PORTS) {
      const hash = (of: string): Uint8Array =>
        createHash("sha1").update(bound).update(address(of)).update(u16(port)).digest();
      const [old, replaced] = [hash(from), hash(to)];
      for (let at = ike; at + old.length <= bytes.length; at++) replaceAt(bytes, at, old, replaced);
    }
  }
}
