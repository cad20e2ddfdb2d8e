import { inEnglish } from "../../../src/texts/texts.js";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import {
  EventOutput,
  type EventFormat,
  JSON_EVENTS,
  textEvents,
} from "../../../src/cli/live/event-output.js";
import { LineQueue } from "../../../src/cli/live/line-queue.js";
import { FileTarget, type LineTarget, StreamTarget } from "../../../src/cli/live/line-target.js";
import type { LiveEvent } from "../../../src/live/event.js";
import { paintFor } from "../../../src/report/paint.js";
import { eventFaultsOf } from "../../support/schema.js";
import { NOW, raised } from "../../support/live/events.js";
import { until } from "../../support/until.js";

const scratch = mkdtempSync(join(tmpdir(), "ikescope-output-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

/** Lines of a number only, so that a test can count them. */
const NUMBERS: EventFormat = {
  event: (event) => ("text" in event ? inEnglish(event.text) : "?"),
  lost: (count) => `lost ${count}`,
};

const note = (text: string): LiveEvent => ({ kind: "capture-started", time: NOW, text });
const ended = (text: string): LiveEvent => ({ kind: "ended", time: NOW, text });

/** Numbers up to `count` that were received or counted as lost, in the order of the lines. */
function accounted(lines: readonly string[]): { readonly received: number; readonly lost: number } {
  const numbers = lines.filter((line) => /^\d+$/.test(line)).map(Number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  const lost = lines.flatMap((line) => /^lost (\d+)$/.exec(line)?.[1] ?? []).map(Number);
  return { received: numbers.length, lost: lost.reduce((sum, count) => sum + count, 0) };
}

/** Fails as it is told to, and keeps what it is given. */
class FakeTarget implements LineTarget {
  readonly name = "a fake";
  text = "";
  /** What the next writes do: take so many bytes, or fail with that code. */
  readonly plan: (number | string)[] = [];
  readonly files: string[] = [];

  write(bytes: Uint8Array): Promise<number> {
    const next = this.plan.shift() ?? bytes.length;
    if (typeof next === "string") {
      return Promise.reject(Object.assign(new Error(`${next}: it is so`), { code: next }));
    }
    this.text += new TextDecoder().decode(bytes.subarray(0, next));
    return Promise.resolve(Math.min(next, bytes.length));
  }

  isGone(code: string): boolean {
    return code === "EPIPE";
  }

  reopen(): Promise<boolean> {
    this.files.push(this.text);
    this.text = "";
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function outputTo(target: LineTarget, limits = { lines: 100, bytes: 1e6 }) {
  const said: string[] = [];
  let gone = 0;
  const output = new EventOutput(target, NUMBERS, {
    say: (text) => said.push(inEnglish(text)),
    onGone: () => gone++,
    limits,
    retryMs: 1,
  });
  return { output, said, gone: () => gone };
}

describe("the queue of lines", () => {
  const lost = (count: number): string => `lost ${count}`;
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

  it("gives up the oldest lines where there are too many, and says so in their place", () => {
    const queue = new LineQueue({ lines: 3, bytes: 1000 }, lost);
    for (let number = 1; number <= 10; number++) queue.add(String(number), false);
    expect(text(queue.take())).toBe("lost 7\n8\n9\n10\n");
    expect(queue.isEmpty).toBe(true);
  });

  it("is bounded by bytes too", () => {
    const queue = new LineQueue({ lines: 1000, bytes: 50 }, lost);
    for (let number = 0; number < 10; number++) queue.add("x".repeat(19), false);
    expect(text(queue.take())).toBe(`lost 8\n${"x".repeat(19)}\n${"x".repeat(19)}\n`);
  });

  it("never gives up a final line", () => {
    const queue = new LineQueue({ lines: 2, bytes: 1000 }, lost);
    queue.add("the end", true);
    for (let number = 1; number <= 5; number++) queue.add(String(number), false);
    expect(text(queue.take())).toBe("lost 4\nthe end\n5\n");
  });

  it("keeps its account over a hundred thousand lines that nobody takes, and some that are taken", () => {
    const queue = new LineQueue({ lines: 2000, bytes: 1e6 }, lost);
    let out = "";
    for (let number = 1; number <= 100_000; number++) {
      queue.add(String(number), false);
      if (number % 30_000 === 0) out += text(queue.take());
    }
    while (!queue.isEmpty) out += text(queue.take());
    const { received, lost: given } = accounted(out.trim().split("\n"));
    expect(received + given).toBe(100_000);
    expect(received).toBeLessThanOrEqual(4 * 2000);
  });
});

describe("the output of events", () => {
  it("writes each at once, as the schema says", () => {
    const target = new FakeTarget();
    const output = new EventOutput(target, JSON_EVENTS, { say: () => {} });
    output.event(raised());
    expect(target.text.endsWith("\n")).toBe(true);
    expect(eventFaultsOf(target.text)).toEqual([]);
  });

  it("writes lines for people where that is asked for", () => {
    const target = new FakeTarget();
    const output = new EventOutput(target, textEvents(paintFor(false)), { say: () => {} });
    output.event(raised());
    expect(target.text).toMatch(/^\S+ {2}RAISED critical natt-4500-unanswered .*\n$/);
    expect(textEvents(paintFor(false)).lost?.(3, NOW)).toMatch(/ LOST {2}3 events were not written/);
  });

  it("writes on where the reader went away and the place is opened anew", async () => {
    const target = new FakeTarget();
    target.plan.push("EPIPE");
    const { output, gone } = outputTo(target);
    output.event(note("1"));
    await until(() => gone() === 1);
    output.reopen();
    await until(() => target.files.length === 1);
    output.event(note("2"));
    expect(await output.end(10_000)).toBe(true);
    expect(target.text).toBe("2\n");
  });

  it("says in the schema's words how many were lost", () => {
    expect(eventFaultsOf(JSON_EVENTS.lost?.(3, NOW) ?? "")).toEqual([]);
  });

  it("goes on where a write took a part of the bytes only", async () => {
    const target = new FakeTarget();
    target.plan.push(1, 2, "EAGAIN", 3);
    const { output, said } = outputTo(target);
    output.event(note("12345"));
    output.event(ended("67890"));
    expect(await output.end(10_000)).toBe(true);
    expect(target.text).toBe("12345\n67890\n");
    expect(said).toEqual([]);
  });

  it("says once that the disk is full, tries again, and says it anew when it is full anew", async () => {
    const target = new FakeTarget();
    target.plan.push("ENOSPC", "ENOSPC", "ENOSPC");
    const { output, said } = outputTo(target);
    output.event(note("1"));
    await until(() => target.text === "1\n");
    expect(said).toEqual(["events cannot be written to a fake (tried again): ENOSPC: it is so"]);
    target.plan.push("ENOSPC");
    output.event(note("2"));
    expect(await output.end(10_000)).toBe(true);
    expect(target.text).toBe("1\n2\n");
    expect(said.length).toBe(2);
  });

  it("ends where the reader went away, tells that once, and is quiet from then on", async () => {
    const target = new FakeTarget();
    target.plan.push("EPIPE");
    const { output, said, gone } = outputTo(target);
    output.event(note("1"));
    await until(() => gone() === 1);
    output.event(note("2"));
    await output.end(1000);
    expect([target.text, gone(), said]).toEqual(["", 1, []]);
  });

  it("does not wait for ever at its end", async () => {
    const target = new FakeTarget();
    target.write = () => new Promise(() => {});
    const { output } = outputTo(target);
    output.event(note("1"));
    expect(await output.end(10)).toBe(false);
  });

  it("waits at its end for a reader who comes slowly along, but not without an end", async () => {
    vi.useFakeTimers();
    try {
      const tenIn = (milliseconds: number): Promise<boolean> => {
        const target = new FakeTarget();
        // A line and its end at a time.
        target.write = async () => {
          await new Promise((resolve) => setTimeout(resolve, milliseconds));
          return 2;
        };
        const { output } = outputTo(target);
        for (let number = 0; number < 10; number++) output.event(note(String(number)));
        return output.end(1000);
      };
      const ends = Promise.all([tenIn(400), tenIn(900), tenIn(1100)]);
      await vi.advanceTimersByTimeAsync(5000);
      expect(await ends).toEqual([true, false, false]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("begins a line again in the new file that a full disk cut in the old one", async () => {
    const target = new FakeTarget();
    target.plan.push(5, 3, ...Array.from({ length: 10_000 }, () => "ENOSPC"));
    const { output, said } = outputTo(target);
    output.event(note("1111"));
    output.event(note("2222"));
    await until(() => said.length > 0);
    target.plan.length = 0;
    output.reopen();
    expect(await output.end(10_000)).toBe(true);
    expect([...target.files, target.text]).toEqual(["1111\n222", "2222\n"]);
  });
});

describe("a reader that stands still", () => {
  it("of a pipe holds up nothing; when it comes back it is told what it missed", async () => {
    const child = spawn("sh", ["-c", "kill -STOP $$; exec cat"], { stdio: ["pipe", "pipe", "ignore"] });
    children.push(child);
    let received = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (received += text));
    const { output } = outputTo(new StreamTarget("a pipe", child.stdin), { lines: 500, bytes: 1e6 });
    for (let number = 1; number <= 200_000; number++) {
      output.event(note(String(number)));
      if (number % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    // What a pipe and the write under way hold, and the queue: nothing else is kept.
    child.kill("SIGCONT");
    output.event(ended("the end"));
    expect(await output.end(30_000)).toBe(true);
    child.stdin.end();
    await new Promise((resolve) => child.on("close", resolve));
    const lines = received.trim().split("\n");
    const account = accounted(lines);
    expect(account.received + account.lost).toBe(200_000);
    expect(account.lost).toBeGreaterThan(50_000);
    expect(lines.at(-1)).toBe("the end");
  });

  it("of a named pipe is waited for without a thread that hangs", async () => {
    const path = join(scratch, "fifo");
    execFileSync("mkfifo", [path]);
    const { output, said } = outputTo(new FileTarget(path), { lines: 500, bytes: 1e6 });
    output.event(note("0"));
    await until(() => said.length === 1);
    expect(said[0]).toMatch(/ENXIO/);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    for (let number = 1; number <= 50_000; number++) {
      output.event(note(String(number)));
      if (number % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    output.event(ended("the end"));
    let text = "";
    const buffer = new Uint8Array(65_536);
    while (!text.endsWith("the end\n")) {
      text += new TextDecoder().decode(buffer.subarray(0, readSome(reader, buffer)));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await output.end(10_000)).toBe(true);
    closeSync(reader);
    const account = accounted(text.trim().split("\n"));
    expect(account.received + account.lost).toBe(50_001);
    expect(account.lost).toBeGreaterThan(1000);
  });
});

/** What a pipe holds; 0 where that is nothing. */
function readSome(fd: number, buffer: Uint8Array): number {
  try {
    return readSync(fd, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw error;
  }
}

describe("a file of events", () => {
  it("is appended to, and nobody else can read it", async () => {
    const path = join(scratch, "events");
    for (const text of ["1", "2"]) {
      const { output } = outputTo(new FileTarget(path));
      output.event(note(text));
      await output.end(10_000);
    }
    expect(readFileSync(path, "utf8")).toBe("1\n2\n");
    expect(statSync(path).mode & 0o137).toBe(0);
  });

  it("goes on under its name after a rotation, and no line is lost or cut", async () => {
    const path = join(scratch, "rotated");
    const { output } = outputTo(new FileTarget(path), { lines: 100_000, bytes: 1e8 });
    const files = [path];
    for (let number = 1; number <= 20_000; number++) {
      output.event(note(String(number)));
      if (number % 4000 !== 0) continue;
      await until(() => existsSync(path));
      renameSync(path, `${path}.${number}`);
      files.unshift(`${path}.${number}`);
      output.reopen();
      output.event(note("0"));
    }
    expect(await output.end(10_000)).toBe(true);
    const numbers = files
      .toReversed()
      .flatMap((file) => readFileSync(file, "utf8").trim().split("\n"))
      .filter((line) => line !== "0");
    expect(new Set(numbers).size).toBe(20_000);
    expect(numbers.length).toBe(20_000);
  });

  it("on a full disk is said once, and what was not written is told at the end", async () => {
    const { output, said } = outputTo(new FileTarget("/dev/full"));
    for (let number = 1; number <= 10; number++) output.event(note(String(number)));
    await until(() => said.length > 0);
    expect(await output.end(50)).toBe(false);
    expect(said.length).toBe(1);
    expect(said[0]).toMatch(/^events cannot be written to \/dev\/full \(tried again\): ENOSPC/);
  });

  it("in a folder that is not there is waited for, and said once", async () => {
    const path = join(scratch, "later", "events");
    const { output, said } = outputTo(new FileTarget(path));
    output.event(note("1"));
    await until(() => said.length > 0);
    execFileSync("mkdir", [join(scratch, "later")]);
    await until(() => existsSync(path));
    expect(await output.end(10_000)).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("1\n");
    expect(said.length).toBe(1);
  });
});
