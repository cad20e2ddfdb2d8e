import { UsageError } from "../exit.js";

/** ms for which an answer may stay away: a server that is lost never gives it, and the client would wait for ever. */
export const UNANSWERED_MS = 10_000;

/** The messages of one fetch. Throws UsageError where neither a message nor the end comes. */
export async function* answersIn<T>(messages: AsyncIterable<T> & { stop(): void }): AsyncGenerator<T> {
  const iterator = messages[Symbol.asyncIterator]();
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<null>((resolve) => {
        timer = setTimeout(resolve, UNANSWERED_MS, null);
      });
      const next = await Promise.race([iterator.next(), silence]);
      clearTimeout(timer);
      if (next === null) throw new UsageError("the server does not answer");
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    messages.stop();
  }
}
