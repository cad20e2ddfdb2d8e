import { humanDuration, type Micros } from "../bytes/time.js";
import { type Message, say } from "../texts/message.js";
import { captureNote } from "./note.js";
import { stemOf } from "./rotation.js";
import type { CaptureNote, CaptureSummary } from "./source.js";

/** Longer numbers in names are dates and times, not counters. */
const COUNTER_DIGITS = 6;
/** Files of one length, give or take this share, are what tcpdump -G or a ring by duration writes. */
const SAME_LENGTH_SHARE = 0.05;
/** Share of the steps from file to file that must be alike before another one stands out. */
const REGULAR_SHARE = 2 / 3;
/** Fewer steps show no rule. */
const FEWEST_STEPS = 3;
/** A step of nearly two files' time or more. */
const HOLE_STEPS = 1.9;

/** A file with packets. */
interface Piece {
  /** Index among the files. */
  readonly index: number;
  readonly file: string;
  readonly first: Micros;
  readonly last: Micros;
}

/**
 * The files of one rotation, each with a note where the one before it is missing: its number is not there (tcpdump -C and -W, dumpcap,
 * hours or days in names), or files of one duration follow one another but here, in traffic without other pauses. What the first
 * and the last file may lack cannot be told.
 */
export function withMissingFiles(files: readonly CaptureSummary[]): readonly CaptureSummary[] {
  const pieces = files
    .flatMap(({ file, firstTime, lastTime }, index): Piece[] =>
      firstTime === null || lastTime === null ? [] : [{ index, file, first: firstTime, last: lastTime }],
    )
    .toSorted((a, b) => a.first - b.first);
  const notes =
    byNumber(
      pieces,
      files.map(({ file }) => file),
    ) ?? byDuration(pieces);
  return files.map((file, index) => {
    const note = notes.get(index);
    return note === undefined ? file : { ...file, notes: [...file.notes, note] };
  });
}

/** A time before a file in which packets went on, by the sequence numbers that are missing. */
interface Unrecorded {
  /** Index of the file. */
  readonly file: number;
  readonly from: Micros;
  readonly to: Micros;
  readonly numbers: number;
}

/** The files, each with a note where packets prove that something before it was not recorded, and none says so yet. */
export function withUnrecorded(
  files: readonly CaptureSummary[],
  holes: readonly Unrecorded[],
): readonly CaptureSummary[] {
  return files.map((file, index) => {
    const hole = holes.find((one) => one.file === index);
    if (hole === undefined || file.notes.some(({ kind }) => kind === "file-missing")) return file;
    const why = say`${hole.numbers} ESP sequence numbers are missing across it, which are not counted as lost; a file between the two is missing, or the capture was stopped meanwhile`;
    const text = say`nothing is known of the ${humanDuration(hole.to - hole.from)} before this file: ${why}`;
    return { ...file, notes: [...file.notes, captureNote("file-missing", text)] };
  });
}

/** Notes by the numbers in the names; null where none of them counts the files. */
function byNumber(pieces: readonly Piece[], names: readonly string[]): Map<number, CaptureNote> | null {
  const columns = Math.max(...names.map((name) => numbersIn(name).length));
  for (let column = columns - 1; column >= 0; column--) {
    const numberOf = (name: string): number => numbersIn(name)[column] ?? 0;
    const steps = pieces.slice(1).map(({ file }, at) => numberOf(file) - numberOf(pieces[at]?.file ?? ""));
    const ones = steps.filter((step) => step === 1).length;
    if (ones === 0 || ones < steps.length / 2 || steps.includes(0)) continue;
    const there = new Set(names.map(numberOf));
    return new Map(
      steps.flatMap((step, at) => {
        const [before, piece] = [pieces[at], pieces[at + 1]];
        if (step < 2 || before === undefined || piece === undefined) return [];
        const from = numberOf(before.file) + 1;
        const missing = Array.from({ length: step - 1 }, (_, place) => from + place).filter(
          (number) => !there.has(number),
        );
        if (missing.length === 0 || isClock([...there], missing)) return [];
        return [[piece.index, noteOf(before, piece, numbersText(missing))] as const];
      }),
    );
  }
  return null;
}

/** Whether the numbers are rather times of day or dates, 1259 and 1300: no minute and no second follows the 59th. */
function isClock(there: readonly number[], missing: readonly number[]): boolean {
  const isBeyond = (number: number): boolean => number % 100 >= 60;
  return missing.some(isBeyond) && !there.some(isBeyond) && there.some((number) => number >= 100);
}

/** Runs of digits that may count, in the order of the name; a name of -C's first file has none at its end. */
function numbersIn(file: string): number[] {
  return [...stemOf(file).matchAll(/\d+/g)].map(([digits]) =>
    digits.length > COUNTER_DIGITS ? 0 : Number(digits),
  );
}

function numbersText(missing: readonly number[]): Message {
  const [first = 0, last = first] = [missing[0], missing.at(-1)];
  return first === last
    ? say`the file of number ${first} is not among these`
    : say`files of the numbers ${first} to ${last} are not among these`;
}

/** Notes by the times: files that begin at even distances, full of packets, and one distance that is twice as long. */
function byDuration(pieces: readonly Piece[]): Map<number, CaptureNote> {
  const steps = pieces.slice(1).map(({ first }, at) => first - (pieces[at]?.first ?? first));
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const isUsual = (length: number): boolean => Math.abs(length - usual) <= usual * SAME_LENGTH_SHARE;
  const full = pieces.filter(({ first, last }) => isUsual(last - first)).length;
  const isRegular =
    steps.length >= FEWEST_STEPS &&
    usual > 0 &&
    steps.filter(isUsual).length >= steps.length * REGULAR_SHARE &&
    full >= pieces.length * REGULAR_SHARE;
  if (!isRegular) return new Map();
  return new Map(
    steps.flatMap((step, at) => {
      const [before, piece] = [pieces[at], pieces[at + 1]];
      if (step < usual * HOLE_STEPS || before === undefined || piece === undefined) return [];
      const every = say`the other files follow one another every ${humanDuration(usual)}, so one or more seem to be missing`;
      return [[piece.index, noteOf(before, piece, every)] as const];
    }),
  );
}

function noteOf(before: Piece, piece: Piece, why: Message): CaptureNote {
  const hole = humanDuration(Math.max(0, piece.first - before.last));
  return captureNote("file-missing", say`nothing is known of the ${hole} before this file: ${why}`);
}
