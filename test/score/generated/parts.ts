import { informational, informationalAnswer, type Scenario } from "../../support/scenario/index.js";

/** Seconds from `from` to before `to`, `step` apart. */
export const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.round((to - from) / step)) }, (_, index) => from + index * step);

/** ESP both ways under SPIs of its own, every half second. */
export function childTraffic(talk: Scenario, child: number, from: number, to: number): void {
  talk.at(...every(0.5, from, to)).initiator.esp({ spi: 0xc1000100 + child });
  talk.at(...every(0.5, from + 0.02, to + 0.02)).responder.esp({ spi: 0xc2000100 + child });
}

/** A liveness check of the initiator, answered. */
export function checks(talk: Scenario, at: number, id: number): void {
  talk.at(at).initiator.sends(informational({ id }));
  talk.at(at + 0.05).responder.sends(informationalAnswer({ id }));
}
