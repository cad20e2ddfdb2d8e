import { PLACES_MARK, THINNED_MARK } from "../bytes/extract-mark.js";
import type { CaptureFile } from "../session/model.js";

/**
 * Findings that count the packets of an ESP stream. An extract with a part of the packets cannot show
 * them, and would show some of them wrongly: a packet that was left out looks like a lost one, or like a pause.
 */
const NEED_ALL_PACKETS: ReadonlySet<string> = new Set([
  "esp-asymmetric-spi",
  "esp-duplicate",
  "esp-large-packets-lost",
  "esp-loss",
  "esp-reordered",
  "esp-sequence-restart",
  "nat-keepalive-missing",
  "nat-mapping-expired",
  "per-resource-sas",
]);

/** Findings that compare a pause with the rate of a stream, or count who answers whom: a part of the packets shows less. */
const NEED_RATES: ReadonlySet<string> = new Set([
  "esp-one-way",
  "esp-stale-spi",
  "path-lost",
  "periodic-drop",
  "reauth-gap",
]);

/** Findings about the file itself, or about several: an extract is another file, and one. */
const NEED_THE_FILE: ReadonlySet<string> = new Set(["capture-cut-short", "lost-between-captures"]);

/** Whether a finding of that code may be missing in an extract; `thinned`: it holds a part of the ESP packets. */
export function isLostInExtract(code: string, thinned: boolean): boolean {
  return NEED_THE_FILE.has(code) || (thinned && (NEED_ALL_PACKETS.has(code) || NEED_RATES.has(code)));
}

/** Whether the packets of ESP streams in this file are only some of those that were captured. */
function isThinned(file: CaptureFile): boolean {
  return isMarked(file, THINNED_MARK);
}

/** Whether one of these files is an extract of several: that a tunnel works cannot be told from it. */
export function isOfSeveralPlaces(files: readonly CaptureFile[]): boolean {
  return files.some((file) => isMarked(file, PLACES_MARK));
}

function isMarked({ notes }: CaptureFile, mark: string): boolean {
  return notes.some(({ kind, text }) => kind === "comment" && text === `capture: ${mark}`);
}

/** Whether the rule's verdict is to be believed of these files: not where packets that it counts were left out. */
export function isTellable(code: string, files: readonly CaptureFile[]): boolean {
  return !NEED_ALL_PACKETS.has(code) || !files.some(isThinned);
}
