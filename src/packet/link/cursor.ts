/**
 * Where a link-layer or tunnel parser stands. One object is reused for every frame; a parser reads at `at`, moves it
 * behind its header and may pull `end` in where its header declares a length.
 */
export interface LinkCursor {
  bytes: Uint8Array;
  at: number;
  /** End of the captured bytes, exclusive; never beyond `bytes`. */
  end: number;
  /** One of HOST_SIDE; set by link types that tell. */
  hostSide: number;
}

/** Reads one header; returns what follows it, an EtherType or one of FOLLOWS, or a negative OUTCOME. */
export type LinkParser = (cursor: LinkCursor) => number;

/** Kinds of headers that may follow: EtherTypes, and numbers above 0xffff for those without an EtherType. */
export const FOLLOWS = {
  ipv4: 0x0800,
  ipv6: 0x86dd,
  /** A whole Ethernet frame ("transparent Ethernet bridging"). */
  ethernet: 0x6558,
  /** A PPP frame from its protocol field, or from address and control. */
  ppp: 0x880b,
  /** An IP packet whose version nibble tells which. */
  rawIp: 0x10000,
  /** An IEEE 802.2 LLC header. */
  llc: 0x10001,
  /** A Cisco HDLC header. */
  ciscoHdlc: 0x10002,
} as const;

/** Largest value of the Ethernet type field that is a length (IEEE 802.3); EtherTypes start at 0x0600. */
export const LARGEST_8023_LENGTH = 1500;
