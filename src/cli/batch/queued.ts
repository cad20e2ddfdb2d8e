import { type BatchUnit, unitName } from "../../report/batch/rows.js";
import { rowsOf } from "./judge-unit.js";
import type { RowFile } from "./row-file.js";
import type { UnitQueue } from "./unit-queue.js";

/** ms until a unit whose files are not here is handed out again: to another worker, rather. */
const NOT_HERE_MS = 2000;
/** A unit whose files are not here is looked at so often; then it stays in the queue. */
const MOST_OFFERS = 3;

/** The result of a worker's run over the units of a queue. */
export interface QueuedWork {
  readonly judged: number;
  readonly failed: number;
  /** Units of this run that are in the files of other workers. */
  readonly elsewhere: number;
  /** Units that workers entered themselves for and never wrote, by worker: they are judged when it is started again. */
  readonly owed: ReadonlyMap<string, number>;
  /** Units that stay in the queue: their files are not here, and no other worker took them meanwhile. */
  readonly notHere: readonly string[];
}

/**
 * Judges units as the queue hands them out, until none is left. First what this worker's file owes: units that it was entered for
 * when it was killed. `done` are the units that its file has.
 */
export async function workOnQueue(
  units: readonly BatchUnit[],
  { queue, worker, file }: { readonly queue: UnitQueue; readonly worker: string; readonly file: RowFile },
  signal: AbortSignal,
): Promise<QueuedWork> {
  const byName = new Map(units.map((unit) => [unitName(unit), unit]));
  const done = new Set(file.done);
  const notHere = new Set<string>();
  const offers = new Map<string, number>();
  let [judged, failed] = [0, 0];
  /** Judges a unit that is nobody else's; `enter` makes it this worker's, before its rows are written. */
  const judge = async (unit: BatchUnit, enter: () => Promise<boolean>): Promise<boolean> => {
    const rows = await rowsOf(unit, signal);
    if (rows === null) return false;
    if (!(await enter())) return true;
    await file.append(rows.text);
    done.add(unitName(unit));
    judged++;
    if (rows.isFailed) failed++;
    await queue.written(unitName(unit), signal);
    return true;
  };
  const taken = await queue.taken(signal);
  // The file may be older than the queue, or its last entry was not told.
  for (const unit of done) {
    const entered = taken.get(unit);
    if (entered === undefined) await queue.take(unit, signal);
    if (entered === undefined || (entered.worker === worker && !entered.isWritten))
      await queue.written(unit, signal);
  }
  for (const [name, entered] of taken) {
    const unit = byName.get(name);
    if (entered.worker !== worker || done.has(name) || unit === undefined) continue;
    if (!(await judge(unit, () => Promise.resolve(true)))) break;
  }
  await queue.add(
    [...byName.keys()].filter((name) => !taken.has(name) && !done.has(name)),
    signal,
  );
  for await (const { unit: name, over, putBack } of queue.handedOut(signal, () => notHere.size)) {
    const unit = byName.get(name);
    const entered = await queue.entry(name, signal);
    if (done.has(name) || (entered !== null && entered.worker !== worker)) {
      await over();
    } else if (unit === undefined) {
      const times = (offers.get(name) ?? 0) + 1;
      offers.set(name, times);
      if (times >= MOST_OFFERS) notHere.add(name);
      putBack(NOT_HERE_MS);
    } else if (await judge(unit, () => queue.take(name, signal))) {
      await over();
    } else putBack(0);
  }
  if (signal.aborted) return { judged, failed, elsewhere: 0, owed: new Map(), notHere: [...notHere] };
  return {
    judged,
    failed,
    ...(await elsewhere(queue, worker, [...byName.keys()], signal)),
    notHere: [...notHere],
  };
}

async function elsewhere(
  queue: UnitQueue,
  worker: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Pick<QueuedWork, "elsewhere" | "owed">> {
  const taken = await queue.taken(signal);
  const others = names.flatMap((name) => {
    const entered = taken.get(name);
    return entered === undefined || entered.worker === worker ? [] : [entered];
  });
  const owed = new Map<string, number>();
  for (const entered of others.filter(({ isWritten }) => !isWritten)) {
    owed.set(entered.worker, (owed.get(entered.worker) ?? 0) + 1);
  }
  return { elsewhere: others.filter(({ isWritten }) => isWritten).length, owed };
}
