import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { FIRST_REQUESTS_US } from "./first-child.js";
import { isNoLivenessCheck, refusalOf } from "./refused-quick-mode.js";
import { silenceAfter } from "../silence/silence.js";
import { type TrafficEnd, trafficEnd } from "../esp/traffic-end.js";

/** A Quick Mode that is refused after one like it made the Child SA that carries traffic then. */
export interface RefusedRekeyV1 {
  readonly setup: Setup;
  /** The last such request, and the INFORMATIONAL that came instead of Quick Mode 2. */
  readonly refused: Exchange;
  readonly refusal: Exchange;
  readonly attempts: number;
  /** From the last request of the same length that was accepted, microseconds. */
  readonly pause: Micros;
  /** The end of the traffic of the Child SA; null where it goes on, or the capture does not show that it is over. */
  readonly end: TrafficEnd | null;
  /** One that came later was accepted. */
  readonly isMadeGood: boolean;
}

/** So many tries, over so long a time, are told although a later request was accepted: no two sides that only crossed. */
const LASTING_REFUSALS = { tries: 3, time: 20_000_000 } as const;

/**
 * The refused rekey of IKEv1 that nothing made good, or only after long; null where there is none. A quick mode has no sign of a rekey (RFC 2409 5.5),
 * and its content is encrypted: a request of the length of an accepted one, that comes some seconds later while ESP flows, is one, or
 * asks for a further Child SA.
 */
export const refusedRekeyV1 = onceInTurn((context: TunnelContext): RefusedRekeyV1 | null => {
  const all = context.setups.flatMap((setup) => refusedIn(context, setup));
  const last = all.at(-1);
  const first = all[0];
  if (last === undefined || first === undefined) return null;
  const answer = firstSighting(last.refusal.request);
  if (answer === undefined) return null;
  // Asked for once more, it was not made good yet.
  if (isMadeGood(context, Math.max(answer.time, lastTimeOf(last.refused.request)))) {
    const run = lastRun(context, all);
    const from = firstTimeOf(run[0]?.refused.request ?? null);
    const tries = run.reduce((sum, { refused }) => sum + (refused.request?.sightings.length ?? 0), 0);
    const isLong =
      tries >= LASTING_REFUSALS.tries && lastTimeOf(last.refused.request) - from >= LASTING_REFUSALS.time;
    return isLong ? { ...last, attempts: run.length, end: null, isMadeGood: true } : null;
  }
  const end = trafficEnd(
    context,
    { from: firstTimeOf(first.refusal.request), to: answer.time },
    silenceAfter(context, answer),
    mayDelete,
  );
  return { ...last, attempts: all.length, end, isMadeGood: false };
});

type Refused = Omit<RefusedRekeyV1, "attempts" | "end" | "isMadeGood">;

/** The last refusals, between which nothing was accepted. */
function lastRun({ setups }: TunnelContext, all: readonly Refused[]): readonly Refused[] {
  const last = firstTimeOf(all.at(-1)?.refused.request ?? null);
  const made = acceptedOf(setups).findLast(({ request }) => firstTimeOf(request) < last);
  const from = made === undefined ? -Infinity : firstTimeOf(made.request);
  return all.filter(({ refused }) => firstTimeOf(refused.request) > from);
}

function refusedIn(context: TunnelContext, setup: Setup): Refused[] {
  if (setup.sa.majorVersion !== 1) return [];
  const accepted = acceptedOf(context.setups);
  return setup.progress.quick.flatMap((refused) => {
    const { step, request, response } = refused;
    if (step !== 1 || request === null || response !== null) return [];
    const refusal = refusalOf(setup, refused);
    const at = firstTimeOf(request);
    const like = accepted.findLast(
      (one) =>
        one.request?.message.header.length === request.message.header.length && firstTimeOf(one.request) < at,
    );
    if (refusal === undefined || like === undefined) return [];
    const pause = at - firstTimeOf(like.request);
    const isInUse = flowsDuring(context, at, lastTimeOf(request));
    return pause > FIRST_REQUESTS_US && isInUse ? [{ setup, refused, refusal, pause }] : [];
  });
}

/** The quick modes that were answered, in order of time. */
function acceptedOf(setups: readonly Setup[]): Exchange[] {
  return setups
    .flatMap(({ progress }) => progress.quick)
    .filter(({ step, request, response }) => step === 1 && request !== null && response !== null)
    .toSorted((a, b) => firstTimeOf(a.request) - firstTimeOf(b.request));
}

/** Whether ESP flows when it is asked for, be it the first time or again. */
function flowsDuring({ tunnel }: TunnelContext, from: Micros, to: Micros): boolean {
  return tunnel.streams.some(({ firstTime, lastTime }) => firstTime < to && lastTime > from);
}

/** A later quick mode, or a new SPI: what the refused one asked for was made after all. */
function isMadeGood({ tunnel, setups }: TunnelContext, time: Micros): boolean {
  return (
    tunnel.streams.some(({ firstTime }) => firstTime > time) ||
    setups.some(({ progress }) =>
      progress.quick.some(
        ({ step, response }) => step === 1 && response !== null && firstTimeOf(response) > time,
      ),
    )
  );
}

function mayDelete(exchange: Exchange, setup: Setup): boolean {
  return exchange.exchangeType === EXCHANGE_V1.INFORMATIONAL && isNoLivenessCheck(setup, exchange);
}
