import { CaptureError } from "../../capture/source.js";
import { batchRows, type BatchUnit, failedUnit } from "../../report/batch/rows.js";
import { judgeCaptures } from "../judge-captures.js";
import { judgedAlone } from "../judge-terms.js";

/** The rows of a judged unit. */
export interface UnitRows {
  readonly text: string;
  /** Its captures are damaged or cannot be read. */
  readonly isFailed: boolean;
}

/** The rows of a unit; null where a signal ended it. A capture that cannot be read has a row that says so. */
export async function rowsOf(unit: BatchUnit, signal: AbortSignal): Promise<UnitRows | null> {
  const interrupt = { signal, goOn: () => Promise.resolve(!signal.aborted) };
  if (signal.aborted) return null;
  try {
    const { judgement, error } = await judgeCaptures(judgedAlone(unit.files), interrupt);
    if (signal.aborted) return null;
    const text = [...batchRows(unit, judgement, error?.message ?? null)].join("");
    return { text, isFailed: error !== null };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { text: failedUnit(unit, error.message), isFailed: true };
  }
}
