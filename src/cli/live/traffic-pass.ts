import type { Address } from "../../bytes/address.js";
import { BetweenPeers } from "../../extract/live/between-peers.js";
import { type KeptFrame, keptFrame } from "../../live/recent/kept-frame.js";
import type { RecordSearch } from "../../live/recent/record-search.js";
import type { TimeBins } from "../../report/html/traffic/stream-bins.js";

/** Records that are looked at in one go, and frames that are handed on together: a few milliseconds, a few megabytes. */
const STEP = { records: 10_000, frames: 2_000 } as const;

/** A pass over the frames that are remembered between the ends of a tunnel, in steps between which the capture is read. */
export class TrafficPass {
  readonly #search: RecordSearch;
  readonly #peers: BetweenPeers;
  readonly #bins: TimeBins;
  readonly #lastFrame: number;

  constructor(search: RecordSearch, addresses: readonly Address[], bins: TimeBins, lastFrame: number) {
    this.#search = search;
    this.#peers = new BetweenPeers(addresses);
    this.#bins = bins;
    this.#lastFrame = lastFrame;
  }

  /** The frames of some further records; null behind the last one. */
  step(): readonly KeptFrame[] | null {
    const { record } = this.#search;
    const { from, width, count } = this.#bins;
    const to = from + width * count;
    const frames: KeptFrame[] = [];
    for (let looked = 0; looked < STEP.records && frames.length < STEP.frames; looked++) {
      if (!this.#search.next() || record.frame > this.#lastFrame) return frames.length > 0 ? frames : null;
      if (record.time < from || record.time >= to || this.#peers.has(record) === false) continue;
      frames.push(keptFrame(record, record.frame));
    }
    return frames;
  }
}
