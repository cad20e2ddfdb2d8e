import { CaptureFile, type FrameSink } from "../capture-file.js";
import { Dice } from "../esp-captures.js";

/** Of so many packets one is lost, or comes behind the next ones. */
const LOSS = 100;
const LATE = 500;
/** Packets that overtake a late one. */
const OVERTAKING = 5;
/** A mirror port shows a packet again after this time, microseconds. */
const COPY_AFTER = 2;

/** A capture file that loses 1 % of the packets and gets 0.2 % of them late. */
export class LossyFile implements FrameSink {
  readonly #file: CaptureFile;
  readonly #dice = new Dice(5);
  #late: Uint8Array | null = null;
  #wait = 0;

  constructor(path: string) {
    this.#file = new CaptureFile(path);
  }

  add(time: number, frame: Uint8Array): void {
    if (this.#dice.roll(LOSS) === 0) return;
    if (this.#late === null && this.#dice.roll(LATE) === 0) {
      this.#late = frame.slice();
      this.#wait = OVERTAKING;
      return;
    }
    this.#file.add(time, frame);
    if (this.#late === null || --this.#wait > 0) return;
    this.#file.add(time + 1, this.#late);
    this.#late = null;
  }

  close(): void {
    this.#file.close();
  }
}

/** A capture file that holds each packet twice, as a mirror port of both directions gives it. */
export class MirroredFile implements FrameSink {
  readonly #file: CaptureFile;

  constructor(path: string) {
    this.#file = new CaptureFile(path);
  }

  add(time: number, frame: Uint8Array): void {
    this.#file.add(time, frame);
    this.#file.add(time + COPY_AFTER, frame);
  }

  close(): void {
    this.#file.close();
  }
}
