import type { Micros } from "../../bytes/time.js";
import type { BatchUnit } from "../../report/batch/rows.js";
import { listed, say } from "../../texts/message.js";
import { EXIT, literal, UsageError } from "../exit.js";
import { hostsOf, isNatsUrl, type NatsFlags, natsServer } from "../nats/server.js";
import { complain } from "../standard-error.js";
import { workOnQueue } from "./queued.js";
import type { RowFile } from "./row-file.js";
import { UnitQueue } from "./unit-queue.js";
import { workerName } from "./worker-name.js";

export interface QueueFlags extends NatsFlags {
  readonly output: string;
  /** nats://host:4222, and the queue's name as its path. */
  readonly queue?: string;
  readonly lease: Micros;
}

const MICROS_PER_MS = 1000;
/** A queue without a name. */
const DEFAULT_QUEUE = "units";

/** Judges the units that a queue hands out, says what became of all, and gives the exit status. */
export async function workQueued(
  units: readonly BatchUnit[],
  file: RowFile,
  flags: QueueFlags & { readonly queue: string },
  signal: AbortSignal,
): Promise<number> {
  const { output, queue: url, lease } = flags;
  const server = natsServer(url, flags);
  const worker = await workerName(output);
  const queue = await UnitQueue.open(server, {
    queue: queueName(url),
    worker,
    leaseMs: lease / MICROS_PER_MS,
    say: complain,
  });
  // A server that does not answer must not keep the program.
  signal.addEventListener("abort", () => setTimeout(() => void queue.close(), GRACE_MS).unref(), {
    once: true,
  });
  try {
    complain(say`units are handed out by ${literal(hostsOf(server))}`);
    const { judged, failed, elsewhere, owed, notHere } = await workOnQueue(
      units,
      { queue, worker, file },
      signal,
    );
    if (signal.aborted) {
      complain(say`${judged} units judged; ended before the queue was empty`);
      return EXIT.unusable;
    }
    const parts = [
      say`${judged} units judged`,
      say`${file.done.size} were there before`,
      say`${elsewhere} are in the files of other workers`,
      ...(failed > 0 ? [say`${failed} could not be read to their end`] : []),
    ];
    complain(listed(parts, "clauses"));
    for (const [other, count] of owed) {
      complain(
        say`${count} units are left to a worker that ended; start it again: ${literal(other.split(" ")[0] ?? "")}`,
      );
    }
    for (const unit of notHere.slice(0, MOST_NAMED))
      complain(say`stays in the queue, its captures are not here: ${literal(unit)}`);
    if (notHere.length > MOST_NAMED) complain(say`${notHere.length - MOST_NAMED} more stay in the queue`);
    return failed + owed.size + notHere.length > 0 ? EXIT.unusable : EXIT.ok;
  } catch (error) {
    // The error of a request that was under way when a signal ended the work.
    if (!signal.aborted) throw error;
    complain("ended before the queue was empty");
    return EXIT.unusable;
  } finally {
    await queue.close();
  }
}

const GRACE_MS = 2000;
const MOST_NAMED = 10;

/** "nightly" of nats://host:4222/nightly. Throws UsageError for what cannot be meant. */
function queueName(url: string): string {
  if (!isNatsUrl(url)) throw new UsageError("--queue takes a NATS server, such as nats://192.0.2.1:4222");
  const [first = ""] = url.split(",");
  const name = URL.canParse(first) ? new URL(first).pathname.slice(1) : "";
  if (name === "") return DEFAULT_QUEUE;
  if (/^[\w-]{1,64}$/.test(name)) return name;
  throw new UsageError(
    "--queue: the name behind the server has letters, digits, '-' and '_', such as nats://192.0.2.1:4222/nightly",
  );
}
