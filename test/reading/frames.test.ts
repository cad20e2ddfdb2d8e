import { expect, it } from "vitest";
import { CaptureError, type CaptureRecord, type CaptureSource } from "../../src/capture/source.js";
import { readFrames } from "../../src/reading/frames.js";

/** A source of numbered frames: an error stands for a file that breaks there, a function for a pipe that stays silent from there on. */
function sourceOf(pieces: readonly (number | Error | (() => void))[]): CaptureSource & { isClosed: boolean } {
  const record: CaptureRecord = {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    originalLength: 0,
    time: 0,
    nanos: 0,
    linkType: 1,
    frame: 0,
    capture: 0,
    direction: 0,
  };
  const left = [...pieces];
  let ready: number[] = [];
  return {
    record,
    ready: null,
    readyUntil: Infinity,
    isClosed: false,
    next() {
      const frame = ready.shift();
      if (frame === undefined) return false;
      record.frame = frame;
      return true;
    },
    async fill() {
      const piece = left.shift();
      if (typeof piece === "function") {
        setImmediate(piece);
        return new Promise<boolean>(() => undefined);
      }
      if (piece instanceof Error) throw piece;
      if (piece === undefined) return false;
      ready = [piece];
      return true;
    },
    summaries: () => [],
    async close() {
      this.isClosed = true;
    },
  };
}

async function framesOf(
  source: CaptureSource,
  signal?: AbortSignal,
): Promise<{ frames: number[]; error: CaptureError | null; isWhole: boolean }> {
  const frames: number[] = [];
  const reader = { frame: (record: CaptureRecord) => frames.push(record.frame) };
  return { ...(await readFrames(source, reader, signal === undefined ? {} : { signal })), frames };
}

it("a file that breaks hides nothing of the others, and the first fault is told", async () => {
  const [first, second] = [new CaptureError("a.pcap", 24, "broken"), new CaptureError("b.pcap", 8, "broken")];
  const source = sourceOf([1, first, 2, second, 3]);
  expect(await framesOf(source)).toEqual({ frames: [1, 2, 3], error: first, isWhole: true });
  expect(source.isClosed).toBe(true);
});

it("what is no fault of a capture is thrown on, and the source is closed", async () => {
  const source = sourceOf([1, new TypeError("a mistake")]);
  await expect(framesOf(source)).rejects.toThrow("a mistake");
  expect(source.isClosed).toBe(true);
});

it("an abort ends the reading of a pipe that stays silent, which then is not whole", async () => {
  const abort = new AbortController();
  const source = sourceOf([1, () => abort.abort(), 2]);
  expect(await framesOf(source, abort.signal)).toEqual({ frames: [1], error: null, isWhole: false });
  expect(source.isClosed).toBe(true);
});
