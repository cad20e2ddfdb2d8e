import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { firstTimeOf, lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import {
  completeSetups,
  endedForNext,
  intervalsOf,
  lastExchange,
  refusedSetups,
  setupEvidence,
  typical,
  type UpSetup,
} from "../../facts/life/setups.js";
import { deletedV1, deleteLike, PAST_ANNOUNCEMENTS_US } from "../../facts/life/ike-delete.js";
import { carriesTrafficAfter, MENDED } from "../../facts/life/healing.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, type Grade, graded } from "../../grade.js";
import { silenceAfter, staysUnanswered } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Two daemons that start together, or a re-authentication, make two or three setups; not four. */
const LEAST_SETUPS = 4;
/** An administrator who restarts both ends to try something does so fewer times, and the last setup stays. */
const SURE_SETUPS = 6;
/** A person who types a password again does so fewer times. */
const LEAST_REFUSED = 6;
/** "Within seconds": no lifetime is so short. */
const LONGEST_INTERVAL = 30_000_000;
/** Once the last setup has lasted this many intervals, it is over. */
const SETTLED_INTERVALS = 6;
/** Connections that are loaded together follow one another within milliseconds. */
const PAUSE_US = 300_000;
/** Packets of the old SA that are under way when the new one comes up arrive within this time. */
const UNDER_WAY = 5_000_000;

/**
 * The same peers set up a whole tunnel again and again, seconds after the one before, and the old one ends each time:
 * gateways with several connections set up several tunnels in a row too, and keep them. Who deletes and begins anew itself
 * re-authenticates.
 */
export const saFlapping = defineRule({
  code: "sa-flapping",
  severity: "critical",
  title: "The tunnel is set up again and again",
  explanation: "Setups succeed and are replaced seconds later. Another finding beside it may name the cause.",
  signature:
    "At least four whole setups of the same peers follow one another within 30 s each, and each ends the one before; or at least six that are refused.",
  remedies: [
    "The log of both sides between two setups: who deletes or gives up the SA, and why.",
    "Look for a second client with the same identity, start and close actions at both ends that work against each other (let one side only initiate), and a liveness check that fails.",
  ],
  commands: ["log", "start", "uniqueness"],
  references: [],
  onlyWith: ["beyond-setup"],
  detect: (context) => afterSuccess(context) ?? afterRefusal(context),
});

/** The root is `authentication-failed`; that the initiator tries again without a pause is a trouble of its own. */
function afterRefusal(context: TunnelContext): Verdict | null {
  const run = lastRun(refusedSetups(context));
  if (run.length < LEAST_REFUSED) return null;
  const interval = typical(intervalsOf(run));
  return {
    severity: "warning",
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: say`${run.length} setups are refused, about one every ${interval.text}`,
    summary: say`${run.length} setups in a row ended with a refusal of the authentication, and after about ${interval.text} the next one followed. Trying again does not help, and fills logs and half-open limits.`,
    evidence: setupEvidence(run, "a new setup begins"),
  };
}

function afterSuccess(context: TunnelContext): Verdict | null {
  const run = lastRun(completeSetups(context));
  const [first, last] = [run[0], run.at(-1)];
  if (run.length < LEAST_SETUPS || first === undefined || last === undefined) return null;
  const ended = run.filter((setup, index) => hasEnded(context, setup, run[index + 1]));
  const isProven = ended.length >= run.length - 1;
  const mayEnd = run.filter(
    (setup, index) => ended.includes(setup) || mayHaveEnded(context, setup, run[index + 1]),
  );
  if (!isProven && mayEnd.length < run.length - 1) return null;
  const interval = typical(intervalsOf(run));
  const authenticated = lastSighting(last.progress.opening[0]?.request ?? null);
  const quiet = authenticated === undefined ? 0 : silenceAfter(context, authenticated);
  const settled = quiet >= settledAfter(interval.value);
  const both = new Set(run.map(({ sa }) => sa.initiator.address)).size > 1;
  return {
    ...(settled
      ? MENDED
      : run.length < SURE_SETUPS && carriesTrafficAfter(context, last.upAt, last)
        ? { severity: "warning" as const }
        : {}),
    ...gradeOf(isProven, run.length < SURE_SETUPS ? mayStay(context, last, interval.value) : null),
    provenance: "observed",
    phase: null,
    headline: say`the tunnel is set up ${run.length} times, about every ${interval.text}`,
    summary: say`Each of ${run.length} setups succeeded, its tunnel ended, and after about ${interval.text} the next one followed${settled ? "; then it stayed up" : ""}. ${both ? "Both sides begin setups. " : say`Always ${last.sa.initiator.address} begins. `}One side does not keep what was agreed; if another finding stands beside this one, it names the cause.`,
    evidence: setupEvidence(run, "a new setup begins"),
  };
}

/** How long the last setup lasts before it counts as one that stays. */
function settledAfter(interval: Micros): Micros {
  return Math.max(interval * SETTLED_INTERVALS, LONGEST_INTERVAL);
}

function gradeOf(isProven: boolean, stays: Rival | null): Grade {
  return isProven && stays === null
    ? { confidence: "certain", rivals: OTHERS }
    : graded([isProven ? null : SEVERAL_TUNNELS, stays], OTHERS);
}

/** Open while the last setup, which nothing ends, has not lasted so long that it stays: restarts end with one that does. */
function mayStay(context: TunnelContext, last: UpSetup, interval: Micros): Rival | null {
  const exchange = lastExchange(last.sa);
  if (exchange !== undefined && isDelete(last, exchange)) return null;
  const answer = lastSighting(last.progress.authentication.at(-1)?.response ?? null);
  return endsEarly(context, answer, settledAfter(interval), "another setup");
}

const OTHERS: readonly Rival[] = [
  {
    code: "identity-flap",
    separatedBy: "the responder's log: whether another client with the same identity replaces this one",
  },
  {
    code: "authentication-rejected-by-initiator",
    separatedBy: "the initiator's log: whether it drops the SA right after the last answer",
  },
];

const SEVERAL_TUNNELS: Rival = {
  code: "simultaneous-initiation",
  separatedBy:
    "the SAs at both ends: gateways with several connections set up several tunnels in a row and keep them",
};

/** The last message of the IKE SA has the length of a delete, nothing follows it, and the next setup begins after a pause. */
function mayHaveEnded({ tunnel }: TunnelContext, setup: UpSetup, next: UpSetup | undefined): boolean {
  const { sa } = setup;
  const last = lastExchange(sa);
  const deleted = last === undefined ? null : deleteLike(setup, last, 0);
  if (next === undefined || deleted === null || next.sa.firstTime - deleted.time < PAUSE_US) return false;
  const goesOn = tunnel.streams.some(
    ({ firstTime, lastTime }) =>
      firstTime >= sa.firstTime && firstTime < next.sa.firstTime && lastTime > next.sa.firstTime,
  );
  return !goesOn;
}

function lastRun<T extends Setup>(setups: readonly T[]): T[] {
  let run: T[] = [];
  let best: T[] = [];
  for (const setup of setups) {
    const before = run.at(-1);
    const follows = before !== undefined && setup.sa.firstTime - before.sa.firstTime <= LONGEST_INTERVAL;
    run = follows ? [...run, setup] : [setup];
    if (run.length >= LEAST_SETUPS) best = run;
  }
  return best;
}

/** The side that set the next one up deletes the old one then: a re-authentication without a break (RFC 7296 2.8.3). */
function isHandedOver(sa: IkeSa, { sa: next, upAt }: UpSetup): boolean {
  const last = lastExchange(sa);
  const deletedAt = firstTimeOf(last?.request ?? null);
  const by = last?.startedBy === "initiator" ? sa.initiator.address : sa.responder.address;
  return by === next.initiator.address && deletedAt >= upAt && deletedAt <= upAt + UNDER_WAY;
}

/** Whether the tunnel of a setup is seen to be over when the next one is there: deleted, unanswered, or without its ESP. */
function hasEnded(context: TunnelContext, setup: UpSetup, next: UpSetup | undefined): boolean {
  const { sa, progress } = setup;
  if (next === undefined || sa.lastTime > next.upAt + UNDER_WAY) return false;
  if (progress.later.some((exchange) => staysUnanswered(exchange, context))) return true;
  if (endedForNext({ sa, progress }, next) !== null || isHandedOver(sa, next)) return false;
  const last = lastExchange(sa);
  if (last !== undefined && isDelete(setup, last)) return true;
  const streams = context.tunnel.streams.filter(
    ({ firstTime }) => firstTime >= sa.firstTime && firstTime < next.sa.firstTime,
  );
  return streams.length > 0 && streams.every(({ lastTime }) => lastTime <= next.upAt + UNDER_WAY);
}

/** An INFORMATIONAL of IKEv1 may hold a delete whatever its length; soon after the setup only a pair of them tells. */
function isDelete(setup: UpSetup, exchange: Exchange): boolean {
  const least = PAST_ANNOUNCEMENTS_US.mostly;
  if (setup.sa.majorVersion === 2) return deleteLike(setup, exchange, least) !== null;
  const { exchangeType, request } = exchange;
  if (deletedV1(setup) !== null) return true;
  return exchangeType === EXCHANGE_V1.INFORMATIONAL && firstTimeOf(request) > setup.upAt + least;
}
