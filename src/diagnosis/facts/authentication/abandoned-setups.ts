import type { Micros } from "../../../bytes/time.js";
import type { Exchange } from "../../../session/model.js";
import { isAccepted } from "../../../session/progress/auth-class.js";
import { firstSighting, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { carriesEspAfter } from "./same-client.js";

/** A setup whose whole IKE_AUTH response is the last message of its IKE SA that the initiator cares for. */
export interface AbandonedSetup {
  readonly setup: Setup;
  readonly answer: Exchange;
}

/** A restart by hand makes two; Libreswan begins anew at once, then after 5 s, 10 s and so on. */
const LEAST_SETUPS = 3;
/** Libreswan waits 5 s before its second attempt; connections that are loaded together follow one another within milliseconds. */
const LEAST_PAUSE_US: Micros = 2_000_000;
/** Each pause of its back-off is twice the one before; scripts and load tests keep one interval. */
const BACK_OFF = 1.5;
/** Libreswan's longest pause before it tries again is 300 s. If ESP may be left out of the capture, so long a life may have carried it. */
const LONGEST_PAUSE_US = { withEsp: 330_000_000, withoutEsp: 30_000_000 } as const;

/**
 * Setups of one initiator with equal requests, each accepted, none used, the next one begun without a word about the one before: Libreswan
 * drops an IKE SA so if the responder's certificate is not valid, and sends no notify. The newest last; empty if one of them lives.
 */
export function abandonedSetups(context: TunnelContext): readonly AbandonedSetup[] {
  const accepted = setupsIn(context, "up").flatMap((setup) => abandoned(context, setup));
  // A setup that fails in another way, or lives, tells what the peers do; so all of them must look alike.
  if (accepted.length < LEAST_SETUPS || accepted.length < context.setups.length) return [];
  const [first] = accepted;
  const pauses = accepted
    .slice(1)
    .map(({ setup }, index) => setup.sa.firstTime - answeredAt(accepted[index]));
  const longest = LONGEST_PAUSE_US[wouldShowEsp(context) ? "withEsp" : "withoutEsp"];
  const isOneAfterTheOther = pauses.every((pause) => pause > 0 && pause <= longest);
  const isAlike = accepted.every((one) => kindOf(one) === (first === undefined ? "" : kindOf(first)));
  return isOneAfterTheOther && isAlike && isBackOff(pauses) ? accepted : [];
}

function isBackOff(pauses: readonly Micros[]): boolean {
  return (
    (pauses.at(-1) ?? 0) >= LEAST_PAUSE_US &&
    pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0) * BACK_OFF)
  );
}

/** Requests of the responder that nobody answers, such as a liveness check, do not use the IKE SA. */
function abandoned(context: TunnelContext, setup: Setup): AbandonedSetup[] {
  const { sa, progress } = setup;
  const answer = progress.authentication.at(-1);
  if (sa.majorVersion !== 2 || !sa.startSeen || answer?.response == null) return [];
  if (!isAccepted(progress.authClass)) return [];
  const isUsed = progress.later.some(
    ({ startedBy, response }) => startedBy === "initiator" || response !== null,
  );
  return isUsed || carriesEspAfter(context, setup, sa.firstTime) ? [] : [{ setup, answer }];
}

function answeredAt(one: AbandonedSetup | undefined): Micros {
  return one === undefined ? -Infinity : lastTimeOf(one.answer.response);
}

/** The endpoint that begins and the length of its requests: other clients of one NAT device and other connections differ in these. */
function kindOf({ setup: { sa, progress }, answer }: AbandonedSetup): string {
  const lengths = [progress.opening[0], answer].map((exchange) => exchange?.request?.message.header.length);
  const from = firstSighting(answer.request)?.source ?? sa.initiator;
  return [from.address, from.port, ...lengths].join(" ");
}
