import { setImmediate } from "node:timers/promises";
import type { Gathering } from "../../extract/live/gathering.js";

/** Records that are looked at in one go: a few milliseconds. */
const STEP = 10_000;

/** A pass over what is remembered, in steps between which the capture is read. */
export async function passOver(gathering: Gathering): Promise<void> {
  gathering.begin();
  while (gathering.step(STEP)) await setImmediate();
}
