import { spoken } from "../standard-error.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { humanDuration } from "../../bytes/time.js";
import { printable } from "../../bytes/text.js";
import { nodeCrypto } from "../../opening/node/node-crypto.js";
import { SALTS, type SaltTarget, searchSalt } from "../../opening/salt-search.js";
import type { SaltlessKey } from "../../opening/saltless.js";
import { joinBytes } from "../../opening/bytes.js";
import { SecretBytes } from "../../secrets/secret-bytes.js";
import { wiresharkIkev2Line } from "../../secrets/wireshark-ikev2-line.js";
import { UsageError } from "../exit.js";
import type { Interrupt } from "../interrupt.js";
import type { Output } from "../outputs/outputs.js";

/** The result of a search: lines of a table, and sentences for the terminal. */
interface Found {
  readonly lines: readonly string[];
  readonly says: readonly Message[];
}

/**
 * Searches the salts that AES-GCM keys of pluto's log lack, 2^32 values a direction, and writes the whole keys to `output`, which
 * the user named for that. Ctrl-C ends the search; what was found until then is written.
 */
export async function writeSalts(
  saltless: readonly SaltlessKey[],
  output: Output,
  interrupt: Pick<Interrupt, "signal">,
): Promise<Message[]> {
  if (output.isTerminal) throw new UsageError("--find-salt writes keys into a file, not on a terminal");
  if (saltless.length === 0) {
    return ["no key of AES-GCM lacks only its salt, so there is none to be searched"];
  }
  const found: Found[] = [];
  for (const key of saltless) found.push(await saltsOf(key, interrupt.signal));
  const lines = found.flatMap((one) => one.lines);
  if (lines.length > 0) await output.write(lines, true);
  return found.flatMap(({ says }) => says);
}

async function saltsOf({ key, targets }: SaltlessKey, signal: AbortSignal): Promise<Found> {
  const { initiator, responder } = targets;
  const name = say`${verbatim(key.source.file)} line ${key.source.line}`;
  if (initiator === undefined || responder === undefined || key.skEi === null || key.skEr === null) {
    return {
      lines: [],
      says: [say`${name}: the capture has no message of one direction to search the salt by`],
    };
  }
  const started = performance.now();
  const skEi = await withSalt(initiator, signal);
  const skEr = skEi === null ? null : await withSalt(responder, signal);
  const took = humanDuration((performance.now() - started) * 1000);
  if (skEi === null || skEr === null) {
    const why = signal.aborted
      ? "the search was ended"
      : "none of the 2^32 values is its salt: it is another key";
    return { lines: [], says: [say`${name}: ${why} (${took})`] };
  }
  const { spis, icvLength } = initiator;
  return {
    lines: [wiresharkIkev2Line({ spis, skEi, skEr, icvLength })],
    says: [say`${name}: both salts found in ${took}; the whole keys are in the file`],
  };
}

/** The key with its salt behind it; null where none fits, or the search was ended. */
async function withSalt(target: SaltTarget, signal: AbortSignal): Promise<SecretBytes | null> {
  const search = searchSalt(nodeCrypto, target);
  for (let shownAt = 0; ;) {
    const step = search.next();
    if (step.done === true) {
      progress("");
      return step.value === null
        ? null
        : new SecretBytes(joinBytes(target.key.reveal(), step.value.reveal()));
    }
    // Lets signals in.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return null;
    if (performance.now() - shownAt < PROGRESS_MS) continue;
    shownAt = performance.now();
    const share = ((step.value / SALTS) * 100).toFixed(1);
    progress(
      say`salt of the key of ${target.side}, ${verbatim(printable(target.by))}: ${share} % of 2^32 values tried`,
    );
  }
}

const PROGRESS_MS = 500;

function progress(message: Message): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${spoken(message)}`);
}
