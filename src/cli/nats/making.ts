import { setTimeout as wait } from "node:timers/promises";
import type { NatsPackages } from "./server.js";

/** ms between two attempts. */
const RETRY_MS = 200;
const MOST_ATTEMPTS = 5;

/**
 * Does a step that makes streams, buckets and consumers where they are not there, and again where the server refuses it: programs
 * that start at the same moment make the same ones, and a server that is making a stream for one of them may tell another that its
 * subjects overlap. Rejects with the last refusal, and with any other error at once.
 */
export async function making<T>({ jetstream }: NatsPackages, step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof jetstream.JetStreamApiError) || attempt >= MOST_ATTEMPTS) throw error;
      await wait(RETRY_MS);
    }
  }
}
