import { SeededRandom } from "./capture/random.js";
import { SEED } from "./seed.js";

/** True in `npm run test:all`, where tests that draw a sample of their cases in `npm test` run every case. */
export const RUNS_EVERY_CASE = process.env["MODE"] === "whole";

/**
 * One of every `share` cases, drawn by the seed of the run, at least one where there are any; every case in
 * `npm run test:all`.
 */
export function sampled<T>(cases: readonly T[], share: number): T[] {
  if (RUNS_EVERY_CASE) return [...cases];
  const random = new SeededRandom(SEED);
  const drawn = cases.filter(() => random.below(share) === 0);
  const last = cases[random.below(cases.length)];
  return drawn.length === 0 && last !== undefined ? [last] : drawn;
}

/** So many runs of a test that draws its own cases; a share of them in `npm test`. */
export function runs(whole: number, share: number): number {
  return RUNS_EVERY_CASE ? whole : Math.ceil(whole / share);
}
