import { frameRef } from "../bytes/frame.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { Dissector } from "../packet/dissector.js";
import { PACKET } from "../packet/packet.js";
import { CookedHosts, type Segment } from "./cooked-hosts.js";
import { CookedLinks } from "./cooked-links.js";
import { isCookedV1, segmentKeyOf, segmentName, stationsOf } from "./intake/link-key.js";
import type { FrameInput } from "./intake/sightings.js";
import { TtlPlaces } from "./ttl-places.js";

/** More pairs of stations than this are a network, not two ends of a way. */
const MOST_PAIRS = 64;

/** Two stations that IPsec was sent between, by numbers, and whether both sent. */
interface Pair {
  readonly from: number;
  readonly to: number;
  goesBothWays: boolean;
  readonly name: string;
  /** The pair whose segment it belongs to; itself where it stands for one. */
  standsFor: number;
}

/**
 * The segments that IPsec goes over in one capture: mostly a pair of MAC addresses each. Where routers share a virtual address (VRRP,
 * RFC 5798 section 7.3), what a host sends goes to that one and what comes to it is from another: two pairs in one direction each,
 * which meet at the host, are one segment. Cooked frames tell their interface, and {@link CookedHosts} whether several hosts have one
 * of that number; those of version 1 tell the sender alone, and {@link CookedLinks} by which link.
 * Where all that tells one link at most, {@link TtlPlaces} tell how far the packets had come.
 */
export class SegmentMap {
  readonly #dissector = new Dissector({ onIncomplete: () => {} });
  readonly #pairs = new Map<number, Pair>();
  /** The segment of each station; null where it is on several. */
  readonly #stations = new Map<number, number | null>();
  #isUnclear = false;
  readonly #hosts = new CookedHosts(MOST_PAIRS);
  #links: CookedLinks | null = null;
  readonly #ttlPlaces = new TtlPlaces();
  #isByTtl = false;

  /** Takes the next frame of the capture, of which no other one may be told the segment before all are taken. */
  learn(record: FrameInput): void {
    if (!this.#carriesTunnel(record)) return;
    this.#ttlPlaces.learn(record);
    if (this.#isUnclear) return;
    if (this.#pairs.size === 0 && isCookedV1(record)) this.#links ??= new CookedLinks(MOST_PAIRS);
    if (this.#links !== null) {
      this.#links.learn(record, this.#dissector.view);
      return;
    }
    this.#hosts.learn(record, this.#dissector.view);
    const key = segmentKeyOf(record);
    const [from, to] = stationsOf(record);
    const pair = this.#pairs.get(key);
    if (pair !== undefined) pair.goesBothWays ||= pair.from !== from;
    else if (key === 0 || this.#pairs.size === MOST_PAIRS) this.#isUnclear = true;
    else {
      const name = segmentName(record);
      this.#pairs.set(key, { from, to, goesBothWays: from === to, name, standsFor: key });
    }
  }

  /** All is learnt. Gives the segments, by their first frames; none where the capture does not tell them apart. */
  join(): readonly Segment[] {
    const links = this.#joinedLinks();
    if (links.length > 1) return links;
    const places = this.#ttlPlaces.join();
    this.#isByTtl = places.length > 0;
    return this.#isByTtl ? places : links;
  }

  #joinedLinks(): readonly Segment[] {
    if (this.#isUnclear) return [];
    if (this.#links !== null) return this.#links.join();
    const hosts = this.#hosts.join();
    if (hosts.length > 0) return hosts;
    const halves = [...this.#pairs.values()].filter(({ goesBothWays }) => !goesBothWays);
    for (const one of halves) {
      for (const other of halves) {
        if (one.to === other.from) this.#unite(one, other);
      }
    }
    for (const { from, to, standsFor } of this.#pairs.values()) {
      for (const station of [from, to]) {
        const known = this.#stations.get(station);
        this.#stations.set(station, known === undefined || known === standsFor ? standsFor : null);
      }
    }
    return Array.from(this.#pairs, ([key, { name, standsFor }]) => ({ key, name, standsFor }))
      .filter(({ key, standsFor }) => key === standsFor)
      .map(({ key, name }) => ({ key, name }));
  }

  /**
   * The number of the segment that a frame was captured on, by both its stations, or by the one that sends it to whomever; null where
   * no IPsec goes over it, or the sender is on several.
   */
  of(record: FrameInput): number | null {
    if (this.#isByTtl) return this.#ttlPlaces.of(record);
    if (this.#links !== null) return this.#links.of(record);
    if (this.#hosts.areSeveral) return this.#hosts.of(record);
    const pair = this.#pairs.get(segmentKeyOf(record));
    return pair === undefined ? (this.#stations.get(stationsOf(record)[0]) ?? null) : pair.standsFor;
  }

  #unite({ standsFor: kept }: Pair, { standsFor: given }: Pair): void {
    for (const pair of this.#pairs.values()) if (pair.standsFor === given) pair.standsFor = kept;
  }

  #carriesTunnel(record: FrameInput): boolean {
    const { view } = this.#dissector;
    switch (this.#dissector.dissect(record, frameRef(record.capture, record.frame))) {
      case PACKET.esp:
      case PACKET.ah:
        return true;
      case PACKET.udp:
      case PACKET.tcp:
        return [view.sourcePort, view.destinationPort].some(
          (port) => port === IKE_PORT || port === NAT_T_PORT,
        );
      case PACKET.skipped:
      case PACKET.icmpError:
        return false;
    }
  }
}
