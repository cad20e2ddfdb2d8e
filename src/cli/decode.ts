import { fstatSync } from "node:fs";
import { printable } from "../bytes/text.js";
import type { Meter } from "../capture/node/meter.js";
import { openCaptures } from "../capture/node/open.js";
import { decodeMessages } from "../index.js";
import { filterOf, type FilterFlags } from "./decode-filter.js";
import { type DecodeForm, decodeTap } from "./decode-tap.js";
import { EXIT, reportFault } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { LineOutput } from "./line-output.js";
import { showProgress } from "./progress.js";

export interface DecodeFlags extends DecodeForm, FilterFlags {}

/** `ikescope decode`: every IKE message of the captures, a line, a tree or an object each, as it is read. */
export async function decodeCommand(files: readonly string[], flags: DecodeFlags): Promise<void> {
  const interrupt = interruptSignal();
  let endProgress = (): void => {};
  try {
    const filter = await filterOf(files, flags, interrupt.signal);
    const meter: Meter = { read: 0, total: null };
    endProgress = showProgress(meter);
    // Lines on the same terminal, or in a pager on it, say themselves that it goes on.
    const output = new LineOutput(process.stdout, isSeen() ? endProgress : undefined);
    const source = await openCaptures(files, { meter });
    const tap = decodeTap(flags, filter, { files }, output);
    const error = await decodeMessages(source, tap, {
      signal: interrupt.signal,
      pause: () => output.drained(),
    });
    await output.end();
    endProgress();
    process.exitCode = error === null ? EXIT.ok : reportFault(error);
    const isWhole = error === null && !interrupt.signal.aborted;
    if (isWhole && filter !== null && output.lines === 0) sayNothing(flags);
  } finally {
    endProgress();
    interrupt.dispose();
  }
}

/** Whether standard output is a terminal, or a pipe that may end at one. */
function isSeen(): boolean {
  return process.stdout.isTTY || fstatSync(process.stdout.fd).isFIFO();
}

/** Nothing to see is told from nothing that worked. */
function sayNothing({ frame, filter }: FilterFlags): void {
  const asked = [
    ...(frame === undefined ? [] : [`--frame ${frame}`]),
    ...(filter === undefined ? [] : [`--filter '${filter}'`]),
  ];
  process.stderr.write(printable(`ikescope: no IKE message matches ${asked.join(" ")}`) + "\n");
}
