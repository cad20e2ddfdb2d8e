import { PassThrough, Writable } from "node:stream";

/** A terminal that notes what is written, and takes it when told to. */
export class FakeOutput extends Writable {
  readonly isTTY = true;
  columns = 80;
  rows = 12;
  readonly written: string[] = [];
  isSlow = false;
  #taken: (() => void) | null = null;

  constructor() {
    super({ highWaterMark: 1, decodeStrings: false });
  }

  override _write(chunk: string, _: BufferEncoding, done: () => void): void {
    this.written.push(chunk);
    if (this.isSlow) this.#taken = done;
    else done();
  }

  take(): void {
    this.isSlow = false;
    this.#taken?.();
  }
}

/** A keyboard that notes its modes. */
export class FakeInput extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  readonly modes: boolean[] = [];

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    this.modes.push(isRaw);
    return this;
  }
}
