import { ipv4At, ipv6At, type Address } from "../../../src/bytes/address.js";
import { Dissector, type DissectorOptions } from "../../../src/packet/dissector.js";
import {
  PACKET,
  type FragmentSighting,
  type IcmpError,
  type IncompleteDatagram,
} from "../../../src/packet/packet.js";

/** The content of a view, copied out of the frame. */
export interface Seen {
  readonly kind: keyof typeof PACKET;
  readonly source: Address;
  readonly destination: Address;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
  readonly payloadLength: number;
  readonly ipVersion: 4 | 6;
  readonly ipLength: number;
  readonly ttl: number;
  readonly trafficClass: number;
  readonly identification: number;
  readonly udpChecksum: number;
  readonly tcpFlags: number;
  readonly tcpSequence: number;
  readonly hostSide: number;
  readonly mirrored: boolean;
  readonly icmp: IcmpError | null;
  readonly fragments: readonly FragmentSighting[] | null;
}

export interface Sent {
  readonly linkType?: number;
  readonly originalLength?: number;
  readonly frame?: number;
  readonly time?: number;
}

/** A dissector for tests: frames in, copies of what the view says out. */
export class Bench {
  readonly incomplete: IncompleteDatagram[] = [];
  readonly dissector: Dissector;
  #frame = 0;

  constructor(options: DissectorOptions = {}) {
    this.dissector = new Dissector({
      onIncomplete: (datagram) => this.incomplete.push(datagram),
      ...options,
    });
  }

  /** Dissects a frame, Ethernet unless told otherwise. It stands in the middle of a buffer, as a reader has it. */
  see(frame: Uint8Array, sent: Sent = {}): Seen {
    const margin = 5;
    const buffer = new Uint8Array(frame.length + 2 * margin).fill(0x45);
    buffer.set(frame, margin);
    this.#frame = sent.frame ?? this.#frame + 1;
    this.dissector.dissect(
      {
        bytes: buffer,
        start: margin,
        end: margin + frame.length,
        originalLength: sent.originalLength ?? frame.length,
        linkType: sent.linkType ?? 1,
        time: sent.time ?? this.#frame * 1000,
      },
      this.#frame,
    );
    return this.#copy();
  }

  #copy(): Seen {
    const { view } = this.dissector;
    const skipped = view.kind === PACKET.skipped;
    const addressAt = view.ipVersion === 4 ? ipv4At : ipv6At;
    const kind = (Object.keys(PACKET) as (keyof typeof PACKET)[]).find((name) => PACKET[name] === view.kind);
    if (kind === undefined) throw new RangeError(`no such kind: ${view.kind}`);
    return {
      ...view,
      kind,
      source: skipped ? "" : addressAt(view.addressBytes, view.sourceAt),
      destination: skipped ? "" : addressAt(view.addressBytes, view.destinationAt),
      payload: view.bytes.slice(view.payloadStart, view.payloadEnd),
    };
  }
}

/** Dissects one frame with a dissector of its own. */
export function see(frame: Uint8Array, sent: Sent = {}): Seen {
  return new Bench().see(frame, sent);
}
