import { toHex } from "../bytes/hex.js";
import { linkParser } from "../packet/link/table.js";
import { walkToIp } from "../packet/link/walk.js";
import type { Segment } from "./cooked-hosts.js";
import type { FrameInput } from "./intake/sightings.js";

/** Packets that are remembered to know their copies again. */
const MOST_PACKETS = 4096;
/** A capture of both ends holds nearly all packets of one direction twice; over paths of several lengths none is there twice. */
const COPIES = { least: 3, share: 0.8 } as const;
/** Bytes behind the IP header that name a packet: SPI and sequence number of ESP, the header of IKE (RFC 7296 3.1). */
const NAMING_BYTES = 36;

/** Packets of one sender by the TTL that they came with. */
interface Sender {
  readonly ttls: Map<number, number>;
  /** Packets that were seen with both TTLs. */
  copies: number;
}

/**
 * The two places of a capture in which captures of both ends were joined, and whose frames tell one link at most: raw IP, or Ethernet whose
 * MAC addresses were made alike before it was handed on. The packets of each end have one TTL at the one place and a lower one at the
 * other, and nearly all of one direction are there twice. Not where more than two addresses send IPsec.
 */
export class TtlPlaces {
  readonly #senders = new Map<string, Sender>();
  /** The TTL that each packet was first seen with. */
  readonly #seen = new Map<string, number>();
  /** The number of the place by sender and TTL. */
  readonly #places = new Map<string, number>();
  #isUnclear = false;

  /** Takes a frame with IPsec. */
  learn(record: FrameInput): void {
    const packet = headerOf(record);
    if (packet === null || this.#isUnclear) return;
    const { source, ttl, name } = packet;
    const sender = this.#senders.get(source) ?? { ttls: new Map<number, number>(), copies: 0 };
    this.#senders.set(source, sender);
    sender.ttls.set(ttl, (sender.ttls.get(ttl) ?? 0) + 1);
    this.#isUnclear = this.#senders.size > 2 || sender.ttls.size > 2;
    const before = this.#seen.get(name);
    if (before === undefined && this.#seen.size < MOST_PACKETS) this.#seen.set(name, ttl);
    if (before !== undefined && before !== ttl) sender.copies++;
  }

  /** All is learnt. Gives both places; none where the capture is not known to be of two. */
  join(): readonly Segment[] {
    const [one, other, ...more] = this.#senders;
    if (this.#isUnclear || one === undefined || other === undefined || more.length > 0) return [];
    const senders = [one[1], other[1]];
    const isTwice = senders.some(
      ({ ttls, copies }) => copies >= COPIES.least && copies >= Math.max(...ttls.values()) * COPIES.share,
    );
    if (!isTwice || senders.some(({ ttls, copies }) => ttls.size < 2 || copies === 0)) return [];
    return [one, other].map(([near], index) => {
      const key = index + 1;
      const ttls = [one, other].map(([source, sender]) => {
        const ttl = Math[source === near ? "max" : "min"](...sender.ttls.keys());
        this.#places.set(`${source} ${ttl}`, key);
        return ttl;
      });
      return { key, name: `of TTL ${ttls.join(" and ")}` };
    });
  }

  /** The number of the place that a frame was captured at; null where its sender sent no IPsec. */
  of(record: FrameInput): number | null {
    const packet = headerOf(record);
    return packet === null ? null : (this.#places.get(`${packet.source} ${packet.ttl}`) ?? null);
  }
}

interface Header {
  readonly source: string;
  readonly ttl: number;
  readonly name: string;
}

const IPV4 = { length: 20, ttl: 8, source: 12, address: 4 } as const;
const IPV6 = { length: 40, ttl: 7, source: 8, address: 16 } as const;
/** The outer IP header; null where there is none, or the frame is too short for it. */
function headerOf({ bytes, start: frameStart, end, linkType }: FrameInput): Header | null {
  const parser = linkParser(linkType);
  const cursor = { bytes, at: frameStart, end, hostSide: 0 };
  if (parser === undefined || walkToIp(cursor, parser) < 0) return null;
  const start = cursor.at;
  const first = bytes[start] ?? 0;
  const layout = first >>> 4 === 6 ? IPV6 : IPV4;
  const ttl = bytes[start + layout.ttl];
  if (start + layout.length > end || ttl === undefined) return null;
  const source = toHex(bytes, start + layout.source, start + layout.source + layout.address);
  const upper = start + (layout === IPV6 ? IPV6.length : (first & 15) * 4);
  const name = `${source} ${toHex(bytes, Math.min(end, upper), Math.min(end, upper + NAMING_BYTES))}`;
  return { source, ttl, name };
}
