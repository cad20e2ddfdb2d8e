import { fstatSync } from "node:fs";
import type { Meter } from "../capture/node/meter.js";
import { nodeCrypto } from "../opening/node/node-crypto.js";
import { decodeMessages, Opener } from "../index.js";
import { filterOf, type FilterFlags, nothingChosen } from "./decode-filter.js";
import { type DecodeForm, decodeTap } from "./decode-tap.js";
import { tellCut } from "./cut-notes.js";
import { EXIT, reportFault } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { openForTerms } from "./reading-terms.js";
import { tellUselessKeys } from "./keys/key-notes.js";
import { type KeysFlags, readKeys } from "./keys/read-keys.js";
import { LineOutput } from "./line-output.js";
import { presentationOf, type PresentationFlags } from "./presentation-options.js";
import { showProgress } from "./progress.js";
import { outputWidth } from "./width.js";
import { emptySpan, type SpanFlags, timeWindow } from "./time-span.js";

/** How long a reader has to take what is left after the reading was interrupted. */
const PATIENCE_MS = 1000;

/** Lines that go on below themselves may be as wide as any terminal. */
const WIDEST = 1000;

export interface DecodeFlags extends DecodeForm, FilterFlags, SpanFlags, PresentationFlags, KeysFlags {}

/** `ikescope decode`: every IKE message of the captures, a line, a tree or an object each, as it is read. */
export async function decodeCommand(files: readonly string[], flags: DecodeFlags): Promise<void> {
  const interrupt = interruptSignal(files);
  let endProgress = (): void => {};
  try {
    const presentation = await presentationOf(flags);
    const terms = { captures: files, key: null, window: timeWindow(flags, presentation.clock) };
    const chosen = await filterOf(flags, terms, interrupt.signal);
    const ring = await readKeys(flags, files);
    const opener = ring === null ? null : new Opener(ring, nodeCrypto);
    const meter: Meter = { read: 0, total: null };
    const progress = showProgress(meter);
    endProgress = () => progress.end();
    // Lines on the same terminal, or in a pager on it, say themselves that it goes on.
    const output = new LineOutput(process.stdout, isSeen() ? endProgress : undefined);
    const source = await openForTerms(terms, { meter });
    const width = process.stdout.isTTY ? outputWidth(WIDEST) : null;
    const tap = decodeTap(
      flags,
      chosen?.filter ?? null,
      { files, presentation },
      output,
      opener !== null,
      width,
    );
    const error = await decodeMessages(source, tap, {
      signal: interrupt.signal,
      pause: async () => void (await output.drained(interrupt.signal)),
      ...(opener === null ? {} : { opener }),
    });
    interrupt.readingIsOver();
    const patience = interrupt.signal.aborted ? AbortSignal.timeout(PATIENCE_MS) : undefined;
    // A reader that stands still must not keep a program that was told to end.
    if (!(await output.end(patience))) process.exit(EXIT.unusable);
    endProgress();
    if (ring !== null && opener !== null) tellUselessKeys(ring, opener);
    tellCut(source.summaries());
    process.exitCode = error === null ? EXIT.ok : reportFault(error);
    if (error !== null || interrupt.signal.aborted || output.lines > 0) return;
    const empty = emptySpan(source.summaries());
    if (empty !== null) throw empty;
    if (chosen !== null) throw nothingChosen(flags, chosen.census);
  } finally {
    endProgress();
    interrupt.dispose();
  }
}

/** Whether standard output is a terminal, or a pipe that may end at one. */
function isSeen(): boolean {
  return process.stdout.isTTY || fstatSync(process.stdout.fd).isFIFO();
}
