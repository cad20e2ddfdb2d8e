/** Work that grows with the size costs four times at four times the size, and one that grows with its square sixteen times. */
export const MOST_FOR_FOURFOLD = 7;

/** Runs of each size, of which the quickest counts, and times that the comparison is made before it is believed. */
const RUNS = 3;
const TRIES = 6;
/** Below this, in microseconds, what does not grow at all is most of it. */
const TOO_QUICK = 20_000;

/**
 * How many times the processor time of one work that of another takes, at least: of the process, so that what else runs on
 * the machine adds little. The first is to be a quarter of the second; a value of up to `MOST_FOR_FOURFOLD` ends the tries.
 */
export async function timesOfQuarter(quarter: Work, whole: Work): Promise<number> {
  let ratio = Infinity;
  for (let tries = 0; tries < TRIES && ratio > MOST_FOR_FOURFOLD; tries++) {
    const one = Math.max(TOO_QUICK, await leastCost(quarter));
    ratio = Math.min(ratio, (await leastCost(whole)) / one);
  }
  return ratio;
}

type Work = () => void | Promise<void>;

async function leastCost(work: Work): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}
