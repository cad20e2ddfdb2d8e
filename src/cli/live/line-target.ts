import { close, constants, fstatSync, open, openSync, write } from "node:fs";
import type { Writable } from "node:stream";
import { isatty } from "node:tty";
import { promisify } from "node:util";
import { Pause, whileItGoesOn } from "./pause.js";
import { watchOutput } from "../outputs/standard-output.js";

const closeFile = promisify(close);
const openFile = promisify(open);
const writeFile = promisify(write);

const STDOUT = 1;
/** Without O_NONBLOCK, opening a pipe that nobody reads would hold a thread until somebody does. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;
/** The operator and their group: the lines tell who talks to whom. */
const MODE = 0o640;

/** A file or pipe that lines are written to. It never blocks the program: a write that is not possible yet fails with EAGAIN or waits. */
export interface LineTarget {
  /** For messages. */
  readonly name: string;
  /** Writes at least one of the bytes and says how many; throws what the system says. One call at a time. */
  write(bytes: Uint8Array): Promise<number>;
  /** Whether an error of that code says that nobody will ever read what is written. */
  isGone(code: string): boolean;
  /** The next bytes go to a file that is opened anew; false where that means nothing. */
  reopen(): Promise<boolean>;
  close(): Promise<void>;
}

/** A file by its name, made where there is none, appended to. */
export class FileTarget implements LineTarget {
  readonly name: string;
  readonly #path: string;
  #fd: number | null = null;

  constructor(path: string) {
    this.name = this.#path = path;
  }

  /** Throws what the system says where the file cannot be opened; a pipe whose reader is not there yet is none of these. */
  async check(): Promise<void> {
    try {
      this.#fd ??= await openFile(this.#path, APPEND, MODE);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENXIO") return;
      throw error;
    }
  }

  async write(bytes: Uint8Array): Promise<number> {
    this.#fd ??= await openFile(this.#path, APPEND, MODE);
    return (await writeFile(this.#fd, bytes)).bytesWritten;
  }

  isGone(code: string): boolean {
    return code === "EPIPE";
  }

  async reopen(): Promise<boolean> {
    // An error at the closing of a file comes too late to be mended.
    await this.close().catch(() => {});
    return true;
  }

  async close(): Promise<void> {
    const fd = this.#fd;
    this.#fd = null;
    if (fd !== null) await closeFile(fd);
  }
}

/** A stream that waits for its reader by itself, such as a pipe. */
export class StreamTarget implements LineTarget {
  readonly name: string;
  readonly #stream: Writable;

  constructor(name: string, stream: Writable) {
    this.name = name;
    this.#stream = stream;
    // The write that failed tells it; without a listener the program would end.
    stream.on("error", () => {});
  }

  write(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#stream.write(bytes, (error) => {
        if (error instanceof Error) reject(error);
        else resolve(bytes.length);
      });
    });
  }

  isGone(code: string): boolean {
    return code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_DESTROYED";
  }

  reopen(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A descriptor that stays open: standard output as a file, or as a terminal. */
class DescriptorTarget implements LineTarget {
  readonly name: string;
  readonly #fd: number;
  readonly #isTerminal: boolean;

  constructor(name: string, fd: number, isTerminal: boolean) {
    this.name = name;
    this.#fd = fd;
    this.#isTerminal = isTerminal;
  }

  async write(bytes: Uint8Array): Promise<number> {
    return (await writeFile(this.#fd, bytes)).bytesWritten;
  }

  /** A terminal that was hung up fails with EIO; on a disk that may pass. */
  isGone(code: string): boolean {
    return code === "EPIPE" || (code === "EIO" && this.#isTerminal);
  }

  reopen(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Standard output, whatever it is, so that a reader who stands still does not hold the program. From now on whoever writes
 * there ends the program when the reader goes away.
 */
export function standardOutput(): LineTarget {
  const name = "standard output";
  watchOutput();
  if (fstatSync(STDOUT).isFile()) return new DescriptorTarget(name, STDOUT, false);
  const terminal = isatty(STDOUT) ? openTerminal() : null;
  return terminal === null
    ? new StreamTarget(name, process.stdout)
    : new DescriptorTarget(name, terminal, true);
}

/** Opened afresh, since Node writes to terminals in blocking mode, and the descriptor is shared with the shell. */
function openTerminal(): number | null {
  try {
    return openSync("/dev/stdout", constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // If there is no such handle, the terminal is written to as all programs do.
    return null;
  }
}

/** ms until a target that takes nothing is tried again. */
const RETRY_MS = 30;

/** Bytes that are handed on at a time. */
const PIECE = 64 * 1024;

/** Writes all of the bytes; false where none was taken within so many milliseconds, or nobody will ever read them. */
export async function writeWithin(
  target: LineTarget,
  bytes: Uint8Array,
  milliseconds: number,
): Promise<boolean> {
  let taken = 0;
  const giveUp = new AbortController();
  const write = async (): Promise<void> => {
    while (taken < bytes.length && !giveUp.signal.aborted) {
      try {
        taken += await target.write(bytes.subarray(taken, taken + PIECE));
      } catch {
        await new Pause().wait(RETRY_MS);
      }
    }
  };
  const writing = write();
  await whileItGoesOn(
    milliseconds,
    () => (taken < bytes.length ? writing : null),
    () => taken,
  );
  giveUp.abort();
  return taken === bytes.length;
}
