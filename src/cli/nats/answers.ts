import { UsageError } from "../exit.js";

/** ms for which an answer may stay away: a server that is lost never gives it, and the client would wait for ever. */
export const UNANSWERED_MS = 10_000;

/** A wait that took so much longer than it should is one in which this program stood still, not the server. */
const STOOD_STILL = 1.5;

/** The messages of one fetch. Throws UsageError where neither a message nor the end comes. */
export async function* answersIn<T>(messages: AsyncIterable<T> & { stop(): void }): AsyncGenerator<T> {
  const iterator = messages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await answered(iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    messages.stop();
  }
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  for (;;) {
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, UNANSWERED_MS, null);
    });
    const first = await Promise.race([answer.then((value) => ({ value })), silence]);
    clearTimeout(timer);
    if (first !== null) return first.value;
    // The packets that came meanwhile are about to be read.
    if (performance.now() - began < UNANSWERED_MS * STOOD_STILL)
      throw new UsageError("the server does not answer");
  }
}
