import type { CaptureCondition } from "./frame.js";

/** Places at which captures are cut, evenly spread, and the first frames. */
const CUTS = 16;
const FIRST = [1, 2, 3];
/** So many frames in a row are missing, as of a sniffer that is too slow for a moment; counted from each of the first ones. */
const MISSING = 2;
const PLACES = 20;

const cutAt = (share: number, count: number): number => Math.round((share * count) / (CUTS + 1));

function conditions(
  name: (number: number) => string,
  numbers: readonly number[],
  condition: (number: number) => CaptureCondition,
) {
  return Object.fromEntries(numbers.map((number) => [name(number), condition(number)]));
}

const shares = Array.from({ length: CUTS }, (_, index) => index + 1);

/** Captures that begin late. */
export const LATE: Readonly<Record<string, CaptureCondition>> = {
  ...conditions(
    (number) => `without its first ${number}`,
    FIRST,
    (number) => (frames) => frames.slice(number),
  ),
  ...conditions(
    (share) => `from ${share}/${CUTS + 1}`,
    shares,
    (share) => (frames) => frames.slice(cutAt(share, frames.length)),
  ),
};

/** Captures that end early. */
export const EARLY: Readonly<Record<string, CaptureCondition>> = {
  ...conditions(
    (number) => `its first ${number} alone`,
    FIRST,
    (number) => (frames) => frames.slice(0, number),
  ),
  ...conditions(
    (share) => `up to ${share}/${CUTS + 1}`,
    shares,
    (share) => (frames) => frames.slice(0, cutAt(share, frames.length)),
  ),
};

/** Captures of a setup in which frames are missing. */
export const HOLES: Readonly<Record<string, CaptureCondition>> = conditions(
  (from) => `without ${from} to ${from + MISSING - 1}`,
  Array.from({ length: PLACES }, (_, index) => index + 1),
  (from) => (frames) => frames.filter((_, index) => index + 1 < from || index + 1 >= from + MISSING),
);
