import type { Micros } from "../bytes/time.js";
import type { CaptureRecord, CaptureSource, CaptureSummary } from "./source.js";

/** The part of captures that is read, by the times of their records. */
export interface TimeWindow {
  /** Both ends belong to it; minus infinity and infinity where it is open. `first` is the time of the first record of all. */
  bounds(first: Micros): { readonly from: Micros; readonly to: Micros };
  /** Says of a part of a file that was left out what a reader of the report is told. */
  note(left: LeftOut): string;
}

/** Packets of a file before and behind the window, and the times of its first and last packet. */
export interface LeftOut {
  readonly before: number;
  readonly after: number;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}

/** The part of one capture that lies in the window, and how many packets lie before and behind it. */
interface Share {
  packets: number;
  bytes: number;
  cut: number;
  firstTime: Micros;
  lastTime: Micros;
  before: number;
  after: number;
}

/** Captures of which only the records of a window are handed out. Frames keep their numbers; the summaries tell what was left out. */
export class WindowedSource implements CaptureSource {
  readonly record: CaptureRecord;
  /** Each record is looked at. */
  readonly ready = null;
  readonly readyUntil = Infinity;
  readonly #source: CaptureSource;
  readonly #window: TimeWindow;
  readonly #firstCapture: number;
  readonly #shares = new Map<number, Share>();
  #bounds: ReturnType<TimeWindow["bounds"]> | null = null;

  /** `firstCapture` is the index of the first file of the source, where it holds not all of them. */
  constructor(source: CaptureSource, window: TimeWindow, firstCapture = 0) {
    this.#source = source;
    this.#window = window;
    this.#firstCapture = firstCapture;
    this.record = source.record;
  }

  next(): boolean {
    while (this.#source.next()) if (this.#isInside()) return true;
    return false;
  }

  fill(): Promise<boolean> {
    return this.#source.fill();
  }

  summaries(): readonly CaptureSummary[] {
    return this.#source
      .summaries()
      .map((summary, index) => this.#windowed(summary, this.#shares.get(this.#firstCapture + index)));
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  #isInside(): boolean {
    const { time, start, end, originalLength, capture } = this.record;
    const { from, to } = (this.#bounds ??= this.#window.bounds(time));
    const share = this.#shareOf(capture);
    if (time < from || time > to) {
      if (time < from) share.before++;
      else share.after++;
      return false;
    }
    share.packets++;
    share.bytes += end - start;
    if (end - start < originalLength) share.cut++;
    share.firstTime = Math.min(share.firstTime, time);
    share.lastTime = Math.max(share.lastTime, time);
    return true;
  }

  #shareOf(capture: number): Share {
    let share = this.#shares.get(capture);
    if (share === undefined) {
      share = { packets: 0, bytes: 0, cut: 0, firstTime: Infinity, lastTime: -Infinity, before: 0, after: 0 };
      this.#shares.set(capture, share);
    }
    return share;
  }

  #windowed(summary: CaptureSummary, share: Share | undefined): CaptureSummary {
    if (share === undefined || share.before + share.after === 0) return summary;
    const { packets, bytes, cut, firstTime, lastTime, before, after } = share;
    const { stepBack, firstTime: first, lastTime: last } = summary;
    const left = { before, after, firstTime: first ?? 0, lastTime: last ?? 0 };
    const isStepInside = stepBack !== null && stepBack.time >= firstTime && stepBack.time <= lastTime;
    return {
      ...summary,
      packets,
      bytes,
      cutBySnapLength: cut,
      firstTime: packets === 0 ? null : firstTime,
      lastTime: packets === 0 ? null : lastTime,
      stepBack: isStepInside ? stepBack : null,
      notes: [...summary.notes, { kind: "time-window", text: this.#window.note(left) }],
    };
  }
}
