import { u16At } from "../../bytes/reader.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import { UDP_TUNNELS } from "../../packet/tunnel/tunnels.js";
import type { Identifiers } from "../identifiers.js";

/** Ports of what is not of IPsec, two of two bytes each; those that say what a packet is stay. */
export function rewritePorts(bytes: Uint8Array, at: number, end: number, identifiers: Identifiers): void {
  if (end - at < 4) {
    bytes.fill(0, at, end);
    return;
  }
  for (const port of [at, at + 2]) {
    if (!isTelling(u16At(bytes, port))) identifiers.port(bytes, port);
  }
}

/** Ports that say that a packet is, or could be, one of IPsec or of a tunnel. */
function isTelling(port: number): boolean {
  return port === IKE_PORT || port === NAT_T_PORT || UDP_TUNNELS.has(port);
}
