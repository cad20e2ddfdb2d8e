import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { firstTimeOf } from "../../../session/progress.js";
import type { TunnelContext, TunnelRule } from "../../context.js";
import {
  completeSetups,
  endedForNext,
  intervalsOf,
  lastExchange,
  setupEvidence,
  trafficGap,
  typical,
  type UpSetup,
} from "../../facts/setups.js";
import { staysUnanswered } from "../../facts/silence.js";

/** Three equal intervals are no coincidence. */
const LEAST_SETUPS = 4;
/** Shorter ones are flapping. */
const SHORTEST = 60_000_000;
/** Lifetimes are randomised by some daemons: then the period is not told. */
const TOLERANCE = 0.03;
/** A re-authentication breaks for a second or two; who has to notice a dead tunnel needs longer. */
const OUTAGE = 8_000_000;
/** Packets that come so rarely make pauses of their own. */
const PAUSES = 5;
/** A pause behind a setup that nobody announced. */
const SHORT_GAP = 1_000_000;
/** Break before make takes a few round trips; with large groups, certificates or EAP the gap can be felt. */
const FELT = 200_000;
/** Traffic that flows: the gap is one of it, not one between two conversations. */
const FLOWING = 5_000_000;

/** Setups at a constant period, each after an outage: requests without answer or a pause of the traffic. */
export const periodicDrop: TunnelRule = (context) => {
  const setups = completeSetups(context);
  const intervals = intervalsOf(setups);
  const period = typical(intervals);
  const isConstant = intervals.every((one) => Math.abs(one - period.value) <= period.value * TOLERANCE);
  if (setups.length < LEAST_SETUPS || period.value < SHORTEST || !isConstant) return null;
  const drops = pairs(setups).filter(([setup, next]) => isDrop(context, setup, next));
  if (drops.length < LEAST_SETUPS - 1) return null;
  return {
    code: "periodic-drop",
    confidence: "likely",
    provenance: "observed",
    phase: null,
    headline: `the tunnel drops and is set up anew every ${period.text} (${setups.length} setups)`,
    summary: `${setups.length} setups follow one another every ${period.text}, each after an outage. A constant period points at a timer: a lifetime of that length (IKE or ESP) that the two sides treat differently, or a session timeout of a device on the way.`,
    evidence: setupEvidence(setups, "a new setup after an outage"),
    rivals: [
      {
        code: "lifetime-mismatch",
        separatedBy: `the configuration of both sides: which lifetime is about ${period.text}`,
      },
    ],
  };
};

/** Full setups in order, each with a short pause of the traffic that make-before-break would not have. */
export const reauthGap: TunnelRule = (context) => {
  const setups = completeSetups(context);
  const gaps = pairs(setups).flatMap(([setup, next]): { next: UpSetup; length: Micros }[] => {
    const gap = trafficGap(context, setup, next);
    if (gap === null || isDrop(context, setup, next)) return [];
    const deletedAt = endedForNext(setup, next);
    if (deletedAt !== null) {
      const length = next.upAt - deletedAt;
      const isFelt = length >= FELT && gap.length >= length && gap.pause <= FLOWING && gap.from <= deletedAt;
      return isFelt && deletedAt - gap.from <= FLOWING ? [{ next, length }] : [];
    }
    if (next.sa.firstTime - setup.sa.firstTime < SHORTEST) return [];
    return gap.length < Math.max(SHORT_GAP, gap.pause * PAUSES) ? [] : [{ next, length: gap.length }];
  });
  // Once may be anything; each time is how the peers are configured.
  if (gaps.length < 2 || gaps.length < setups.length - 1 || periodicDrop(context) !== null) return null;
  const worst = Math.max(...gaps.map(({ length }) => length));
  return {
    code: "reauth-gap",
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_SA_INIT",
    headline: `traffic stops for up to ${humanDuration(worst)} at each of ${gaps.length} re-authentications`,
    summary: `The peers set up a whole new tunnel ${gaps.length} times, about every ${typical(intervalsOf(setups)).text}, and each time no ESP passes for up to ${humanDuration(worst)}: the old tunnel is closed before the new one is there.`,
    evidence: setupEvidence(
      gaps.map(({ next }) => next),
      "re-authentication with a gap in the traffic",
    ),
    rivals: [
      {
        code: "sa-flapping",
        separatedBy:
          "the log of the side that begins: whether it re-authenticates on purpose (lifetime) or lost the SA",
      },
    ],
  };
};

function pairs(setups: readonly UpSetup[]): (readonly [UpSetup, UpSetup])[] {
  return setups.slice(1).flatMap((next, index) => {
    const before = setups[index];
    return before === undefined ? [] : [[before, next] as const];
  });
}

function isDrop(context: TunnelContext, setup: UpSetup, next: UpSetup): boolean {
  const isDead = setup.progress.later.some((exchange) => staysUnanswered(exchange, context));
  if (isDead) return true;
  const gap = trafficGap(context, setup, next);
  if (gap === null) return false;
  const outage = Math.max(OUTAGE, gap.pause * PAUSES);
  return gap.length >= outage && !isEndedIdle(setup, gap.from + outage);
}

/** Nothing was sent any more when the SA was ended in order: it is set up on demand, and demand may be regular. */
function isEndedIdle({ sa }: UpSetup, idleSince: Micros): boolean {
  const last = lastExchange(sa);
  return (
    last?.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    last.response !== null &&
    firstTimeOf(last.request) >= idleSince
  );
}
