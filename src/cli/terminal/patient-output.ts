import { closeSync, constants, openSync, writeSync } from "node:fs";
import type { TerminalOutput } from "./streams.js";

/** ms until a terminal that takes nothing is tried again. */
const RETRY_MS = 30;
/** Milliseconds in which the last output is tried: a terminal that hangs must not keep the program. */
const LAST_TRIES_MS = 300;
const PAUSE_MS = 10;

/**
 * Writes to a terminal and never waits for it. Node's own stream of a terminal blocks the whole program while a remote
 * shell hangs, and then the capture would stop too; so the terminal is opened once more without blocking. Where that
 * cannot be done, the stream is written to.
 */
export class PatientOutput {
  readonly #stream: TerminalOutput;
  readonly #onIdle: () => void;
  readonly #onGone: () => void;
  readonly #onDrain = (): void => {
    this.#isFull = false;
    this.#onIdle();
  };
  #fd: number | null = null;
  #pending: Uint8Array = new Uint8Array();
  #isFull = false;
  #retry: NodeJS.Timeout | null = null;

  /** `onIdle` is called when all is written after a time in which the output was busy; `onGone` when nobody reads any more. */
  constructor(stream: TerminalOutput, onIdle: () => void, onGone: () => void) {
    this.#stream = stream;
    this.#onIdle = onIdle;
    this.#onGone = onGone;
  }

  open(): void {
    this.#stream.on("drain", this.#onDrain);
    this.#stream.on("error", this.#onGone);
    if (this.#stream.isTTY === true && this.#stream.fd !== undefined) this.#fd = opened(this.#stream.fd);
  }

  /** Whether earlier output has not gone out yet: write no more now. */
  get isBusy(): boolean {
    return this.#isFull || this.#pending.length > 0;
  }

  write(text: string): void {
    if (this.#fd === null) {
      this.#isFull = !this.#stream.write(text) || this.#isFull;
      return;
    }
    this.#pending = Buffer.concat([this.#pending, Buffer.from(text)]);
    this.#push(this.#fd);
  }

  /** Writes at once, for the program may end; what was left of a picture is dropped. Then nothing can be written. */
  close(last: string): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#stream.off("drain", this.#onDrain);
    const fd = this.#fd;
    this.#fd = null;
    this.#isFull = false;
    if (fd === null) {
      // A terminal that is gone says so after the write; it is no news any more.
      this.#stream.write(last, () => setImmediate(() => this.#stream.off("error", this.#onGone)));
      return;
    }
    this.#stream.off("error", this.#onGone);
    // A sequence that was cut off is cancelled.
    const text = Buffer.from(this.#pending.length > 0 ? `\u0018${last}` : last);
    this.#pending = new Uint8Array();
    writeSoon(fd, text);
    closeSync(fd);
  }

  #push(fd: number): void {
    const written = tryWrite(fd, this.#pending);
    if (written === null) {
      this.#pending = new Uint8Array();
      this.#onGone();
      return;
    }
    this.#pending = this.#pending.subarray(written);
    if (this.#pending.length === 0) return;
    this.#retry ??= setTimeout(() => {
      this.#retry = null;
      this.#push(fd);
      if (this.#pending.length === 0) this.#onIdle();
    }, RETRY_MS);
  }
}

/** The terminal of a descriptor once more, without blocking; null where the system has no way to do so. */
function opened(fd: number): number | null {
  try {
    return openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return null;
  }
}

/** How many bytes went out, 0 where there is no room; null where the terminal is gone. */
function tryWrite(fd: number, bytes: Uint8Array): number | null {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code === "EAGAIN" || code === "EINTR" ? 0 : null;
  }
}

function writeSoon(fd: number, bytes: Uint8Array): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  let rest = bytes;
  for (let waited = 0; rest.length > 0 && waited < LAST_TRIES_MS; waited += PAUSE_MS) {
    const written = tryWrite(fd, rest);
    if (written === null) return;
    rest = rest.subarray(written);
    if (rest.length > 0) Atomics.wait(clock, 0, 0, PAUSE_MS);
  }
}
