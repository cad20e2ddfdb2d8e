import { ipv4At, ipv6At } from "../../bytes/address.js";
import { u16At } from "../../bytes/reader.js";
import type { Micros } from "../../bytes/time.js";
import type { IpHeader } from "../ip/header.js";
import type { FragmentSighting, IncompleteDatagram } from "../packet.js";
import { ChunkPool } from "./chunks.js";
import { DEFAULT_LIMITS, type ReassemblyLimits } from "./limits.js";
import { PendingDatagram } from "./pending.js";
import { RecentDatagrams } from "./recent.js";

/** Counters of reassembly: of datagrams, but `duplicates` and `malformed` count fragments. */
export interface ReassemblyCounters {
  reassembled: number;
  /** Datagrams refused because fragments overlapped or contradicted one another. */
  overlapsRefused: number;
  tooLarge: number;
  /** Given up for want of room. */
  evicted: number;
  timedOut: number;
  /** Given up because the snap length had cut a fragment. */
  cut: number;
  /** Given up at the end of the capture. */
  unfinished: number;
  /** Copies of fragments that were there already, and fragments of refused datagrams. */
  duplicates: number;
}

/** A datagram's payload, put together. */
export interface ReassembledPayload {
  /** Holds the payload in its first `length` bytes: the header's `assembly`. */
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Upper-layer protocol, or for IPv6 the next header of the first fragment. */
  readonly protocol: number;
  readonly fragments: readonly FragmentSighting[];
}

/** Puts fragments of IPv4 and IPv6 together, within bounds. Oldest datagrams are given up first. */
export class Reassembler {
  readonly counters: ReassemblyCounters = {
    reassembled: 0,
    overlapsRefused: 0,
    tooLarge: 0,
    evicted: 0,
    timedOut: 0,
    cut: 0,
    unfinished: 0,
    duplicates: 0,
  };
  /** Capture time at which the oldest datagram is to be given up; Infinity without one. */
  nextExpiry: Micros = Infinity;
  readonly #limits: ReassemblyLimits;
  readonly #onIncomplete: ((datagram: IncompleteDatagram) => void) | undefined;
  readonly #pending = new Map<string, PendingDatagram>();
  readonly #recent = new RecentDatagrams();
  readonly #pool = new ChunkPool();
  #oldest: PendingDatagram | null = null;
  #newest: PendingDatagram | null = null;
  #bytes = 0;

  constructor(limits?: Partial<ReassemblyLimits>, onIncomplete?: (datagram: IncompleteDatagram) => void) {
    const merged = { ...DEFAULT_LIMITS, ...limits };
    this.#limits = { ...merged, datagramBytes: Math.min(merged.datagramBytes, DEFAULT_LIMITS.datagramBytes) };
    this.#onIncomplete = onIncomplete;
  }

  /** Datagrams and bytes that wait now. */
  get waiting(): { readonly datagrams: number; readonly bytes: number } {
    return { datagrams: this.#pending.size, bytes: this.#bytes };
  }

  /**
   * Takes the fragment that `header` describes (its data is the payload window, at least 1 byte declared); returns the
   * datagram's payload where this fragment was the last to be missing, else null.
   */
  add(header: IpHeader, frame: number, time: Micros): ReassembledPayload | null {
    const key = datagramKey(header);
    const { bytes, payloadStart: start, payloadEnd: end, fragmentOffset: offset } = header;
    const length = header.payloadLength;
    let datagram = this.#waitingFor(key, time);
    if (datagram === null) {
      if (this.#recent.holds(key, time, offset, length, bytes, start, end)) {
        this.counters.duplicates++;
        return null;
      }
      datagram = this.#open(key, header, time);
    }
    const sighting = { frame, time, offset, length };
    if (offset + length > this.#limits.datagramBytes) {
      this.#refuse(datagram, "too-large", sighting);
      return null;
    }
    const costBefore = datagram.cost;
    const placement = datagram.place(bytes, start, end, sighting, header.moreFragments, this.#pool);
    if (placement === "duplicate") {
      this.counters.duplicates++;
      return null;
    }
    if (placement === "overlap") {
      this.#refuse(datagram, "overlap", sighting);
      return null;
    }
    this.#bytes += datagram.cost - costBefore;
    if (offset === 0) datagram.protocol = header.protocol;
    if (datagram.isCovered) return this.#finished(datagram, time, header.assembly);
    while (this.#bytes > this.#limits.bytes && this.#oldest !== null) this.#giveUp(this.#oldest, "evicted");
    return null;
  }

  /** Gives up what has waited too long; to be called when `nextExpiry` has come. */
  expire(now: Micros): void {
    while (this.#oldest !== null && now >= this.#oldest.firstTime + this.#limits.timeout) {
      this.#giveUp(this.#oldest, "timeout");
    }
  }

  /** Gives up everything that waits. */
  finish(): void {
    while (this.#oldest !== null) this.#giveUp(this.#oldest, "end");
  }

  #waitingFor(key: string, time: Micros): PendingDatagram | null {
    const waiting = this.#pending.get(key);
    if (waiting === undefined) return null;
    // Time may run backwards between merged files; either way it is another datagram with the identification reused.
    if (Math.abs(time - waiting.firstTime) < this.#limits.timeout) return waiting;
    this.#giveUp(waiting, "timeout");
    return null;
  }

  #open(key: string, header: IpHeader, time: Micros): PendingDatagram {
    while (this.#pending.size >= this.#limits.datagrams && this.#oldest !== null) {
      this.#giveUp(this.#oldest, "evicted");
    }
    const addressAt = header.version === 4 ? ipv4At : ipv6At;
    const datagram = new PendingDatagram(key, time, {
      ipVersion: header.version,
      source: addressAt(header.addressBytes, header.sourceAt),
      destination: addressAt(header.addressBytes, header.destinationAt),
      protocol: header.protocol,
      identification: header.identification,
    });
    this.#pending.set(key, datagram);
    datagram.older = this.#newest;
    if (this.#newest === null) this.#oldest = datagram;
    else this.#newest.newer = datagram;
    this.#newest = datagram;
    this.#setNextExpiry();
    return datagram;
  }

  #finished(datagram: PendingDatagram, time: Micros, bytes: Uint8Array): ReassembledPayload | null {
    const { key, arrivals } = datagram;
    if (!datagram.isWhole) {
      this.#recent.refuse(key, time, this.#limits.duplicateWindow);
      this.#giveUp(datagram, "snap-length");
      return null;
    }
    this.#recent.remember(key, time, this.#limits.duplicateWindow, arrivals);
    datagram.copyHead(bytes);
    this.#remove(datagram);
    this.counters.reassembled++;
    const { total: length, protocol } = datagram;
    return { bytes, length, protocol, fragments: datagram.sightings() };
  }

  /** Gives up a datagram because of the fragment `culprit`, which then is the last of its account. */
  #refuse(datagram: PendingDatagram, reason: "overlap" | "too-large", culprit: FragmentSighting): void {
    this.#recent.refuse(datagram.key, culprit.time, this.#limits.timeout);
    this.#giveUp(datagram, reason, culprit);
  }

  #giveUp(datagram: PendingDatagram, reason: IncompleteDatagram["reason"], culprit?: FragmentSighting): void {
    const head = new Uint8Array(this.#onIncomplete === undefined ? 0 : datagram.headLength());
    if (head.length > 0) datagram.copyHead(head);
    this.#remove(datagram);
    this.#count(reason);
    const sightings = datagram.sightings();
    this.#onIncomplete?.({
      ...datagram.identity,
      protocol: datagram.protocol,
      fragments: culprit === undefined ? sightings : [...sightings, culprit],
      totalLength: datagram.total < 0 ? null : datagram.total,
      head,
      reason,
    });
  }

  #count(reason: IncompleteDatagram["reason"]): void {
    if (reason === "overlap") this.counters.overlapsRefused++;
    else if (reason === "too-large") this.counters.tooLarge++;
    else if (reason === "evicted") this.counters.evicted++;
    else if (reason === "timeout") this.counters.timedOut++;
    else if (reason === "snap-length") this.counters.cut++;
    else this.counters.unfinished++;
  }

  #remove(datagram: PendingDatagram): void {
    const { older, newer } = datagram;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    this.#pending.delete(datagram.key);
    this.#bytes -= datagram.cost;
    datagram.release(this.#pool);
    this.#setNextExpiry();
  }

  #setNextExpiry(): void {
    this.nextExpiry = this.#oldest === null ? Infinity : this.#oldest.firstTime + this.#limits.timeout;
  }
}

/**
 * What fragments of one datagram share: addresses and identification, and for IPv4 the protocol (RFC 791 section 2.3,
 * RFC 8200 section 4.5). The address length tells the versions apart.
 */
function datagramKey(header: IpHeader): string {
  const { addressBytes: bytes, sourceAt, destinationAt, identification, version } = header;
  if (version === 4) {
    return String.fromCharCode(
      identification,
      header.protocol,
      u16At(bytes, sourceAt),
      u16At(bytes, sourceAt + 2),
      u16At(bytes, destinationAt),
      u16At(bytes, destinationAt + 2),
    );
  }
  const words = [identification & 0xffff, identification >>> 16];
  for (let at = 0; at < 16; at += 2)
    words.push(u16At(bytes, sourceAt + at), u16At(bytes, destinationAt + at));
  return String.fromCharCode(...words);
}
