import { SIZE_BIN_WIDTH, SIZE_BINS } from "../../../esp/stream.js";
import { type EspDirection, sizeBinsOf, sumOf } from "./esp-directions.js";

/** The share that is answered at once of a size that gets through. */
const MOSTLY = 0.5;
const MOST_OF_A_SIZE = { share: MOSTLY, least: 1 } as const;
const NEARLY_ALL = 0.8;

/**
 * The size up to which most packets were answered at once: of larger ones a packet may have been followed by one of the other
 * side by chance. `share` and `least` tell how many of a size have to be. Bytes; the lower end of its bin where the largest that was answered is no such.
 */
export function answeredUpTo(
  { streams }: EspDirection,
  bins = sizeBinsOf(streams),
  { share, least }: { readonly share: number; readonly least: number } = MOST_OF_A_SIZE,
): number {
  const bin = bins.findLastIndex(({ packets, answered }) => answered >= Math.max(least, packets * share));
  if (bin < 0) return 0;
  const largest = Math.max(...streams.map(({ sizes }) => sizes.largestAnswered));
  return binOf(largest) === bin ? largest : Math.max(1, bin * SIZE_BIN_WIDTH);
}

export function binOf(size: number): number {
  return Math.min(Math.floor(size / SIZE_BIN_WIDTH), SIZE_BINS - 1);
}

type Bins = ReturnType<typeof sizeBinsOf>;

/** Nearly all of these packets are answered at once: then that none of the larger ones is tells that their answers are missing. */
export function areNearlyAllAnswered(bins: Bins): boolean {
  return shareAnswered(bins) >= NEARLY_ALL;
}

export function areMostlyAnswered(bins: Bins): boolean {
  return shareAnswered(bins) >= MOSTLY;
}

function shareAnswered(bins: Bins): number {
  return (
    sumOf(bins, (bin) => bin.answered) /
    Math.max(
      1,
      sumOf(bins, (bin) => bin.packets),
    )
  );
}
