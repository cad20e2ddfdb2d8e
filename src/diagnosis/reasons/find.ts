import { editsWithin } from "../../bytes/closest.js";
import { REASON_TABLES } from "./index.js";
import type { Reason, ReasonTable } from "./reason.js";

/** A reason with whoever prints it. */
export interface FoundReason {
  readonly table: ReasonTable;
  readonly reason: Reason;
  /** Written otherwise than asked: it is only probably what was meant. */
  readonly isGuess: boolean;
}

/** Letters that a part of a reason, or a part of a line, must have in common: fewer stand in too many. */
const LEAST_LETTERS = 8;
/** The same where each letter is a word or so. */
const LEAST_IDEOGRAPHS = 4;
/** So much of what is asked for a reason must be, where all of it stands in another one. */
const MOSTLY = 0.8;
/** A text of which more than this share of letters is wrong is another one. */
const MISSPELLED = 0.2;
/** Nobody types a longer reason; a pasted line may be longer, and is looked into, not compared letter by letter. */
const LONGEST_TYPED = 120;

interface Writing {
  readonly table: ReasonTable;
  readonly reason: Reason;
  /** Letters and digits alone, in the parts that "*" leaves. */
  readonly parts: readonly string[];
}

const WRITINGS: readonly Writing[] = REASON_TABLES.flatMap((table) =>
  table.reasons.flatMap((reason) =>
    [reason.said, ...(reason.also ?? [])].map((text) => ({
      table,
      reason,
      parts: text.split("*").map(letters),
    })),
  ),
);

/**
 * The reasons that a text names: the same words, whatever stands between them; else those of which it is a part, and those in a
 * line of a log; else the one that it misspells. None where it names none. A single word must be the whole of a reason.
 */
export function findReasons(text: string): readonly FoundReason[] {
  const asked = letters(text);
  const same = WRITINGS.filter(({ parts }) => parts.join("") === asked);
  if (same.length > 0) return found(same, false);
  if (!hasSeveralWords(text) || !isLongEnough(asked)) return [];
  const inside = mostSpecific(WRITINGS.filter((writing) => holdsInOrder(asked, writing.parts)));
  const around = WRITINGS.filter(({ parts }) => parts.some((part) => part.includes(asked)));
  // "probable authentication failure" is the beginning of one reason, and only a part of it is another one.
  const own =
    around.length === 0
      ? inside
      : inside.filter(({ parts }) => parts.join("").length >= MOSTLY * asked.length);
  if (own.length + around.length > 0) return found([...own, ...around], false);
  return asked.length > LONGEST_TYPED ? [] : found(misspelled(asked), true);
}

function letters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

function hasSeveralWords(text: string): boolean {
  return /\S\s+\S/.test(text.trim()) || hasIdeographs(text);
}

function hasIdeographs(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

function isLongEnough(text: string): boolean {
  return text.length >= (hasIdeographs(text) ? LEAST_IDEOGRAPHS : LEAST_LETTERS);
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  if (!isLongEnough(parts.join(""))) return false;
  let at = 0;
  for (const part of parts) {
    const place = text.indexOf(part, at);
    if (place < 0) return false;
    at = place + part.length;
  }
  return true;
}

/** Without those that are a part of another one: "no proposal found" stands in longer sentences. */
function mostSpecific(writings: readonly Writing[]): readonly Writing[] {
  return writings.filter(
    (one) =>
      !writings.some(
        (other) =>
          other.parts.join("").length > one.parts.join("").length &&
          other.parts.join("").includes(one.parts.join("")),
      ),
  );
}

/** The reasons that are most alike, of which `asked` may be a part only. */
function misspelled(asked: string): readonly Writing[] {
  let least = Math.floor(MISSPELLED * asked.length);
  let best: Writing[] = [];
  for (const writing of WRITINGS) {
    const edits = editsWithin(asked, writing.parts.join(""));
    if (edits > least) continue;
    if (edits < least) best = [];
    least = edits;
    best.push(writing);
  }
  return best;
}

/** Each reason once, in the order of the tables. */
function found(writings: readonly Writing[], isGuess: boolean): FoundReason[] {
  const reasons = new Map<Reason, FoundReason>();
  for (const { table, reason } of writings) reasons.set(reason, { table, reason, isGuess });
  return [...reasons.values()];
}
