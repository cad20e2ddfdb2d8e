import { type Address, addressBytes, ipv4At, ipv6At } from "../bytes/address.js";
import { CAPTURE_FILTER } from "../bytes/capture-filter.js";

export interface FilterOptions {
  /** Only packets from or to one of these, and ICMP errors about such packets; all where there are none. */
  readonly hosts: readonly Address[];
  /** Also below a VLAN tag. Link types other than Ethernet refuse a filter that speaks of tags. */
  readonly tagged: boolean;
}

/** Offsets at which ICMP errors quote the addresses of the packet that they are about: source and destination. */
const QUOTED_IPV4 = [20, 24] as const;
/** The same from the start of the IPv6 header; behind extension headers it is not found. */
const QUOTED_IPV6 = [56, 72] as const;

/**
 * The capture filter, in the language of libpcap, for what a judgement needs. Throws TypeError for a host that is no
 * IP address: nothing unchecked goes into a filter.
 */
export function captureFilter({ hosts, tagged }: FilterOptions): string {
  const plain =
    hosts.length === 0 ? CAPTURE_FILTER : `(${CAPTURE_FILTER}) and (${hosts.map(aboutHost).join(" or ")})`;
  // Behind the word "vlan" all offsets are those below a tag, so nothing may follow it.
  return tagged ? `(${plain}) or (vlan and (${plain}))` : plain;
}

/** Packets from or to an address, and what routers between say about them, to whichever end. */
function aboutHost(host: Address): string {
  const bytes = addressBytes(host);
  if (bytes === null) throw new TypeError("a host of a capture filter is no IP address");
  if (bytes.length === 4) {
    const quoted = QUOTED_IPV4.map((at) => `icmp[${at}:4] = ${word(bytes, 0)}`);
    return [`host ${ipv4At(bytes, 0)}`, ...quoted].join(" or ");
  }
  const quoted = QUOTED_IPV6.map((at) => {
    const words = [0, 4, 8, 12].map((part) => `ip6[${at + part}:4] = ${word(bytes, part)}`);
    return `(icmp6 and ${words.join(" and ")})`;
  });
  return [`host ${ipv6At(bytes, 0)}`, ...quoted].join(" or ");
}

function word(bytes: Uint8Array, at: number): string {
  const hex = [...bytes.subarray(at, at + 4)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `0x${hex.join("")}`;
}
