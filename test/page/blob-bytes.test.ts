import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BlobBytes } from "../../src/page/worker/blob-bytes.js";
import { filler } from "../support/ike/bytes.js";

const BYTES = filler(300_000, 1);
/** A read that gives nothing for so long is begun again. */
const STALLED_MS = 15_000;

/** A file whose reads stall: each reader gives so many bytes and then nothing more. */
class StallingFile extends Blob {
  /** Offsets at which readers began. */
  readonly begun: number[] = [];
  cancelled = 0;

  constructor(
    private readonly gives: readonly number[],
    private readonly mode: "bytes" | "chunks" = "bytes",
  ) {
    super([BYTES]);
  }

  override slice(start = 0): Blob {
    const number = this.begun.push(start) - 1;
    const end = Math.min(BYTES.length, start + (this.gives[number] ?? BYTES.length));
    return Object.assign(new Blob([]), { stream: () => this.#stream(start, end) });
  }

  #stream(start: number, end: number): ReadableStream {
    let at = start;
    const next = (most: number): Uint8Array<ArrayBuffer> => {
      const piece = Uint8Array.from(BYTES.subarray(at, Math.min(end, at + most)));
      at += piece.length;
      return piece;
    };
    const stalled = new Promise<void>(() => undefined);
    const cancel = (): void => void this.cancelled++;
    if (this.mode === "chunks") {
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: async (controller) => {
          if (at === BYTES.length) controller.close();
          else if (at === end) await stalled;
          else controller.enqueue(next(50_000));
        },
        cancel,
      });
    }
    return new ReadableStream({
      type: "bytes",
      pull: async (controller) => {
        const request = controller.byobRequest;
        const view = request?.view;
        if (at === BYTES.length) {
          controller.close();
          request?.respond(0);
          return;
        }
        if (at === end) return stalled;
        if (view === null || view === undefined || request === null) return controller.enqueue(next(50_000));
        const piece = next(view.byteLength);
        new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(piece);
        request.respond(piece.length);
      },
      cancel,
    });
  }
}

/** Reads all; time passes as fast as it is waited for. */
async function readAll(bytes: BlobBytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const reading = bytes.read();
    reading.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10 * STALLED_MS);
    const chunk = await reading;
    if (chunk === null) return Buffer.concat(parts);
    parts.push(chunk.slice());
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe.each(["bytes", "chunks"] as const)("a file that a browser reads as %s", (mode) => {
  it("is read whole, in one go, where nothing stalls", async () => {
    const file = new StallingFile([], mode);
    expect(Buffer.compare(await readAll(new BlobBytes("a.pcap", file)), BYTES)).toBe(0);
    expect(file.begun).toEqual([0]);
  });

  it("is opened again where it stopped, as often as it stalls", async () => {
    const file = new StallingFile([70_000, 100_000, 0, 30_000], mode);
    expect(Buffer.compare(await readAll(new BlobBytes("a.pcap", file)), BYTES)).toBe(0);
    expect(file.begun).toEqual([0, 70_000, 170_000, 170_000, 200_000]);
    expect(file.cancelled).toBe(4);
  });

  it("that gives nothing more three times in a row is given up, with what to do", async () => {
    const bytes = new BlobBytes("a.pcap", new StallingFile([70_000, 0, 0, 0], mode));
    await expect(readAll(bytes)).rejects.toThrow(
      "a.pcap: at byte 70000: the browser gives no more of this file; choose it again",
    );
  });

  it("that is closed while a read stalls ends there", async () => {
    const file = new StallingFile([0], mode);
    const bytes = new BlobBytes("a.pcap", file);
    const reading = bytes.read();
    await bytes.close();
    await vi.advanceTimersByTimeAsync(STALLED_MS);
    expect(await reading).toBeNull();
    expect(file.cancelled).toBe(1);
  });
});
