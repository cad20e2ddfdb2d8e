import type { Micros } from "../bytes/time.js";
import type { Setup, TunnelContext } from "../diagnosis/context.js";
import type { Phase } from "../diagnosis/finding.js";
import { phaseOf } from "../diagnosis/phases.js";
import { lastExchange } from "../diagnosis/facts/life/setups.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { firstSighting, firstTimeOf } from "../session/sightings.js";
import { isRefusalLength } from "../session/short-messages.js";
import type { Exchange, IkeSa } from "../session/model.js";
import type { EventFrame, SetupOutcome } from "./event.js";

/** A setup that was not heard of for so long does not go on: daemons repeat within half a minute. */
export const SETUP_PATIENCE: Micros = 30_000_000;

const UNDER_WAY: ReadonlySet<string> = new Set([
  "opening",
  "opening-answered",
  "authenticating",
  "phase-1-up",
]);

/** Whether a setup is begun and not finished, and may still go on. */
export function isUnderWay({ sa, progress }: Setup, now: Micros): boolean {
  return UNDER_WAY.has(progress.state) && now - sa.lastTime <= SETUP_PATIENCE;
}

/** How a setup ended; null while that is open, and for an IKE SA that was there before. */
export function outcomeOf(setup: Setup, now: Micros): SetupOutcome | null {
  const { sa, progress } = setup;
  if (!sa.startSeen || progress.state === "unknown") return null;
  const phase = phaseIn(setup);
  if (progress.state === "up" && progress.upAt !== null) {
    return { outcome: "established", phase, seconds: (progress.upAt - sa.firstTime) / 1e6 };
  }
  if (progress.state === "authentication-refused" || progress.state === "child-refused") {
    return { outcome: "failed", phase, seconds: null };
  }
  return now - sa.lastTime > SETUP_PATIENCE ? { outcome: "failed", phase, seconds: null } : null;
}

/** The phase that a setup is in. */
export function phaseIn({ sa }: Setup): Phase {
  const last = lastExchange(sa);
  return last === undefined ? "IKE_SA_INIT" : phaseOf(sa, last);
}

/** The answers that prove that the tunnel came up or was renewed after `time`: of setups and of rekeys, the oldest first. */
export function renewalsAfter({ setups }: TunnelContext, time: Micros): Renewal[] {
  return setups
    .flatMap((setup) => [...establishmentOf(setup), ...rekeysOf(setup)])
    .filter((renewal) => renewal.time > time)
    .toSorted((a, b) => a.time - b.time);
}

/** The exchange that made or renewed an SA. */
export interface Renewal {
  readonly kind: "established" | "rekeyed";
  readonly time: Micros;
  readonly reason: string;
  readonly evidence: readonly EventFrame[];
}

function establishmentOf({ sa, progress }: Setup): Renewal[] {
  const { state, upAt } = progress;
  if (state !== "up" || upAt === null) return [];
  const proof = sa.exchanges.find(({ response }) => firstSighting(response)?.time === upAt);
  if (proof === undefined || !isNew(sa, proof)) return [];
  const reason = `${phaseOf(sa, proof)} of the IKEv${sa.majorVersion} SA ${sa.initiatorSpi} answered`;
  return [{ kind: "established", time: upAt, reason, evidence: framesOf(proof) }];
}

/** Whether an answer proves a new IKE SA: of one from before the capture it proves only that it lives. */
function isNew(sa: IkeSa, { exchangeType }: Exchange): boolean {
  return sa.startSeen || isSetupExchange(sa.majorVersion, exchangeType);
}

function rekeysOf({ sa, progress }: Setup): Renewal[] {
  const isV1 = sa.majorVersion === 1;
  const candidates = isV1
    ? progress.quick
        .filter(({ step, response }) => step === 1 && response !== null)
        .slice(sa.startSeen ? 1 : 0)
    : progress.later.filter(
        ({ exchangeType, request, response }) =>
          exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
          request !== null &&
          response !== null &&
          !isRefusalLength(response.message, progress.suite),
      );
  const name = isV1 ? "Quick Mode" : "CREATE_CHILD_SA";
  return candidates.map((exchange) => ({
    kind: "rekeyed",
    time: firstTimeOf(exchange.response),
    reason: `${name} answered`,
    evidence: framesOf(exchange),
  }));
}

/** The first frames of a request and of its answer. */
export function framesOf({ request, response }: Exchange): EventFrame[] {
  return [request, response].flatMap((transmission) => {
    const sighting = firstSighting(transmission);
    const frame = sighting?.frames[0];
    return sighting === undefined || frame === undefined ? [] : [{ frame, time: sighting.time }];
  });
}

/** Whether an exchange of that type belongs to the setup of an IKE SA. */
export function isSetupExchange(version: 1 | 2, exchangeType: number): boolean {
  return version === 1
    ? exchangeType !== EXCHANGE_V1.INFORMATIONAL && exchangeType !== EXCHANGE_V1.QUICK_MODE
    : exchangeType === EXCHANGE_V2.IKE_SA_INIT ||
        exchangeType === EXCHANGE_V2.IKE_AUTH ||
        exchangeType === EXCHANGE_V2.IKE_INTERMEDIATE ||
        exchangeType === EXCHANGE_V2.IKE_SESSION_RESUME;
}
