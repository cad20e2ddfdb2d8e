import type { Frame, Scenario } from "./scenario.js";
import type { EspOptions } from "./speaker.js";

/** Seconds from `from` on, a step apart, before `to`. */
export function every(step: number, from: number, to: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) }, (_, index) => from + index * step);
}

interface Dialogue {
  readonly ask?: EspOptions;
  readonly answer?: EspOptions;
  readonly asker?: "initiator" | "responder";
}

/** Questions at these seconds, each answered 20 ms later, as pings are. */
export function dialogue(
  talk: Scenario,
  seconds: readonly number[],
  { ask = {}, answer = {}, asker = "initiator" }: Dialogue = {},
): { readonly questions: Frame[]; readonly answers: Frame[] } {
  const other = asker === "initiator" ? "responder" : "initiator";
  return {
    questions: talk.at(...seconds)[asker].esp(ask),
    answers: talk.at(...seconds.map((second) => second + 0.02))[other].esp(answer),
  };
}
