import { frameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { EspKernel } from "../../esp/kernel.js";
import type { StreamTable } from "../../esp/stream-table.js";
import { Dissector } from "../../packet/dissector.js";
import { PACKET } from "../../packet/packet.js";
import type { CaptureObservations, ClearFlow, SessionModel } from "../model.js";
import { SessionBuilder, type SessionOptions } from "../session-builder.js";
import { ClearFlows } from "./clear-flows.js";
import { CaptureCounters } from "./counters.js";
import { EspIntake } from "./esp-intake.js";
import type { EspTap } from "./esp-tap.js";
import { MessageIntake } from "./message-intake.js";
import { type MessageTap } from "./message-tap.js";
import type { EspOpener, MessageOpener } from "./openers.js";
import { PacketSorter } from "./packet-sorter.js";
import type { FrameInput } from "./sightings.js";
import type { ReadySource } from "./skimmer.js";

/** How frames are taken; nothing of it is needed for a capture that is read to its end. */
export interface IntakeOptions {
  /** Takes the messages in place of the session model: then no model is kept. */
  readonly tap?: MessageTap;
  /** Makes the ESP of captures that are read into its memory fast. */
  readonly kernel?: EspKernel;
  /** For a program that watches: what is filed where, as it is filed. Packets are to come in order of time. */
  readonly session?: SessionOptions;
  /** Open what is encrypted, with keys; then the kernel skims nothing, for the opener of ESP sees each packet. */
  readonly openers?: { readonly messages: MessageOpener; readonly esp: EspOpener };
  /** Is shown each ESP and AH packet; then the kernel skims nothing either. */
  readonly espTap?: EspTap;
  /** How long a fragmented datagram is waited for, capture time. */
  readonly reassembly?: Micros;
}

/**
 * Takes frames and keeps the session model up to date. ESP and skipped frames cost counters only; IKE messages, ICMP
 * errors and broken datagrams become events that reach the model in order of time.
 */
export class Intake {
  readonly #dissector: Dissector;
  readonly #counters = new CaptureCounters();
  readonly #esp: EspIntake;
  readonly #clear = new ClearFlows();
  readonly #builder: SessionBuilder;
  readonly #messages: MessageIntake;
  readonly #sorter: PacketSorter;
  readonly #isWatched: boolean;
  readonly #reassembly: Micros | null;

  constructor({ tap, kernel, session, reassembly, openers, espTap }: IntakeOptions = {}) {
    this.#isWatched = session?.watch !== undefined;
    this.#reassembly = reassembly ?? null;
    this.#builder = new SessionBuilder(session);
    const skims = openers === undefined && espTap === undefined;
    this.#esp = new EspIntake(skims ? (kernel ?? null) : null, openers?.esp ?? null, espTap ?? null);
    this.#messages = new MessageIntake(
      this.#builder,
      tap ?? null,
      this.#isWatched,
      openers?.messages ?? null,
    );
    this.#dissector = new Dissector({
      onIncomplete: (datagram) => this.#sorter.incomplete(datagram),
      ...(reassembly === undefined ? {} : { limits: { timeout: reassembly } }),
    });
    this.#sorter = new PacketSorter({
      counters: this.#counters,
      esp: this.#esp,
      clear: this.#clear,
      messages: this.#messages,
      session: this.#builder,
    });
  }

  /**
   * Takes what is nothing but ESP in order from the front of a source's records that lie ready; the next record is for
   * {@link frame}.
   */
  skim(source: ReadySource): void {
    const records = source.ready;
    if (records === null) return;
    const { skimmer } = this.#esp;
    if (skimmer === null) return;
    const packets = skimmer.skim(records, source, this.#dissector);
    if (packets === 0) return;
    this.#clear.skimmed(records, skimmer);
    this.#dissector.countSkimmed(packets);
    const last = frameRef(records.capture, records.nextFrame - 1);
    this.#counters.skimmed(packets, skimmer.inUdp, last, skimmer.lastTime);
  }

  /** Takes one frame. Never throws, whatever the bytes. */
  frame(record: FrameInput): void {
    const ref = this.#counters.frame(record);
    const dissected = this.#dissector.counters;
    const { fragments: fragmentsBefore, otherProtocol: othersBefore } = dissected;
    const kind = this.#dissector.dissect(record, ref);
    const { view } = this.#dissector;
    if (kind !== PACKET.skipped) this.#sorter.packet(kind, view, record, ref);
    // A fragment that was put aside may belong to an IKE message: it proves nothing about a filter.
    else if (dissected.otherProtocol !== othersBefore) this.#sorter.other(view, record, ref);
    else if (dissected.fragments === fragmentsBefore) {
      this.#counters.otherPackets++;
      if (view.brokenFragment) this.#sorter.brokenFragment(view, record, ref);
    }
  }

  /** The model of everything taken so far. Ends the intake: pending fragments are given up. */
  finish(): SessionModel {
    this.#dissector.finish();
    const connections = this.#sorter.tcp.finish();
    this.#messages.flush();
    if (this.#isWatched) this.#builder.tcpConnections(connections);
    else {
      this.#builder.streams(this.#esp.streams());
      for (const connection of connections) this.#builder.tcpConnection(connection);
    }
    return {
      tunnels: this.#builder.build(),
      clearFlows: this.#clear.flows(),
      observations: this.observations(),
    };
  }

  /** Counts and times of the capture as a whole, up to now. */
  observations(): CaptureObservations {
    const { evicted } = this.#esp;
    return this.#counters.observations(this.#dissector.counters, {
      tunnels: this.#builder.tunnelsNotKept,
      espPackets: evicted.packets,
      espStreams: evicted.streams,
    });
  }

  /** The session as it grows; for a program that watches. */
  get session(): SessionBuilder {
    return this.#builder;
  }

  get streams(): StreamTable {
    return this.#esp.table;
  }

  clearFlows(): readonly ClearFlow[] {
    return this.#clear.flows();
  }

  /** Says how late it is where no frame does: fragments that waited too long are given up. */
  advance(now: Micros): void {
    this.#dissector.expire(now);
    if (this.#reassembly !== null) this.#messages.giveUpBefore(now - this.#reassembly);
  }

  /** Tells the session of the TCP connections as they stand; those that ended before `since` are forgotten. */
  refreshTcp(since: Micros): void {
    if (!this.#sorter.tcp.isIdle) this.#builder.tcpConnections(this.#sorter.tcp.current(since));
  }
}
