import type { StreamInfo } from "@nats-io/jetstream";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/cli/exit.js";
import { Standstill } from "../../../src/cli/nats/standstill.js";

const SINCE = new Date("2026-11-29T12:00:00Z");
const LATER = "2026-11-29T12:01:00Z";
const BEFORE = "2026-11-29T11:00:00Z";

/** A consumer of a stream whose newest event has that number and time. */
function consumerOf(last_seq: number, last_ts: string): Standstill {
  const info = { state: { last_seq, last_ts } } as StreamInfo;
  return new Standstill({ info: () => Promise.resolve(info) }, SINCE);
}

/** So many fetches in a row bring nothing. */
async function emptyFetches(standstill: Standstill, count: number): Promise<void> {
  for (let fetch = 0; fetch < count; fetch++) await standstill.look();
}

describe("a consumer of events", () => {
  it("stands still where an event stays away that was stored at the look before", async () => {
    const standstill = consumerOf(7, LATER);
    standstill.given(6);
    await emptyFetches(standstill, 9);
    await expect(standstill.look()).rejects.toThrow(UsageError);
  });

  it("does not where all that is stored has come", async () => {
    const standstill = consumerOf(7, LATER);
    standstill.given(7);
    await emptyFetches(standstill, 20);
  });

  it("does not where the events are older than those that it was asked for", async () => {
    await emptyFetches(consumerOf(7, BEFORE), 20);
  });

  it("does not where the event comes between two looks", async () => {
    const standstill = consumerOf(7, LATER);
    standstill.given(6);
    await emptyFetches(standstill, 5);
    standstill.given(7);
    await emptyFetches(standstill, 20);
  });
});
