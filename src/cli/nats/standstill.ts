import type { StreamAPI } from "@nats-io/jetstream";
import { UsageError } from "../exit.js";
import { STREAM } from "./subjects.js";

/** Fetches of a second that bring nothing, after which the stream is looked at. */
const LOOKED_EVERY = 5;

/** Notices a consumer that hands out nothing although events are stored: a cluster may have placed it on a server that it has lost. */
export class Standstill {
  readonly #streams: Pick<StreamAPI, "info">;
  readonly #since: Date;
  #given = 0;
  /** Number of the newest event when the stream was looked at last. */
  #stored = 0;
  #emptyFetches = 0;

  constructor(streams: Pick<StreamAPI, "info">, since: Date) {
    this.#streams = streams;
    this.#since = since;
  }

  /** An event of that number came. */
  given(sequence: number): void {
    this.#given = sequence;
    this.#emptyFetches = 0;
  }

  /** To be called where nothing came. Throws UsageError if an event that was stored some seconds ago has not come. */
  async look(): Promise<void> {
    if (++this.#emptyFetches % LOOKED_EVERY !== 0) return;
    if (this.#stored > this.#given) {
      throw new UsageError("events are stored that the server does not hand out");
    }
    const { last_seq, last_ts } = (await this.#streams.info(STREAM)).state;
    if (new Date(last_ts) >= this.#since) this.#stored = last_seq;
  }
}
