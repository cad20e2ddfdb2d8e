import { u32At } from "../../bytes/reader.js";
import type { IpHeader } from "../../packet/ip/header.js";
import { readablePacket } from "../../packet/ip/readable.js";
import { FOLLOWS } from "../../packet/link/cursor.js";
import { readableTransport } from "../../packet/transport/readable.js";
import { DEEPEST_NESTING } from "../../packet/tunnel/nesting.js";
import type { AddressPair } from "../headers.js";
import { putU32 } from "../identifiers.js";
import { DONE, type Layers } from "../layer.js";

const ESP_HEADER = 8;
const NOTHING: readonly (readonly [number, number])[] = [];

/** ESP that IP carries. */
export function rewriteEsp(header: IpHeader, _pair: AddressPair, depth: number, layers: Layers): number {
  const { bytes, payloadStart: start, payloadEnd: end, payloadLength } = header;
  rewriteEspPacket(bytes, start, end, start + payloadLength, depth, layers);
  return DONE;
}

/** Replaces SPI and ciphertext of the ESP packet in [start, end), which ended at `wireEnd`. */
export function rewriteEspPacket(
  bytes: Uint8Array,
  start: number,
  end: number,
  wireEnd: number,
  depth: number,
  layers: Layers,
): void {
  if (end - start < 4) {
    bytes.fill(0, start, end);
    return;
  }
  const { identifiers } = layers.replacements;
  let body = Math.min(end, start + ESP_HEADER);
  // Without encryption a packet stands there, which has addresses of its own.
  const plain = depth < DEEPEST_NESTING ? readablePacket(bytes, body, end, wireEnd) : null;
  if (plain !== null) {
    const follows = plain.version === 4 ? FOLLOWS.ipv4 : FOLLOWS.ipv6;
    const innerEnd = Math.min(end, plain.end);
    identifiers.content(bytes, body, plain.at);
    if (layers.ip(follows, bytes, plain.at, innerEnd, plain.end, depth + 1) === DONE) body = innerEnd;
  }
  // In transport mode what tells that nothing is encrypted stays: it says nothing of hosts and users.
  const clear = plain === null && end === wireEnd ? readableTransport(bytes, body, end) : null;
  const told = clear === null ? NOTHING : [...clear.told, [clear.end, clear.icvAt] as const];
  const kept = told.map(([from, to]) => ({ from, piece: bytes.slice(from, to) }));
  identifiers.packet(bytes, start, body, end);
  for (const { from, piece } of kept) bytes.set(piece, from);
  putU32(bytes, start, identifiers.espSpi(u32At(bytes, start)));
}
