import { type Address, addressBytes } from "../../bytes/address.js";
import type { CaptureRecord } from "../../capture/source.js";
import { IpHeader, PROTOCOL } from "../../packet/ip/header.js";
import { outerIp } from "../outer-ip.js";

/** Protocols after a frame's first IP header that hide no other addresses of the peers. */
const PLAIN: ReadonlySet<number> = new Set([
  PROTOCOL.udp,
  PROTOCOL.tcp,
  PROTOCOL.esp,
  PROTOCOL.ah,
  PROTOCOL.icmp,
  PROTOCOL.icmpv6,
]);

/**
 * Tells frames between the ends of one tunnel from others, by the bytes of the first IP header: thousands are looked at for
 * one that is wanted, and no address is made text for that.
 */
export class BetweenPeers {
  readonly #header = new IpHeader();
  readonly #addresses: readonly Uint8Array[];

  /** All addresses that the ends are known by. */
  constructor(addresses: readonly Address[]) {
    this.#addresses = addresses.map(addressBytes).filter((bytes) => bytes !== null);
  }

  /** "unsure" where the addresses stand in an inner header. */
  has(record: CaptureRecord): boolean | "unsure" {
    const header = this.#header;
    if (!outerIp(header, record)) return false;
    if (this.#isOurs(header, header.sourceAt) && this.#isOurs(header, header.destinationAt)) return true;
    return header.fragmented || PLAIN.has(header.protocol) ? false : "unsure";
  }

  #isOurs({ addressBytes: bytes, version }: IpHeader, at: number): boolean {
    const length = version === 4 ? 4 : 16;
    return this.#addresses.some(
      (address) => address.length === length && address.every((byte, index) => bytes[at + index] === byte),
    );
  }
}
