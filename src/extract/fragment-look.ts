import { u16At, u32At } from "../bytes/reader.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { type IpHeader, PROTOCOL } from "../packet/ip/header.js";
import { isBrokenFragment } from "../packet/reassembly/candidates.js";
import { type Look, NOTHING } from "./look.js";
import { endsOf } from "./outer-ip.js";

/** A part of a datagram that could become whole. */
export function isFragment(header: IpHeader): boolean {
  return header.fragmented && !isBrokenFragment(header);
}

/** The look of a fragment, by its IP header alone; its frame ends at `end`. */
export function fragmentLook(header: IpHeader, end: number): Look {
  const { version, identification, protocol, bytes, payloadStart: at, payloadEnd } = header;
  const { source, destination } = endsOf(header);
  // Only the peers tell what a fragment may be of where the first one does not come first.
  const isUnknown = protocol === PROTOCOL.udp && header.fragmentOffset > 0;
  const isNatT =
    protocol === PROTOCOL.udp &&
    header.fragmentOffset === 0 &&
    payloadEnd - at >= 12 &&
    (u16At(bytes, at) === NAT_T_PORT || u16At(bytes, at + 2) === NAT_T_PORT) &&
    u16At(bytes, at + 2) !== IKE_PORT;
  return {
    ...NOTHING,
    kind: "fragment",
    source,
    destination,
    // Only the first fragment of an IPv6 datagram tells its protocol; the others share its identification.
    datagram: `${source}>${destination}|${version === 4 ? protocol : ""}|${identification}`,
    maybeEsp: protocol === PROTOCOL.esp || isUnknown || (isNatT && u32At(bytes, at + 8) !== 0),
    cutEnd: end,
    headEnd: at,
  };
}
