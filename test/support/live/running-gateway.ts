import { CaptureReader } from "../../../src/capture/reader.js";
import { FrameKeeper } from "../../../src/extract/live/frame-keeper.js";
import { LiveEngine } from "../../../src/live/engine.js";
import { RecentFrames } from "../../../src/live/recent-frames.js";
import { MemoryBytes } from "../capture/memory-bytes.js";

/** Bytes of the capture that come with each step. */
const STEP = 4096;

/** The engine of `live` with its memory, to which a recorded capture comes step by step. */
export class RunningGateway {
  readonly recent = new RecentFrames();
  readonly engine: LiveEngine;
  readonly #source: CaptureReader;

  constructor(file: Uint8Array) {
    this.#source = new CaptureReader(this.recent.tee(new MemoryBytes(file, [STEP]), 0));
    const silent = { event: () => undefined, setup: () => undefined };
    this.engine = new LiveEngine({ interface: "eth0", streams: 64, judging: Infinity }, silent, 0);
    const keeper = new FrameKeeper(this.recent, () => true);
    this.engine.onFrame = (record) => keeper.frame(record, record.frame);
    this.engine.begin(0, "begun");
  }

  /** Takes what comes next; false where that was all. */
  async step(): Promise<boolean> {
    const isMore = await this.#source.fill();
    this.engine.take(this.#source);
    this.engine.tick(this.engine.now);
    return isMore;
  }
}
