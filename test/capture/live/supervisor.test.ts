import { inEnglish } from "../../../src/texts/texts.js";
import { describe, expect, it } from "vitest";
import { type LiveCapture, type LiveEnding, LiveError } from "../../../src/capture/node/live/live-capture.js";
import {
  type CaptureChange,
  superviseCaptures,
  type Waiting,
} from "../../../src/capture/node/live/supervisor.js";

/** Time that passes only when somebody waits. */
class StoryClock implements Waiting {
  #now = 0;
  readonly pauses: number[] = [];

  now(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(new Error("aborted"));
    this.pauses.push(milliseconds);
    this.pass(milliseconds);
    return Promise.resolve();
  }
}

const CRASH: LiveEnding = { kind: "failed", text: "tcpdump ended with exit status 1" };

class StoryCapture implements LiveCapture {
  readonly backend = "tcpdump";
  readonly clock = "kernel";
  readonly name = "eth0";
  readonly ending = Promise.resolve(CRASH);
  isClosed = false;
  isStopped = false;

  drops(): number | null {
    return null;
  }
  askDrops(): void {}
  stop(): void {
    this.isStopped = true;
  }
  read(): Promise<null> {
    return Promise.resolve(null);
  }
  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

/** What each start of a capture brings: one that runs for so many milliseconds, or a fault. */
type Start = number | LiveError;

/** Supervises until the starts are used up; what was told, waited for, and opened. */
async function story(starts: readonly Start[]) {
  const clock = new StoryClock();
  const abort = new AbortController();
  const told: string[] = [];
  const captures: StoryCapture[] = [];
  const lifetimes: number[] = [];
  let next = 0;
  const open = async (): Promise<LiveCapture> => {
    const start = starts[next++];
    if (start === undefined) throw new TypeError("the story has no more starts");
    if (start instanceof LiveError) throw start;
    expect(captures.every(({ isClosed }) => isClosed)).toBe(true);
    lifetimes.push(start);
    const capture = new StoryCapture();
    captures.push(capture);
    return capture;
  };
  const onChange = ({ kind, text }: CaptureChange): void => {
    told.push(`${kind}: ${inEnglish(text)}`);
  };
  const all = superviseCaptures({ interface: "eth0", open, signal: abort.signal, onChange, waiting: clock });
  for await (const _ of all) {
    clock.pass(lifetimes.at(-1) ?? 0);
    if (next === starts.length) abort.abort();
  }
  return { told, pauses: clock.pauses, captures };
}

const gone = new LiveError("missing-interface", "there is no interface eth0");
const down = new LiveError("interface-down", "the interface eth0 is down");

describe("the supervision of a capture", () => {
  it("begins it again after a pause that doubles up to a minute", async () => {
    const { pauses } = await story([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it("begins with a short pause again once a capture has run for a minute", async () => {
    const { pauses } = await story([0, 59_000, 60_000, 0, 0]);
    expect(pauses).toEqual([1000, 2000, 1000, 2000]);
  });

  it("tells each loss and each resumption in one sentence", async () => {
    expect((await story([5000, 0])).told).toEqual([
      "started: Capturing on eth0 with tcpdump.",
      "lost: The capture on eth0 was lost: tcpdump ended with exit status 1; it is begun again in 1 s.",
      "resumed: The capture on eth0 runs again; what passed in 1 s was not seen.",
    ]);
  });

  it("looks for an interface each second, however long it is away, and says so once", async () => {
    const { told, pauses } = await story([0, ...Array.from({ length: 90 }, () => gone), down, down, 0]);
    expect(pauses).toEqual(Array.from({ length: 93 }, () => 1000));
    expect(told.slice(2)).toEqual([
      "waiting: The interface eth0 is gone; the capture goes on when it is back.",
      "waiting: The interface eth0 is down; the capture goes on when it is back.",
      "resumed: The capture on eth0 runs again; what passed in 93 s was not seen.",
    ]);
  });

  it("goes on trying where another fault comes up later", async () => {
    const denied = new LiveError("permission", "tcpdump may not capture on eth0");
    const { told, pauses } = await story([0, denied, denied, 0]);
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(told[2]).toBe("waiting: The capture cannot be begun again yet: tcpdump may not capture on eth0.");
    expect(told).toHaveLength(4);
  });

  it("throws a fault of the first start, whatever it is", async () => {
    for (const fault of [
      gone,
      down,
      new LiveError("bad-filter", "no"),
      new LiveError("missing-tool", "no"),
    ]) {
      await expect(story([fault, 0])).rejects.toBe(fault);
    }
  });

  it("stops the capture when it is to end, and closes it", async () => {
    const { captures, told } = await story([0]);
    expect(captures).toMatchObject([{ isStopped: true, isClosed: true }]);
    expect(told).toHaveLength(1);
  });

  it("closes the capture also when the caller goes away", async () => {
    const capture = new StoryCapture();
    const options = { interface: "eth0", signal: new AbortController().signal, onChange: () => {} };
    for await (const _ of superviseCaptures({ ...options, open: async () => capture })) break;
    expect(capture.isClosed).toBe(true);
  });
});
