import { listed, say, type Message } from "../../texts/message.js";
import { createHash } from "node:crypto";
import type { Micros } from "../../bytes/time.js";
import { type BatchUnit, unitName } from "../../report/batch/rows.js";
import { EXIT, UsageError, literal } from "../exit.js";
import { complain } from "../standard-error.js";
import { rowsOf } from "./judge-unit.js";
import { type QueueFlags, workQueued } from "./queue-flags.js";
import { findUnits } from "./units.js";
import { RowFile } from "./row-file.js";

/** A part of all units: number K of N, from 1. */
interface Shard {
  readonly number: number;
  readonly of: number;
}

export interface BatchFlags extends QueueFlags {
  readonly by: string;
  readonly output: string;
  readonly window: Micros;
  readonly shard?: Shard;
}

/** Files and units that are named on standard error; more are counted. */
const MOST_NAMED = 10;

/** `ikescope batch`: judges the captures of many gateways, each unit once, however often it is started anew. */
export async function batchCommand(flags: BatchFlags): Promise<void> {
  const { by, output, window, shard, queue } = flags;
  if (queue !== undefined && shard !== undefined) {
    throw new UsageError("--queue divides the units by itself: give it or --shard");
  }
  const { units, passedOver, unfinished } = await findUnits(by, window);
  const own = shard === undefined ? units : units.filter((unit) => isIn(unit, shard));
  if (units.length + unfinished.length === 0)
    throw new UsageError(say`--by: no capture matches ${literal(by)}`);
  tell("not read", passedOver);
  tell(
    "left for the next run: written to within a minute, or its window is not over",
    unfinished.map((unit) => literal(unitName(unit))),
  );
  const file = await RowFile.open(output);
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  if (file.cut > 0) complain(say`a unit that was not finished is judged again (${file.cut} bytes)`);
  if (queue !== undefined) {
    try {
      process.exitCode = await workQueued(own, file, { ...flags, queue }, ending.signal);
    } finally {
      await file.close();
    }
    return;
  }
  let [judged, failed] = [0, 0];
  const left = own.filter((unit) => !file.done.has(unitName(unit)));
  try {
    for (const unit of left) {
      const rows = await rowsOf(unit, ending.signal);
      // A unit that a signal has cut short gets no row.
      if (rows === null) break;
      await file.append(rows.text);
      judged++;
      if (rows.isFailed) failed++;
    }
  } finally {
    await file.close();
  }
  const rest = left.length - judged;
  complain(
    listed(
      [
        say`${judged} units judged`,
        say`${own.length - left.length} were there before`,
        ...(rest > 0 ? [say`${rest} are left for the next run`] : []),
        ...(failed > 0 ? [say`${failed} could not be read to their end`] : []),
      ],
      "clauses",
    ),
  );
  process.exitCode = rest > 0 || failed > 0 ? EXIT.unusable : EXIT.ok;
}

/** The same units in the same part, whatever else is there. */
function isIn(unit: BatchUnit, { number, of }: Shard): boolean {
  const hash = createHash("sha256").update(unitName(unit)).digest();
  return hash.readUInt32BE(0) % of === number - 1;
}

function tell(what: string, names: readonly Message[]): void {
  for (const name of names.slice(0, MOST_NAMED)) complain(say`${what}: ${name}`);
  const more = names.length - MOST_NAMED;
  if (more > 0) complain(say`${what}: ${more} more`);
}
