import { stat } from "node:fs/promises";
import type { Address } from "../bytes/address.js";
import type { Meter } from "../capture/node/meter.js";
import { openCaptures } from "../capture/node/open.js";
import { MOST_STREAMS } from "../esp/stream-table.js";
import { type Analysis, analyze, AnonymizedSource, EspKernel, type Reopen } from "../index.js";
import { anonymizeKey, type AnonymizeFlags } from "./anonymize.js";
import { showProgress } from "./progress.js";
import type { Spool } from "./spool.js";
import { canonicalAddress } from "./values/address.js";

/** Options of all commands that judge captures. */
export interface JudgeFlags extends AnonymizeFlags {
  readonly peer?: string;
}

/** What they mean. */
export interface JudgeTerms {
  /** The address, as it stands in the capture, that a tunnel must have at one end; null for all tunnels. */
  readonly peer: Address | null;
  /** Of {@link AnonymizedSource}; null where nothing is replaced. */
  readonly key: Uint8Array | null;
}

/** Throws UsageError for what cannot be meant. */
export async function judgeTerms(flags: JudgeFlags): Promise<JudgeTerms> {
  const peer = flags.peer === undefined ? null : canonicalAddress("--peer", flags.peer);
  return { peer, key: await anonymizeKey(flags) };
}

/** Opens captures and judges them, with progress on a terminal. `spool` keeps what "-" reads, where it may be read again. */
export async function judgeCaptures(
  captures: readonly string[],
  { peer, key }: JudgeTerms,
  signal: AbortSignal,
  spool: Spool | null = null,
): Promise<Analysis> {
  const meter: Meter = { read: 0, total: null };
  const endProgress = showProgress(meter);
  try {
    const kernel = new EspKernel(MOST_STREAMS);
    const opened = await openCaptures(captures, {
      buffer: kernel.chunk,
      meter,
      ...(spool === null ? {} : { stdin: spool.first(process.stdin) }),
    });
    const anonymous = key === null ? null : new AnonymizedSource(opened, key);
    const canReopen = captures.length > 1 && (await areKept(captures, spool));
    return await analyze(anonymous ?? opened, {
      signal,
      kernel,
      ...(peer === null ? {} : { peer: anonymous?.address(peer) ?? peer }),
      ...(canReopen ? { reopen: reopening(captures, key, spool) } : {}),
    });
  } finally {
    endProgress();
  }
}

/** How `analyze` opens captures once more, to compare them. */
function reopening(captures: readonly string[], key: Uint8Array | null, spool: Spool | null): Reopen {
  return async (only, clocks) => {
    const opened = await openCaptures(captures, {
      clocks,
      ...(only === null ? {} : { only }),
      ...(spool === null ? {} : { stdin: spool.again() }),
    });
    return key === null ? opened : new AnonymizedSource(opened, key);
  };
}

/** Whether all captures can be read again: what came from a pipe is gone, unless it was kept. */
async function areKept(captures: readonly string[], spool: Spool | null): Promise<boolean> {
  const kept = await Promise.all(
    captures.map(async (capture) => (capture === "-" ? spool !== null : (await stat(capture)).isFile())),
  );
  return kept.every(Boolean);
}
