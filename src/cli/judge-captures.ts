import { say } from "../texts/message.js";
import { stat } from "node:fs/promises";
import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { Meter } from "../capture/node/meter.js";
import { openCaptures, type OpenOptions } from "../capture/node/open.js";
import { NoCapture } from "../capture/no-capture.js";
import type { CaptureSource } from "../capture/source.js";
import { type TimeWindow, WindowedSource } from "../capture/time-window.js";
import { isOneRotation } from "../capture/rotation.js";
import { MOST_STREAMS } from "../esp/stream-table.js";
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
import type { ToldProducts } from "../diagnosis/commands/told.js";
import type { Presentation } from "../report/presentation.js";
import { anonymizeKey, type AnonymizeFlags } from "./anonymize.js";
import { UsageError } from "./exit.js";
import { tellUselessKeys } from "./keys/key-notes.js";
import { type KeysFlags, readKeys, EMBEDDED } from "./keys/read-keys.js";
import type { Interrupt } from "./interrupt.js";
import { readHosts } from "./hosts.js";
import type { UsedInput } from "./outputs/outputs.js";
import { presentationOf, type PresentationFlags } from "./presentation-options.js";
import { showProgress } from "./progress.js";
import type { Spool } from "./spool.js";
import { type SpanFlags, timeWindow } from "./time-span.js";
import { canonicalAddress } from "./values/address.js";

/** Options of all commands that judge captures. */
export interface JudgeFlags extends AnonymizeFlags, SpanFlags, PresentationFlags, KeysFlags {
  readonly peer?: string;
  /** Texts of hosts: FILE, DIR, or HOST=FILE. */
  readonly with?: readonly string[];
  /** LEFT,RIGHT as --product takes them. */
  readonly product?: ToldProducts;
}

/** How captures are read. */
export interface ReadingTerms {
  /** The part that is read; null for all. */
  readonly window: TimeWindow | null;
  /** Of {@link AnonymizedSource}; null where nothing is replaced. */
  readonly key: Uint8Array | null;
}

/** What the options mean. */
export interface JudgeTerms extends ReadingTerms {
  /** What `--with` names. */
  readonly with: readonly string[];
  /** The address, as it stands in the capture, that a tunnel must have at one end; null for all tunnels. */
  readonly peer: Address | null;
  readonly presentation: Presentation;
  /** What the user knows of the peers; null where he tells nothing. */
  readonly products: ToldProducts | null;
  /** What opens what is encrypted; null without keys. */
  readonly ring: KeyRing | null;
}

/** Throws UsageError for what cannot be meant. */
export async function judgeTerms(flags: JudgeFlags, captures: readonly string[]): Promise<JudgeTerms> {
  const peer = flags.peer === undefined ? null : canonicalAddress("--peer", flags.peer);
  const key = await anonymizeKey(flags);
  if (key !== null && flags.names !== undefined) {
    throw new UsageError("--names tells who the addresses are, and --anonymize hides it: give one of them");
  }
  if (key !== null && flags.keys !== undefined) {
    throw new UsageError("--keys opens nothing of what --anonymize has replaced: give one of them");
  }
  if (key !== null && (flags.with ?? []).length > 0) {
    throw new UsageError(
      "--with shows what --anonymize hides: give it texts made by 'ikescope redact', with an anonymized capture",
    );
  }
  const presentation = await presentationOf(flags);
  const ring = await readKeys(flags, captures);
  return {
    peer,
    key,
    ring,
    with: flags.with ?? [],
    products: flags.product ?? null,
    presentation,
    window: timeWindow(flags, presentation.clock),
  };
}

/** Files that the options name to be read. */
export function usedInputs(
  captures: readonly string[],
  { anonymizeKey: key, names, keys = [] }: Pick<JudgeFlags, "anonymizeKey" | "names" | "keys">,
): UsedInput[] {
  return [
    ...captures.map((file) => ({ what: "the capture", file })),
    ...(key === undefined ? [] : [{ what: "the key", file: key }]),
    ...keys.filter((file) => file !== EMBEDDED).map((file) => ({ what: "the keys", file })),
    ...(names === undefined ? [] : [{ what: "the names", file: names }]),
  ];
}

/** Opens captures as the terms want them read. */
export async function openForTerms(
  captures: readonly string[],
  { window, key }: ReadingTerms,
  options: OpenOptions,
): Promise<CaptureSource> {
  if (captures.length === 0) return new NoCapture();
  const opened = await openCaptures(captures, options);
  const part = window === null ? opened : new WindowedSource(opened, window, options.only);
  return key === null ? part : new AnonymizedSource(part, key);
}

/** Opens captures and judges them, with progress on a terminal. `spool` keeps what "-" reads, where it may be read again. */
export async function judgeCaptures(
  captures: readonly string[],
  terms: ReadingTerms & Pick<JudgeTerms, "peer"> & Partial<Pick<JudgeTerms, "ring" | "with" | "products">>,
  { signal, goOn }: Pick<Interrupt, "signal" | "goOn">,
  spool: Spool | null = null,
): Promise<Analysis & { readonly opener: Opener | null }> {
  const { peer, ring = null, with: texts = [], products = null } = terms;
  const made: Opener[] = [];
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  try {
    const kernel = new EspKernel(MOST_STREAMS);
    const source = await openForTerms(captures, terms, {
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
      ...(canReopen ? { reopen: reopening(captures, terms, spool) } : {}),
      ...(texts.length === 0 ? {} : { hosts: (near) => hostsWithProgress(texts, near) }),
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
async function hostsWithProgress(texts: readonly string[], near: Micros | null): Promise<HostRecords[]> {
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  try {
    return await readHosts(texts, near ?? Date.now() * 1000, meter);
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
function reopening(captures: readonly string[], terms: ReadingTerms, spool: Spool | null): Reopen {
  return (only, clocks) =>
    openForTerms(captures, terms, {
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
