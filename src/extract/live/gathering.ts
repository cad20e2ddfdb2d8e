import type { Address } from "../../bytes/address.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { CaptureRecord } from "../../capture/source.js";
import { type KeptFrame, keptFrame } from "../../live/recent/kept-frame.js";
import type { TunnelKey } from "../../live/recent/tunnel-frames.js";
import type { RecordSearch } from "../../live/recent/record-search.js";
import type { RecentFrames } from "../../live/recent-frames.js";
import { FrameLooker } from "../frame-looker.js";
import type { Look } from "../look.js";
import { BetweenPeers } from "./between-peers.js";

/** Whose frames are wanted. */
export interface GatheringSubject {
  /** The keys under which the tunnel's frames were kept; empty if a finding is about the capture. */
  readonly tunnels: readonly TunnelKey[];
  /** Addresses that its ends are known by. */
  readonly addresses: readonly Address[];
  /** Frames that are wanted whatever they are. */
  readonly cited: readonly FrameRef[];
}

/** A frame of an evidence file, and what it is. */
export interface GatheredFrame extends KeptFrame {
  readonly kind: Look["kind"] | "landmark";
}

/** Packets of a tunnel beside its kept messages and what is cited: the newest ones of the first pass. */
const NEWEST_PACKETS = 2000;
const PACKET_BYTES = 2 * 1024 * 1024;
/** And those that came next, of later passes. */
const LATER_PACKETS = 1000;
const LATER_BYTES = 1024 * 1024;

/**
 * Gathers the frames of one tunnel from what a live capture remembers. A pass over that takes many steps, between which
 * others can work; a later pass adds what came since. Memory is bounded.
 */
export class Gathering {
  readonly #recent: RecentFrames;
  readonly #subject: GatheringSubject;
  readonly #cited: ReadonlySet<FrameRef>;
  readonly #peers: BetweenPeers;
  readonly #looker = new FrameLooker();
  /** Messages of the tunnel, and what is cited. */
  readonly #messages = new Map<FrameRef, GatheredFrame>();
  /** Other packets between the peers, in order. */
  #packets: GatheredFrame[] = [];
  #packetBytes = 0;
  readonly #later: GatheredFrame[] = [];
  #laterBytes = 0;
  #isFirstPass = true;
  #search: RecordSearch | null = null;
  #lastFrame = 0;
  #landmark: GatheredFrame | null = null;

  constructor(recent: RecentFrames, subject: GatheringSubject) {
    this.#recent = recent;
    this.#subject = subject;
    this.#cited = new Set(subject.cited);
    this.#peers = new BetweenPeers(subject.addresses);
  }

  /** Begins a pass over what there is now; the first one over all of it, later ones over what is new. */
  begin(): void {
    for (const tunnel of this.#subject.tunnels) {
      for (const kept of this.#recent.framesOf(tunnel)) this.#addMessage(kept);
    }
    this.#search = this.#recent.search(this.#lastFrame + 1);
  }

  /** Looks at so many further records; false where the pass is at its end. */
  step(records: number): boolean {
    const search = this.#search;
    if (search === null) return false;
    const { record } = search;
    let looked = 0;
    while (looked < records && search.next()) {
      looked++;
      if (record.frame <= this.#lastFrame) continue;
      this.#lastFrame = record.frame;
      this.#consider(record);
    }
    if (looked > 0) this.#landmark = this.#headOf(record);
    if (looked === records) return true;
    this.#search = null;
    if (this.#isFirstPass) this.#keepNewest();
    this.#isFirstPass = false;
    return false;
  }

  /** All that was gathered, in the order of the frames, each once. */
  frames(): GatheredFrame[] {
    const all = [...this.#messages.values()];
    for (const packet of [...this.#packets, ...this.#later]) {
      if (!this.#messages.has(packet.frame)) all.push(packet);
    }
    const landmark = this.#landmark;
    if (landmark !== null && !all.some(({ frame }) => frame === landmark.frame)) all.push(landmark);
    return all.toSorted((a, b) => a.frame - b.frame);
  }

  #addMessage(kept: KeptFrame): void {
    if (this.#messages.has(kept.frame)) return;
    const { bytes } = kept;
    const record = { ...kept, start: 0, end: bytes.length, capture: 0 };
    this.#messages.set(kept.frame, { ...kept, kind: this.#looker.look(record).kind });
  }

  #consider(record: CaptureRecord): void {
    const isCited = this.#cited.has(record.frame);
    const isBetween = this.#peers.has(record);
    if (!isCited && isBetween === false) return;
    const look = this.#looker.look(record);
    if (!isCited && isBetween === "unsure" && !this.#isBetween(look)) return;
    const frame = { ...keptFrame(record, record.frame, endOf(look, record.end)), kind: look.kind };
    if (isCited) {
      if (!this.#messages.has(frame.frame)) this.#messages.set(frame.frame, frame);
      return;
    }
    if (!this.#isFirstPass) {
      if (this.#later.length >= LATER_PACKETS || this.#laterBytes >= LATER_BYTES) return;
      this.#later.push(frame);
      this.#laterBytes += frame.bytes.length;
      return;
    }
    this.#packets.push(frame);
    this.#packetBytes += frame.bytes.length;
    // In halves: to give up one at a time would move all others each time.
    if (this.#packets.length >= 2 * NEWEST_PACKETS || this.#packetBytes >= 2 * PACKET_BYTES)
      this.#keepNewest();
  }

  #isBetween({ source, destination }: Look): boolean {
    const { addresses } = this.#subject;
    return addresses.includes(source) && addresses.includes(destination);
  }

  #keepNewest(): void {
    let [from, bytes] = [this.#packets.length, 0];
    while (from > 0 && this.#packets.length - from < NEWEST_PACKETS) {
      const more = this.#packets[from - 1]?.bytes.length ?? 0;
      if (bytes + more > PACKET_BYTES) break;
      bytes += more;
      from--;
    }
    this.#packets = this.#packets.slice(from);
    this.#packetBytes = bytes;
  }

  /** The newest frame of all tells that the capture went on until then, whoever it is from. */
  #headOf(record: CaptureRecord): GatheredFrame {
    const { headEnd } = this.#looker.look(record);
    return { ...keptFrame(record, record.frame, headEnd), kind: "landmark" };
  }
}

/** Segments of a TCP connection only make sense whole. */
function endOf({ kind, cutEnd }: Look, end: number): number {
  return kind === "tcp" ? end : cutEnd;
}
