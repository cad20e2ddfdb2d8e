import { HEADER_OK, IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { parseIp } from "../../packet/ip/parse.js";
import { FOLLOWS } from "../../packet/link/cursor.js";
import { DEEPEST_NESTING } from "../../packet/tunnel/nesting.js";
import { addressPair, rewriteIpHeader } from "../headers.js";
import { DONE, type Layers, type UpperRewriter } from "../layer.js";
import { rewriteAh } from "./ah.js";
import { rewriteEsp } from "./esp.js";
import { rewriteTcpHead } from "./tcp.js";
import { rewriteUdp } from "./udp.js";

const quotedTcp: UpperRewriter = ({ bytes, payloadStart, payloadEnd }, _pair, _depth, { replacements }) => {
  rewriteTcpHead(bytes, payloadStart, payloadEnd, replacements.identifiers);
  return DONE;
};

/** Protocols of which a quotation shows ports or an SPI. */
const QUOTED: ReadonlyMap<number, UpperRewriter> = new Map<number, UpperRewriter>([
  [PROTOCOL.tcp, quotedTcp],
  [PROTOCOL.udp, rewriteUdp],
  [PROTOCOL.esp, rewriteEsp],
  [PROTOCOL.ah, rewriteAh],
]);

/** Rewrites the packet that an ICMP error quotes in [at, end), most of which is missing. */
export function rewriteQuotation(bytes: Uint8Array, at: number, end: number, layers: Layers): void {
  const header = new IpHeader();
  const follows = (bytes[at] ?? 0) >> 4 === 4 ? FOLLOWS.ipv4 : FOLLOWS.ipv6;
  if (parseIp(header, follows, bytes, at, end, end) !== HEADER_OK) {
    bytes.fill(0, at, end);
    return;
  }
  const { version, payloadStart, payloadEnd, protocol, fragmentOffset } = header;
  const pair = addressPair(header, layers.replacements.addresses);
  const rewrite = fragmentOffset > 0 ? undefined : QUOTED.get(protocol);
  if (rewrite === undefined) bytes.fill(0, payloadStart, end);
  // At the deepest level nothing further inside is followed.
  else rewrite(header, pair, DEEPEST_NESTING, layers);
  bytes.fill(0, Math.max(payloadStart, payloadEnd), end);
  rewriteIpHeader(bytes, at, payloadStart, version, pair);
}
