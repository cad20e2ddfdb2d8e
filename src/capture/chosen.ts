import { SummaryBuilder } from "./summary.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** The frames of a capture that are wanted, as if they had a file of their own: the summary counts them alone. */
export class ChosenFrames implements CaptureSource {
  readonly record: CaptureRecord;
  /** Each record is looked at. */
  readonly ready = null;
  readonly readyUntil = Infinity;
  readonly #source: CaptureSource;
  readonly #isWanted: (record: CaptureRecord) => boolean;
  readonly #chosen = new SummaryBuilder();

  constructor(source: CaptureSource, isWanted: (record: CaptureRecord) => boolean) {
    this.#source = source;
    this.#isWanted = isWanted;
    this.record = source.record;
  }

  next(): boolean {
    while (this.#source.next()) {
      if (!this.#isWanted(this.record)) continue;
      this.#chosen.count(this.record);
      return true;
    }
    return false;
  }

  fill(): Promise<boolean> {
    return this.#source.fill();
  }

  summaries(): readonly CaptureSummary[] {
    return this.#source.summaries().map((file) => {
      const { packets, bytes, firstTime, lastTime, cutBySnapLength, stepBack } = this.#chosen.build(
        file.file,
        file.compressed,
      );
      return { ...file, packets, bytes, firstTime, lastTime, cutBySnapLength, stepBack };
    });
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
