import { say } from "../texts/message.js";
import { stat } from "node:fs/promises";
import type { Micros } from "../bytes/time.js";
import type { Meter } from "../capture/node/meter.js";
import { isOneRotation } from "../capture/rotation.js";
import {
  type Analysis,
  analyze,
  AnonymizedSource,
  EspKernel,
  type KeyRing,
  Opener,
  type Reopen,
} from "../index.js";
import type { HostRecords } from "../joint/host.js";
import { nodeCrypto } from "../opening/node/node-crypto.js";
import { tellUselessKeys } from "./keys/key-notes.js";
import type { Interrupt } from "./interrupt.js";
import { readHosts } from "./hosts.js";
import type { JudgingTerms } from "./judge-terms.js";
import { refuseHostTexts } from "./host-text-captures.js";
import { openForTerms, type ReadingTerms } from "./reading-terms.js";
import { streamsWithin } from "./kernel-streams.js";
import { showProgress } from "./progress.js";
import type { Spool } from "./spool.js";

/** Opens captures and judges them, with progress on a terminal. `spool` keeps what "-" reads, where it may be read again. */
export async function judgeCaptures(
  terms: JudgingTerms,
  { signal, goOn }: Pick<Interrupt, "signal" | "goOn">,
  spool: Spool | null = null,
): Promise<Analysis & { readonly opener: Opener | null }> {
  const { captures, peer, ring, with: texts, products } = terms;
  await refuseHostTexts(captures);
  const made: Opener[] = [];
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  try {
    const kernel = new EspKernel(await streamsWithin(captures));
    const source = await openForTerms(terms, {
      buffer: kernel.chunk,
      meter,
      ...(spool === null ? {} : { stdin: spool.first(process.stdin) }),
    });
    const canReopen = captures.length > 0 && (await areKept(captures, spool));
    const analysis = await analyze(source, {
      signal,
      goOn,
      kernel,
      onRead: (tunnels) => progress.say(say`judging ${tunnels} tunnel${tunnels === 1 ? "" : "s"}`),
      ...(peer === null ? {} : { peer: source instanceof AnonymizedSource ? source.address(peer) : peer }),
      rotated: isOneRotation(captures),
      ...(products === null ? {} : { products }),
      ...(canReopen ? { reopen: reopening(terms, spool) } : {}),
      ...(texts.length === 0 ? {} : { hosts: (near) => hostsWithProgress(texts, near, captures.length > 0) }),
      ...(ring === null ? {} : { opener: () => openerOf(ring, made) }),
    });
    // Captures that are compared are read several times, each with an opener of its own.
    const opener = made.at(-1) ?? null;
    if (ring !== null && opener !== null) tellUselessKeys(ring, opener);
    return { ...analysis, opener };
  } finally {
    progress.end();
  }
}

/** Logs may be larger than captures. */
async function hostsWithProgress(
  texts: readonly string[],
  near: Micros | null,
  hasCapture: boolean,
): Promise<HostRecords[]> {
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  try {
    return await readHosts(texts, near ?? Date.now() * 1000, meter, hasCapture);
  } finally {
    progress.end();
  }
}

function openerOf(ring: KeyRing, made: Opener[]): Opener {
  const opener = new Opener(ring, nodeCrypto);
  made.push(opener);
  return opener;
}

/** How `analyze` opens captures once more, to compare them. */
function reopening(terms: ReadingTerms, spool: Spool | null): Reopen {
  return (only, clocks) =>
    openForTerms(terms, {
      clocks,
      ...(only === null ? {} : { only }),
      ...(spool === null ? {} : { stdin: spool.again() }),
    });
}

/** Whether all captures can be read again: what came from a pipe is gone, unless it was kept. */
async function areKept(captures: readonly string[], spool: Spool | null): Promise<boolean> {
  const kept = await Promise.all(
    captures.map(async (capture) => (capture === "-" ? spool !== null : (await stat(capture)).isFile())),
  );
  return kept.every(Boolean);
}
