import { u16At } from "../../../src/bytes/reader.js";
import type { LinkParser } from "../../../src/packet/link/cursor.js";
import { IP_TUNNELS, UDP_TUNNELS } from "../../../src/packet/tunnel/tunnels.js";

const IPV4_AT = 14;
const UDP = 17;

/** The parser of the tunnel that the IPv4 packet in an untagged Ethernet frame carries; undefined if it carries none. */
function tunnelIn(frame: Uint8Array): LinkParser | undefined {
  if (frame.length < IPV4_AT + 24 || u16At(frame, 12) !== 0x0800) return undefined;
  const protocol = frame[IPV4_AT + 9] ?? 0;
  return protocol === UDP ? UDP_TUNNELS.get(u16At(frame, IPV4_AT + 22)) : IP_TUNNELS.get(protocol);
}

/** Protocols and ports of tunnels that are read, of which none of the Ethernet frames is one of the same reader. */
export function tunnelsMissing(frames: readonly Uint8Array[]): number[] {
  const shown = new Set(frames.map(tunnelIn));
  return [...IP_TUNNELS, ...UDP_TUNNELS].filter(([, parser]) => !shown.has(parser)).map(([number]) => number);
}
