import { sleep } from "../../../pcaps/lab/shell.js";

/** Long enough for a machine that has other work to do. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 100;

/** What `probe` finds, asked again and again until it is something; an error that says `what` where it never is. */
export async function eventually<T>(
  what: () => string,
  probe: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`in vain: ${what()}`);
    await sleep(PAUSE_MS);
  }
}
