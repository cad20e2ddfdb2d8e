import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "../../../src/cli/exit.js";
import { answersIn, UNANSWERED_MS } from "../../../src/cli/nats/answers.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A fetch that gives so many messages, and then its end or nothing any more. */
function fetchOf(
  count: number,
  isEnded: boolean,
): AsyncIterable<number> & { stop(): void; isStopped: boolean } {
  return {
    isStopped: false,
    stop() {
      this.isStopped = true;
    },
    async *[Symbol.asyncIterator]() {
      for (let number = 1; number <= count; number++) yield number;
      if (!isEnded) await new Promise(() => {});
    },
  };
}

describe("the answers to one fetch", () => {
  it("are all its messages, however long each is looked at", async () => {
    const taken: number[] = [];
    for await (const number of answersIn(fetchOf(3, true))) {
      taken.push(number);
      await vi.advanceTimersByTimeAsync(UNANSWERED_MS * 2);
    }
    expect(taken).toEqual([1, 2, 3]);
  });

  it("end with an error where the server says nothing any more, not even that there are no more", async () => {
    const messages = fetchOf(2, false);
    const answers = answersIn(messages);
    expect([(await answers.next()).value, (await answers.next()).value]).toEqual([1, 2]);
    const third = expect(answers.next()).rejects.toThrow(UsageError);
    await vi.advanceTimersByTimeAsync(UNANSWERED_MS);
    await third;
    expect(messages.isStopped).toBe(true);
  });

  it("are waited for again where this program itself stood still", async () => {
    const messages = fetchOf(1, false);
    const answers = answersIn(messages);
    await answers.next();
    const second = expect(answers.next()).rejects.toThrow(UsageError);
    // The clock goes on by an hour, and the timer fires when the program does.
    const now = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(now + 3_600_000);
    await vi.advanceTimersByTimeAsync(UNANSWERED_MS);
    expect(messages.isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(UNANSWERED_MS);
    await second;
    expect(messages.isStopped).toBe(true);
  });

  it("are stopped by who wants no more", async () => {
    const messages = fetchOf(5, false);
    for await (const number of answersIn(messages)) if (number === 2) break;
    expect(messages.isStopped).toBe(true);
  });
});
