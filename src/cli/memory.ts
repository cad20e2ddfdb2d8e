import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Size at which the young generation stops growing, both halves: V8 takes three times 16 MiB without gaining time. */
const YOUNG_GENERATION_BYTES = 8 * 2 ** 20;
/** Bytes in use beyond which the old generation has less room: a small one would be cleared up too often. */
const LARGE_OLD_GENERATION_BYTES = 32 * 2 ** 20;
const LOOK_INTERVAL_MS = 10;

/**
 * By itself V8 lets the heap grow to several times of what is in use before it clears up. What we make is garbage within
 * moments, so that half of that room costs little time and saves a third of the memory.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=40");
  // V8 takes `--max-semi-space-size` from Node's command line only; the factor by which it grows can be changed at any time.
  onceLarger("new_space", "space_size", YOUNG_GENERATION_BYTES, "--semi-space-growth-factor=1");
  onceLarger("old_space", "space_used_size", LARGE_OLD_GENERATION_BYTES, "--heap-growing-percent=25");
}

/** Sets a flag of V8 as soon as that space of the heap has so many bytes. */
function onceLarger(name: string, size: "space_size" | "space_used_size", bytes: number, flag: string): void {
  const timer = setInterval(() => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === name);
    if (space === undefined || space[size] < bytes) return;
    setFlagsFromString(flag);
    clearInterval(timer);
  }, LOOK_INTERVAL_MS);
  timer.unref();
}
