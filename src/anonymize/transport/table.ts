import { PROTOCOL } from "../../packet/ip/header.js";
import type { UpperRewriter } from "../layer.js";
import { rewriteAh } from "./ah.js";
import { rewriteEsp } from "./esp.js";
import { rewriteIcmp } from "./icmp.js";
import { rewriteTcp } from "./tcp.js";
import { rewriteIpTunnel } from "./tunnel.js";
import { rewriteUdp } from "./udp.js";

/** By IP protocol; a new one is a rewriter and a row. */
const REWRITERS: ReadonlyMap<number, UpperRewriter> = new Map<number, UpperRewriter>([
  [PROTOCOL.icmp, rewriteIcmp],
  [PROTOCOL.tcp, rewriteTcp],
  [PROTOCOL.udp, rewriteUdp],
  [PROTOCOL.esp, rewriteEsp],
  [PROTOCOL.ah, rewriteAh],
  [PROTOCOL.icmpv6, rewriteIcmp],
]);

/** The rewriter of the payload of an IP header with this protocol. */
export function upperRewriter(protocol: number): UpperRewriter {
  return REWRITERS.get(protocol) ?? rewriteIpTunnel;
}
