import type { FrameRef } from "../../bytes/frame.js";
import type { ReadyRecords } from "../../bytes/ready-records.js";
import type { Micros } from "../../bytes/time.js";
import type { PacketView } from "../../packet/packet.js";
import type { ClearFlow, OuterPair } from "../model.js";
import { ClearFlowTable, FLOW } from "./clear-flow-table.js";
import { linkKeyOf } from "./link-key.js";
import { outerPairAt, PeersOfLinks } from "./link-peers.js";
import type { FrameInput } from "./sightings.js";
import { SkimmedRun } from "./skimmed-run.js";
import type { Skimmer } from "./skimmer.js";

/** A packet shown before or after its own ESP comes within this time. */
const NEAR: Micros = 5_000;
/** Offsets of the addresses in an IP header. */
const ADDRESSES_AT = { 4: { source: 12, destination: 16 }, 6: { source: 8, destination: 24 } } as const;

/**
 * Packets in clear that have a private address (RFC 1918, RFC 4193), by flow, and how they lie beside ESP: what a tunnel
 * should hide, or what it shows of itself. Bounded; a packet of a known flow allocates nothing.
 */
export class ClearFlows {
  /** Made with the first packet: most captures have none. */
  #table: ClearFlowTable | null = null;
  readonly #peers = new PeersOfLinks();
  /** For each flow that mirrors ESP, the peers whose ESP its first packet followed. */
  readonly #mirroredFrom = new Map<number, OuterPair>();
  /** The last ESP packet; link 0 where it is not known. */
  readonly #esp = { time: -Infinity, link: 0, version: 4 as 4 | 6 };
  readonly #espAddresses = new Uint8Array(32);
  readonly #run = new SkimmedRun();
  readonly #clear = { time: -Infinity, flow: -1, link: 0 };

  /** Takes a packet that is neither IKE nor ESP nor AH. `view` shows its IP header. */
  packet(view: PacketView, record: FrameInput, frame: FrameRef): void {
    const { ipVersion, addressBytes: bytes, sourceAt, destinationAt } = view;
    if (view.mirrored) return;
    if (!isPrivateAt(bytes, sourceAt, ipVersion) && !isPrivateAt(bytes, destinationAt, ipVersion)) return;
    const link = linkKeyOf(record);
    if (link === 0) return;
    const table = (this.#table ??= new ClearFlowTable());
    const { time } = record;
    const flow = table.take(view, link, time, frame);
    if (flow < 0) return;
    if (this.#run.isPending) this.#endOfRun();
    const since = time - this.#esp.time;
    if (since >= 0 && since <= NEAR) this.#follows(flow, link);
    // Its ESP was written before it: packets of several queues come out of the order of their times.
    else if (since < 0 && since >= -NEAR) table.add(flow, FLOW.encrypted);
    this.#clear.time = time;
    this.#clear.flow = since < 0 ? -1 : flow;
    this.#clear.link = link;
  }

  /** Takes an ESP or AH packet. `view` shows its outer IP header. */
  esp(view: PacketView, record: FrameInput): void {
    if (view.mirrored) return;
    const link = linkKeyOf(record);
    const clear = this.#clear;
    const isWrittenLate = clear.flow >= 0 && record.time < clear.time;
    if (clear.flow >= 0 && !isWrittenLate) this.#followed(record.time);
    // The run before it ends with this ESP packet.
    this.#run.forget();
    this.#esp.time = record.time;
    this.#last(link, view.ipVersion, view.addressBytes, view.sourceAt, view.destinationAt);
    if (isWrittenLate) {
      if (clear.time - record.time <= NEAR) this.#follows(clear.flow, clear.link);
      clear.flow = -1;
    }
    this.#peers.note(view, link);
  }

  /** Takes ESP packets that were counted without a look at each: what was skimmed last of these records. */
  skimmed(records: ReadyRecords, skimmer: Skimmer): void {
    if (this.#clear.flow >= 0) this.#followed(skimmer.firstTime);
    this.#run.set(records, skimmer);
  }

  /** Takes an IKE message: it tells between which peers the link carries a tunnel. */
  ike(view: PacketView, record: FrameInput): void {
    if (!view.mirrored) this.#peers.note(view, linkKeyOf(record));
  }

  /** All flows in order of first sight. */
  flows(): ClearFlow[] {
    const table = this.#table;
    if (table === null) return [];
    return Array.from({ length: table.size }, (_, flow) => ({
      source: table.source(flow),
      destination: table.destination(flow),
      protocol: table.protocol(flow),
      packets: table.counter(flow, FLOW.packets),
      firstTime: table.counter(flow, FLOW.firstTime),
      lastTime: table.counter(flow, FLOW.lastTime),
      firstFrame: table.counter(flow, FLOW.firstFrame),
      lastFrame: table.counter(flow, FLOW.lastFrame),
      mirrored: table.counter(flow, FLOW.mirrored),
      mirroredFrom: this.#mirroredFrom.get(flow) ?? null,
      relayed: table.counter(flow, FLOW.relayed),
      encrypted: table.counter(flow, FLOW.encrypted),
      beside: this.#peers.on(table.link(flow)),
    }));
  }

  /** A packet of the flow comes right behind the last ESP packet. */
  #follows(flow: number, link: number): void {
    const esp = this.#esp;
    this.#table?.add(flow, esp.link === link ? FLOW.mirrored : FLOW.relayed);
    if (esp.link === link && !this.#mirroredFrom.has(flow)) {
      this.#mirroredFrom.set(flow, outerPairAt(this.#espAddresses, 0, 16, esp.version));
    }
  }

  /** ESP comes at `time`: right behind the last packet in clear, perhaps. */
  #followed(time: Micros): void {
    const clear = this.#clear;
    if (clear.flow >= 0 && time - clear.time <= NEAR) this.#table?.add(clear.flow, FLOW.encrypted);
    clear.flow = -1;
  }

  #last(link: number, version: 4 | 6, bytes: Uint8Array, sourceAt: number, destinationAt: number): void {
    this.#esp.link = link;
    this.#esp.version = version;
    const length = version === 4 ? 4 : 16;
    for (let byte = 0; byte < length; byte++) {
      this.#espAddresses[byte] = bytes[sourceAt + byte] as number;
      this.#espAddresses[16 + byte] = bytes[destinationAt + byte] as number;
    }
  }

  /** The last packet of the run becomes the last ESP packet. */
  #endOfRun(): void {
    this.#esp.time = this.#run.lastTime;
    const head = this.#run.takeLast();
    const { bytes, ipAt } = head;
    const version = (bytes[ipAt] as number) >> 4 === 4 ? 4 : 6;
    const { source, destination } = ADDRESSES_AT[version];
    this.#last(linkKeyOf(head), version, bytes, ipAt + source, ipAt + destination);
  }
}

/** The address is one of a private network: RFC 1918, RFC 4193. */
function isPrivateAt(bytes: Uint8Array, at: number, version: 4 | 6): boolean {
  const [first, second] = [bytes[at] as number, bytes[at + 1] as number];
  if (version === 6) return (first & 0xfe) === 0xfc;
  return first === 10 || (first === 172 && (second & 0xf0) === 16) || (first === 192 && second === 168);
}
