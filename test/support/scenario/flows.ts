import { ikeAuth, ikeAuthAnswer, ikeSaInit, ikeSaInitAnswer } from "./ikev2.js";
import { aggressiveMode, mainMode, quickMode, type V1Options } from "./ikev1.js";
import type { Peer } from "./peer.js";
import type { Scenario } from "./scenario.js";
import type { SaSpis } from "./wire.js";

interface From {
  /** Seconds at which the flow begins. */
  readonly from?: number;
  readonly sa?: SaSpis;
}

/** IKE_SA_INIT, request and response. */
export function opens(talk: Scenario, { from = 0, sa = talk.sa }: From = {}): void {
  const { starter, answerer } = sides(talk, sa);
  starter(from).sends(ikeSaInit({ sa }));
  answerer(from + 0.05).sends(ikeSaInitAnswer({ sa }));
}

/** IKE_SA_INIT and IKE_AUTH, both answered. */
export function setsUp(talk: Scenario, { from = 0, sa = talk.sa }: From = {}): void {
  const { starter, answerer } = sides(talk, sa);
  opens(talk, { from, sa });
  starter(from + 0.1).sends(ikeAuth({ sa }));
  answerer(from + 0.15).sends(ikeAuthAnswer({ sa }));
}

/** As `setsUp`, between any two peers. */
export function setsUpBetween(
  talk: Scenario,
  from: Peer,
  to: Peer,
  { from: start = 0, sa = talk.sa }: From = {},
): void {
  talk.between(from, to, start).sends(ikeSaInit({ sa }));
  talk.between(to, from, start + 0.05).sends(ikeSaInitAnswer({ sa }));
  talk.between(from, to, start + 0.1).sends(ikeAuth({ sa }));
  talk.between(to, from, start + 0.15).sends(ikeAuthAnswer({ sa }));
}

/** Main mode, all six messages. */
export function mainModeUp(
  talk: Scenario,
  { from = 0, sa = talk.sa, ...announced }: From & Pick<V1Options, "vendors"> = {},
): void {
  const { starter, answerer } = sides(talk, sa);
  const options: V1Options = { sa, ...announced };
  for (const step of [1, 3, 5] as const) {
    starter(from + step * 0.05).sends(mainMode(step, options));
    answerer(from + step * 0.05 + 0.03).sends(mainMode(step === 1 ? 2 : step === 3 ? 4 : 6, options));
  }
}

/** Aggressive mode, all three messages. */
export function aggressiveModeUp(talk: Scenario, { from = 0, sa = talk.sa }: From = {}): void {
  const { starter, answerer } = sides(talk, sa);
  starter(from).sends(aggressiveMode(1, { sa }));
  answerer(from + 0.05).sends(aggressiveMode(2, { sa }));
  starter(from + 0.1).sends(aggressiveMode(3, { sa }));
}

/** Quick mode, all three messages. */
export function quickModeUp(
  talk: Scenario,
  { from = 0, sa = talk.sa }: From = {},
  messageId = 0x51515151,
): void {
  const { starter, answerer } = sides(talk, sa);
  starter(from).sends(quickMode(1, { sa, messageId }));
  answerer(from + 0.05).sends(quickMode(2, { sa, messageId }));
  starter(from + 0.1).sends(quickMode(3, { sa, messageId }));
}

/** ESP every half second from `from` to `to`, both ways or one. */
export function traffic(
  talk: Scenario,
  from: number,
  to: number,
  ways: "both" | "initiator" | "responder" = "both",
): void {
  const times = (delay: number): number[] =>
    Array.from({ length: Math.floor((to - from) * 2) }, (_, index) => from + delay + index / 2);
  if (ways !== "responder") talk.at(...times(0)).initiator.esp();
  if (ways !== "initiator") talk.at(...times(0.02)).responder.esp();
}

/** The speakers by their part in this IKE SA. */
function sides(talk: Scenario, { startedBy }: SaSpis) {
  const starts = startedBy === "initiator";
  return {
    starter: (seconds: number) => (starts ? talk.at(seconds).initiator : talk.at(seconds).responder),
    answerer: (seconds: number) => (starts ? talk.at(seconds).responder : talk.at(seconds).initiator),
  };
}
