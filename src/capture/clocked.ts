import { humanDuration, type Micros } from "../bytes/time.js";
import { type Message, say } from "../texts/message.js";
import { captureNote } from "./note.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** A capture whose clock is wrong by a known time: all times come out without that. */
export class ClockedSource implements CaptureSource {
  readonly #source: CaptureSource;
  /** How far the clock is ahead. */
  readonly #ahead: Micros;
  readonly record: CaptureRecord;
  /** Its records have the wrong times: none can be taken in one go. */
  readonly ready = null;
  readonly readyUntil = Infinity;

  constructor(source: CaptureSource, ahead: Micros) {
    this.#source = source;
    this.#ahead = ahead;
    this.record = source.record;
  }

  next(): boolean {
    if (!this.#source.next()) return false;
    this.record.time -= this.#ahead;
    return true;
  }

  fill(): Promise<boolean> {
    return this.#source.fill();
  }

  summaries(): readonly CaptureSummary[] {
    return this.#source.summaries().map((summary) => this.#corrected(summary));
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  #corrected(summary: CaptureSummary): CaptureSummary {
    const { firstTime, lastTime, recorded, stepBack } = summary;
    const ahead = this.#ahead;
    return {
      ...summary,
      firstTime: firstTime === null ? null : firstTime - this.#ahead,
      lastTime: lastTime === null ? null : lastTime - this.#ahead,
      recorded: recorded === null ? null : { from: recorded.from - ahead, until: recorded.until - ahead },
      stepBack: stepBack === null ? null : { ...stepBack, time: stepBack.time - this.#ahead },
      notes: [...summary.notes, captureNote("clock-corrected", this.#note())],
    };
  }

  #note(): Message {
    const by = humanDuration(Math.abs(this.#ahead));
    return this.#ahead > 0
      ? say`its clock is ${by} ahead of that of the files it was compared with; its times are given without that`
      : say`its clock is ${by} behind that of the files it was compared with; its times are given without that`;
  }
}
