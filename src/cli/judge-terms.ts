import type { Address } from "../bytes/address.js";
import type { TimeWindow } from "../capture/time-window.js";
import type { ToldProducts } from "../diagnosis/commands/told.js";
import type { KeyRing } from "../index.js";
import type { Presentation } from "../report/presentation.js";
import { anonymizeKey, type AnonymizeFlags } from "./anonymize.js";
import { UsageError } from "./exit.js";
import { EMBEDDED, type KeysFlags, readKeys } from "./keys/read-keys.js";
import type { UsedInput } from "./outputs/outputs.js";
import { presentationOf, type PresentationFlags } from "./presentation-options.js";
import type { ReadingTerms } from "./reading-terms.js";
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

/** Which captures are judged, and beside what. */
export interface JudgingTerms extends ReadingTerms {
  /** The texts that `--with` names. */
  readonly with: readonly string[];
  /** The address, as it stands in the capture, that a tunnel must have at one end; null for all tunnels. */
  readonly peer: Address | null;
  /** The products of the peers as the user knows them; null where he tells nothing. */
  readonly products: ToldProducts | null;
  /** The keys that open messages; null without any. */
  readonly ring: KeyRing | null;
}

/** All that the options mean which commands that judge captures have in common. */
export interface JudgeTerms extends JudgingTerms {
  readonly presentation: Presentation;
  /** Files that are read, which no output may replace. */
  readonly inputs: readonly UsedInput[];
}

/** Captures, or a part of them, judged by themselves. */
export function judgedAlone(captures: readonly string[], window: TimeWindow | null = null): JudgingTerms {
  return { captures, window, key: null, with: [], peer: null, products: null, ring: null };
}

/**
 * The terms that the options of a command mean; over `copies`, captures that are there twice and read once, nothing may be written
 * either. Throws UsageError for what cannot be meant.
 */
export async function judgeTerms(
  captures: readonly string[],
  flags: JudgeFlags,
  copies: readonly string[] = [],
): Promise<JudgeTerms> {
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
    captures,
    inputs: usedInputs([...captures, ...copies], flags),
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
