import type { Micros } from "../../../bytes/time.js";
import type { StoredEvent } from "../../nats/event-stream.js";

const MICROS = 1000;

/** How far the stream of events has been read, and what came of it. */
export class StreamReading {
  /** Sequence number of the newest event that was taken. */
  sequence = 0;
  events = 0;
  /** Events that could not be read. */
  faults = 0;
  lagMs = 0;
  /** Events that are stored and were not taken yet. */
  pending = 0;
  /** All that had arrived until then was taken. */
  knownUntil: Micros = -Infinity;

  /** An event was taken; `isRead` says that it could be read. */
  took({ arrival, sequence, pending }: StoredEvent, isRead: boolean): void {
    this.sequence = sequence;
    this.pending = pending;
    this.lagMs = Math.max(0, Date.now() - arrival / MICROS);
    this.knownUntil = Math.max(this.knownUntil, arrival);
    if (isRead) this.events++;
    else this.faults++;
  }

  /** Nothing is stored that was not taken. */
  caughtUp(): void {
    this.pending = 0;
    this.lagMs = 0;
    this.knownUntil = Date.now() * MICROS;
  }
}
