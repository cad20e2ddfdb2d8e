import { D, RECORD_DOUBLES } from "./layout.js";
import type { EspPacket } from "./packet.js";
import type { StreamMemory } from "./stream-memory.js";

/** First and last packet of each stream, and the longest pause between two. */
export class TimeAccount {
  readonly #memory: StreamMemory;

  constructor(memory: StreamMemory) {
    this.#memory = memory;
  }

  /** The first packet of a stream. */
  open(record: number, { time, frame }: EspPacket): void {
    const { doubles } = this.#memory;
    const d = record * RECORD_DOUBLES;
    doubles[d + D.firstTime] = time;
    doubles[d + D.firstFrame] = frame;
    doubles[d + D.lastTime] = time;
  }

  /** Any packet, the first one too. */
  take(record: number, { time, frame }: EspPacket): void {
    const { doubles } = this.#memory;
    const d = record * RECORD_DOUBLES;
    const last = doubles[d + D.lastTime] as number;
    if (time >= last) {
      if (time - last > (doubles[d + D.gap] as number)) {
        doubles[d + D.gap] = time - last;
        doubles[d + D.gapFrom] = last;
        doubles[d + D.gapFromFrame] = doubles[d + D.lastFrame] as number;
        doubles[d + D.gapToFrame] = frame;
      }
      doubles[d + D.lastTime] = time;
      doubles[d + D.lastFrame] = frame;
    } else if (time < (doubles[d + D.firstTime] as number)) {
      doubles[d + D.firstTime] = time;
      doubles[d + D.firstFrame] = frame;
    }
  }
}
