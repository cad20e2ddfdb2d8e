import type { Micros } from "../../../bytes/time.js";
import { isAccepted, mayHoldCertificate } from "../../../session/progress/auth-class.js";
import { firstJudgement } from "../../../session/nat.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { wentToAnotherGateway } from "../negotiation/redirects.js";
import { carriesEspAfter } from "./same-client.js";

/** Connections that are loaded together, and stay idle, follow one another sooner. */
const PAUSE: Micros = 5_000_000;
/**
 * Setups in a row, and the longest pause of who tries again, a person later than a daemon. A whole answer without certificates may be
 * that of one of several connections, which stay; a client behind NAT whose requests are equal has one, and its ESP would pass on the same
 * ports: the answer of an EAP gateway that sends no certificate (strongSwan `send_cert = ifasked`, to iOS) is as long as a whole one with a
 * pre-shared key.
 */
const TRIES = {
  telling: { setups: 3, longest: 120_000_000 },
  other: { setups: 5, longest: 30_000_000 },
} as const;

/** A restart by hand makes two; Libreswan begins anew at once, then after 5 s, 10 s and so on. */
const LEAST_BACK_OFF = 3;
/** Libreswan waits 5 s before its second attempt; connections that are loaded together follow one another within milliseconds. */
const LEAST_LAST_PAUSE: Micros = 2_000_000;
/** Each pause of its back-off is twice the one before; scripts and load tests keep one interval. */
const BACK_OFF = 1.5;
/** Libreswan's longest pause before it tries again is 300 s. If ESP may be left out of the capture, so long a life may have carried it. */
const LONGEST_PAUSE = { withEsp: 330_000_000, withoutEsp: 30_000_000 } as const;

/**
 * The last setups of one client, each left behind a whole answer to IKE_AUTH, the next one begun without a word about it: either with
 * pauses as of who tries again, or on a back-off, with equal requests. Empty where there are too few of them, or one of the last is used.
 */
export function leftSetups(context: TunnelContext): readonly Setup[] {
  const triedAgain = triedAgainSetups(context);
  return triedAgain.length > 0 ? triedAgain : backOffSetups(context);
}

/** Whether the answers of all of them have room for certificates. */
export function areWithCertificate(setups: readonly Setup[]): boolean {
  return setups.every(({ progress }) => mayHoldCertificate(progress.authClass));
}

function triedAgainSetups(context: TunnelContext): readonly Setup[] {
  const newestFirst: Setup[] = [];
  const isLone = mayBeLoneClient(context);
  for (const setup of context.setups.toReversed()) {
    const next = newestFirst.at(-1);
    if (!isLeft(context, setup) || (next !== undefined && !isTriedAgain(setup, next, isLone))) break;
    newestFirst.push(setup);
  }
  const run = newestFirst.toReversed();
  const areAlike = isLone && new Set(run.map(lengthsOf)).size === 1;
  return run.length < TRIES[areAlike || areWithCertificate(run) ? "telling" : "other"].setups ? [] : run;
}

function isTriedAgain(setup: Setup, next: Setup, isLone: boolean): boolean {
  const pause = pauseBetween(setup, next);
  const isTelling =
    mayHoldCertificate(setup.progress.authClass) || (isLone && lengthsOf(setup) === lengthsOf(next));
  const { longest } = TRIES[isTelling ? "telling" : "other"];
  return next.sa.initiator.address === setup.sa.initiator.address && pause >= PAUSE && pause <= longest;
}

function mayBeLoneClient(context: TunnelContext): boolean {
  const nat = firstJudgement(context.tunnel, context.setups);
  return nat?.initiatorBehindNat === true && wouldShowEsp(context);
}

/** Libreswan drops an IKE SA so if the responder's certificate is not valid, and sends no notify. */
function backOffSetups(context: TunnelContext): readonly Setup[] {
  const left = setupsIn(context, "up", "unknown").filter((setup) => isLeft(context, setup));
  // A setup that fails in another way, or lives, tells what the peers do; so all of them must look alike.
  if (left.length < LEAST_BACK_OFF || left.length < context.setups.length) return [];
  const pauses = left.slice(1).map((next, index) => pauseBetween(left[index], next));
  const longest = LONGEST_PAUSE[wouldShowEsp(context) ? "withEsp" : "withoutEsp"];
  const isOneAfterTheOther = pauses.every((pause) => pause > 0 && pause <= longest);
  const areAlike = new Set(left.map(kindOf)).size === 1;
  return isOneAfterTheOther && areAlike && isBackOff(pauses) ? left : [];
}

function isBackOff(pauses: readonly Micros[]): boolean {
  return (
    (pauses.at(-1) ?? 0) >= LEAST_LAST_PAUSE &&
    pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0) * BACK_OFF)
  );
}

/**
 * A whole answer came, to a request that was not sent again, and nothing uses the IKE SA after it. Requests of the responder that nobody
 * answers, such as a liveness check, do not use it.
 */
export function isLeft(context: TunnelContext, setup: Setup): boolean {
  const { sa, progress } = setup;
  const answer = progress.authentication.at(-1);
  if (sa.majorVersion !== 2 || !sa.startSeen) return false;
  if (answer?.request?.tries !== 1 || answer.response === null) return false;
  const isUsed = progress.later.some(
    ({ startedBy, response }) => startedBy === "initiator" || response !== null,
  );
  return (
    !isUsed &&
    (isAccepted(progress.authClass) || progress.authClass === "may-begin-eap") &&
    wentToAnotherGateway(setup, context) === undefined &&
    !carriesEspAfter(context, setup, firstTimeOf(answer.response))
  );
}

function pauseBetween(setup: Setup | undefined, next: Setup): Micros {
  return next.sa.firstTime - lastTimeOf(setup?.progress.authentication.at(-1)?.response ?? null);
}

/** The endpoint that begins and the length of its requests: other clients of one NAT device and other connections differ in these. */
function kindOf(setup: Setup): string {
  const { sa, progress } = setup;
  const from = firstSighting(progress.authentication.at(-1)?.request ?? null)?.source ?? sa.initiator;
  return [from.address, from.port, lengthsOf(setup)].join(" ");
}

/** The lengths of the first and the last request of a setup. */
function lengthsOf({ progress }: Setup): string {
  const exchanges = [progress.opening[0], progress.authentication.at(-1)];
  return exchanges.map((exchange) => exchange?.request?.message.header.length).join(" ");
}
