import { type ByteSource, CaptureError } from "../../capture/source.js";

/** The first read is small: of many files waiting to be merged, each holds no more than this. */
const FIRST_CHUNK = 16 * 1024;
const CHUNK = 1024 * 1024;
/** A browser that gives nothing for so long has lost the file, as some do after the machine slept; it is asked again. */
const STALLED_MS = 15_000;
const MOST_TRIES = 3;

/** The bytes of a file that a browser was given, read into one buffer that goes back and forth. */
export class BlobBytes implements ByteSource {
  readonly name: string;
  readonly #blob: Blob;
  #buffer = new ArrayBuffer(FIRST_CHUNK);
  #reader: Reader | null = null;
  #offset = 0;
  #closed = false;

  constructor(name: string, blob: Blob) {
    this.name = name;
    this.#blob = blob;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  async read(): Promise<Uint8Array | null> {
    for (let attempt = 1; !this.#closed; attempt++) {
      const chunk = await this.#next();
      if (chunk !== "stalled") return chunk;
      if (attempt === MOST_TRIES) {
        throw new CaptureError(
          this.name,
          this.#offset,
          "the browser gives no more of this file; choose it again",
        );
      }
      this.#dropReader();
    }
    return null;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#dropReader();
    this.#buffer = new ArrayBuffer(0);
    return Promise.resolve();
  }

  async #next(): Promise<Uint8Array | null | "stalled"> {
    const size = this.#offset === 0 ? FIRST_CHUNK : CHUNK;
    // The buffer of a read that stalled is gone with it.
    if (this.#buffer.byteLength !== size) this.#buffer = new ArrayBuffer(size);
    try {
      this.#reader ??= readerOf(this.#blob.slice(this.#offset));
      const result = await orStalled(this.#reader.read(this.#buffer));
      if (result === "stalled") return result;
      const { done, value } = result;
      if (done || value === undefined) return null;
      if (this.#reader.givesBack) this.#buffer = value.buffer;
      this.#offset += value.length;
      return value;
    } catch (error) {
      if (this.#closed) return null;
      throw new CaptureError(this.name, this.#offset, reasonOf(error));
    }
  }

  #dropReader(): void {
    void this.#reader?.cancel().catch(() => undefined);
    this.#reader = null;
  }
}

/** Bytes from a reader; at the end, none or an empty array. */
interface Read {
  readonly done: boolean;
  readonly value?: Uint8Array<ArrayBuffer> | undefined;
}

/** The part of a reader of bytes that is used. */
interface Reader {
  /** The buffer that it is given comes back with the bytes in it. */
  readonly givesBack: boolean;
  read(buffer: ArrayBuffer): Promise<Read>;
  cancel(): Promise<void>;
}

function readerOf(blob: Blob): Reader {
  const stream = blob.stream();
  try {
    const reader = stream.getReader({ mode: "byob" });
    return {
      givesBack: true,
      read: (buffer) => reader.read(new Uint8Array(buffer)),
      cancel: () => reader.cancel(),
    };
  } catch {
    // Some browsers give each chunk a buffer of its own, which costs memory until it is collected.
    const reader = stream.getReader();
    return { givesBack: false, read: () => reader.read(), cancel: () => reader.cancel() };
  }
}

async function orStalled<T>(read: Promise<T>): Promise<T | "stalled"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<"stalled">((resolve) => {
    timer = setTimeout(() => resolve("stalled"), STALLED_MS);
  });
  try {
    return await Promise.race([read, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

/** Browsers say by the names of their errors what is the matter with a file. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "NotReadableError") {
    return "the file was changed since it was chosen, or is not ours to read; choose it again";
  }
  if (error.name === "NotFoundError") return "this is a folder, or the file is gone; choose its files";
  return error.message;
}
