/** How many of the failing tunnels have a property, and of those that work. */
export interface Split {
  readonly failing: number;
  readonly failingOf: number;
  readonly working: number;
  /** Tunnels that work and of which the capture shows whether they have it. */
  readonly workingOf: number;
}

/** Failing tunnels that must have the property, and working ones that may. */
const LEAST_SHARE_OF_FAILING = 0.9;
const MOST_SHARE_OF_WORKING = 0.05;
/** Some ten properties are looked at: by chance one of a hundred reports of unrelated failures names one. */
const MOST_BY_CHANCE = 0.001;

/**
 * How likely it is that unrelated failures share a property so much, 0 to 1. It is looked for in the failing tunnels themselves, so
 * the first of them proves nothing.
 */
export function chanceOfSplit({ failing, failingOf, working, workingOf }: Split): number {
  return chanceOf(failing - 1, failingOf - 1, failing - 1 + working, failingOf - 1 + workingOf);
}

/**
 * Whether a property tells the failing tunnels from those that work, and not by chance: of two peers of one network and fifty others
 * nothing is said.
 */
export function separates(split: Split): boolean {
  return isContrast(split) && chanceOfSplit(split) < MOST_BY_CHANCE;
}

/** Whether most of the failing tunnels have the property, and hardly any that work. */
export function isContrast({ failing, failingOf, working, workingOf }: Split): boolean {
  if (workingOf === 0 || failing < failingOf * LEAST_SHARE_OF_FAILING) return false;
  return working <= workingOf * MOST_SHARE_OF_WORKING;
}

/** Probability that of `drawn` out of `all`, of which `marked` have a property, at least `hits` have it (Fisher's exact test). */
function chanceOf(hits: number, drawn: number, marked: number, all: number): number {
  let chance = Math.exp(lnChoose(marked, hits) + lnChoose(all - marked, drawn - hits) - lnChoose(all, drawn));
  let sum = 0;
  for (let count = hits; count <= Math.min(drawn, marked) && chance > 0; count++) {
    sum += chance;
    const left = all - marked - drawn + count + 1;
    chance *= left <= 0 ? 0 : ((marked - count) * (drawn - count)) / ((count + 1) * left);
  }
  return sum;
}

function lnChoose(from: number, chosen: number): number {
  let sum = 0;
  for (let index = 1; index <= chosen; index++) sum += Math.log((from - chosen + index) / index);
  return sum;
}
