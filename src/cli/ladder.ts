import type { Meter } from "../capture/node/meter.js";
import { openCaptures } from "../capture/node/open.js";
import { MOST_STREAMS } from "../esp/stream-table.js";
import { analyze, AnonymizedSource, EspKernel, renderLadder, type Judgement } from "../index.js";
import { anonymizeKey, type AnonymizeFlags } from "./anonymize.js";
import { EXIT, reportFault, UsageError } from "./exit.js";
import { interruptSignal } from "./interrupt.js";
import { canonicalAddress } from "./values/address.js";
import { showProgress } from "./progress.js";

export interface LadderFlags extends AnonymizeFlags {
  readonly tunnel?: string;
  readonly peer?: string;
}

/** Columns where the output is no terminal, and the most on one: a longer arrow tells no more. */
const WIDTH = { piped: 80, most: 120 } as const;

/** `ikescope ladder`: the sequence diagram of one tunnel, the worst one where none is named. */
export async function ladderCommand(captures: readonly string[], flags: LadderFlags): Promise<void> {
  const wanted = flags.tunnel === undefined ? null : tunnelNumber(flags.tunnel);
  const address = flags.peer === undefined ? null : canonicalAddress("--peer", flags.peer);
  const key = await anonymizeKey(flags);
  const interrupt = interruptSignal();
  const meter: Meter = { read: 0, total: null };
  const endProgress = showProgress(meter);
  try {
    const kernel = new EspKernel(MOST_STREAMS);
    const opened = await openCaptures(captures, { buffer: kernel.chunk, meter });
    const anonymous = key === null ? null : new AnonymizedSource(opened, key);
    const peer = address === null ? {} : { peer: anonymous?.address(address) ?? address };
    const { judgement, error } = await analyze(anonymous ?? opened, {
      signal: interrupt.signal,
      kernel,
      ...peer,
    });
    endProgress();
    if (error !== null) process.exitCode = reportFault(error);
    if (judgement.tunnels.length > 0) process.stdout.write(diagram(judgement, wanted));
    else if (error === null) throw new UsageError("there is no tunnel in the capture to draw");
  } finally {
    endProgress();
    interrupt.dispose();
  }
  process.exitCode ??= EXIT.ok;
}

function diagram(judgement: Judgement, wanted: number | null): string {
  const isTerminal = process.stdout.isTTY;
  const text = renderLadder(judgement, wanted, {
    width: isTerminal ? Math.min(WIDTH.most, process.stdout.columns) : WIDTH.piped,
    colour: isTerminal && !process.env["NO_COLOR"],
  });
  if (text !== null) return text;
  const ids = judgement.tunnels.slice(0, 10).map(({ tunnel }) => tunnel.id);
  const more = judgement.tunnels.length > ids.length ? ", ..." : "";
  throw new UsageError(`there is no tunnel ${wanted ?? ""}; there are ${ids.join(", ")}${more}`);
}

function tunnelNumber(text: string): number {
  if (!/^\d+$/.test(text))
    throw new UsageError(`--tunnel takes a number as the report gives it, not "${text}"`);
  return Number(text);
}
