import type { Address } from "../bytes/address.js";

/** Kind of a frame, as an extract needs it. */
export interface Look {
  readonly kind: "ike" | "esp" | "ah" | "keepalive" | "icmp" | "tcp" | "fragment" | "other";
  readonly source: Address;
  readonly destination: Address;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** ESP and AH: as the streams name it. */
  readonly encapsulation: "esp" | "udp" | "ah" | "";
  readonly spi: number;
  /** End of the frame's bytes from which it can still be read: behind its headers, or at the frame's end. */
  readonly cutEnd: number;
  /** The end of its headers: cut there, the frame shows that the packet was there, and no message or fragment can be read. */
  readonly headEnd: number;
  /** Fragments: what it shares with the others of its datagram; and whether it may be of ESP. */
  readonly datagram: string;
  readonly maybeEsp: boolean;
  /** A packet that proves that no filter on protocols of IP was on: ARP, spanning tree. */
  readonly isNotIp: boolean;
  /** ICMP errors: the ends of the packet that it quotes. */
  readonly quotes: readonly [Address, Address] | null;
}

/** The look of a frame that was not read yet. */
export const NOTHING: Look = {
  kind: "other",
  source: "",
  destination: "",
  sourcePort: 0,
  destinationPort: 0,
  encapsulation: "",
  spi: 0,
  cutEnd: 0,
  headEnd: 0,
  datagram: "",
  maybeEsp: false,
  isNotIp: false,
  quotes: null,
};
