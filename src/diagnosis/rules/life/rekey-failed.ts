import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstSighting, firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { creationsOf, hasNoChild } from "../../facts/child/first-child.js";
import type { Setup, TunnelContext } from "../../context.js";
import { isIkeRekey } from "../../facts/life/replaced-ike-sa.js";
import { carriesTrafficAfter, healedAfter } from "../../facts/life/healing.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import {
  carriesNothingMore,
  isChildRequest,
  MAY_COLLIDE,
  refusalsAtTheEnd,
  usesOldSpis,
} from "../../facts/child/refused-rekeys.js";
import { isAnotherRenewedAfter, isAnotherRequestLater } from "../../facts/child/renewals.js";
import { refusedChildrenV2 } from "../../facts/child/refused-children.js";
import { refusedTexts } from "../../facts/child/refusing-sides.js";
import { refusedRekeyV1Verdict } from "../../facts/child/refused-rekey-v1-verdict.js";
import { trafficEnd } from "../../facts/esp/traffic-end.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { errorIn, type OpenedPart, openedOf } from "../../facts/opened/opened.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { REKEY } from "../../facts/host/logged-subjects.js";
import { withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** One TEMPORARY_FAILURE or INVALID_KE_PAYLOAD is followed by an attempt that succeeds (RFC 7296 2.25, 1.3). */
const SURE_REFUSALS = 2;
/** INVALID_KE_PAYLOAD is followed by the wanted group at once, TEMPORARY_FAILURE by a new attempt within this time. */
const NEXT_ATTEMPT_US: Micros = 30_000_000;

/** The Delete of the old SA follows its renewal within this time. */
const RENEWS_US: Micros = 1_000_000;

/**
 * CREATE_CHILD_SA is answered at the length of one notify again and again and never succeeds afterwards; critical where
 * traffic flowed and stops behind it, for then the old SA has reached its lifetime.
 */
export const rekeyFailed = defineRule({
  code: "rekey-failed",
  severity: "critical",
  title: "The peer refuses a rekey or a further Child SA",
  explanation:
    "CREATE_CHILD_SA, or in IKEv1 a later Quick Mode, is answered with an error. If it was a rekey, the tunnel works until the old SA reaches its lifetime, then it drops; if it asked for a further Child SA, its subnets have no tunnel.",
  signature:
    "IKEv2: a CREATE_CHILD_SA is answered with a message that has room for one notify only, and none succeeds after it. IKEv1: while ESP flows, a Quick Mode 1 of the length of an accepted one is answered with an INFORMATIONAL instead of Quick Mode 2, more than 5 s after the accepted one. Possible after one refusal, until no new attempt follows; critical if the traffic then stops, and no more than suspected after one refusal without what may be a Delete.",
  remedies: [
    "Compare the PFS group of the ESP proposals: the first child needs none, so a mismatch shows at the first rekey only.",
    "The refusing side's log names the reason: NO_PROPOSAL_CHOSEN, INVALID_KE_PAYLOAD, TS_UNACCEPTABLE.",
    "Compare the proposals of the IKE SA too: its rekey negotiates them anew.",
  ],
  commands: ["child", "lifetimes", "log"],
  references: ["RFC 7296 section 1.3", "RFC 7296 section 2.8", "RFC 2409 section 5.5"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const failed = context.setups.flatMap((setup) => {
      const ofFirstChildren = refusedChildrenV2(setup, context)?.refused ?? [];
      const refused = refusalsAtTheEnd(setup, context).filter((one) => !ofFirstChildren.includes(one));
      return refused.length > 0 ? [{ setup, refused }] : [];
    });
    const last = failed.at(-1);
    const wire =
      (last === undefined ? null : verdict(context, last.setup, last.refused)) ??
      refusedRekeyV1Verdict(context);
    return wire === null ? null : withLoggedCause(context, REKEY, wire);
  },
});

function verdict(context: TunnelContext, setup: Setup, refused: readonly Exchange[]): Verdict | null {
  const last = refused.at(-1);
  const answer = lastSighting(last?.response ?? null);
  if (last === undefined || answer === undefined) return null;
  const bytes = last.response?.message.header.length ?? 0;
  const answered = openedOf(context, last.response);
  // The length of an error, and none: what it made is there.
  if (answered !== null && errorIn(answered) === null) return null;
  const opened = openedError(answered);
  // Both rekey at once, and each puts the other off: the next attempts are still to come (RFC 7296 2.25).
  const isPutOff = isMutualDelay(refused) || isWhileItRenews(setup, refused);
  if (opened === null && isPutOff && silenceAfter(context, answer) < NEXT_ATTEMPT_US) return null;
  const at = lastTimeOf(last.response);
  const isMended = healedAfter(context, at, setup) || isContinued(context, setup, at);
  if (isMended && !isLeftOut(context, setup, last)) return null;
  const died = trafficEnd(
    context,
    { from: firstRefusalWindow(context) ?? answer.time, to: answer.time },
    silenceAfter(context, answer),
    isInformationalV2,
  );
  // After one refusal, which may be of a further Child SA, traffic may just have ended.
  const isOver =
    refused.length >= SURE_REFUSALS &&
    died !== null &&
    !carriesTrafficAfter(context, died.last.lastTime, setup) &&
    !isAnotherRenewedAfter(setup, last);
  // Then it is no rekey of a Child SA: child-rejected tells of it.
  if (hasNoChild(setup, context)) return null;
  const { isMutual, headline, asked, evidence } = refusedTexts(setup.sa, refused);
  return {
    ...(isOver ? {} : { severity: "warning" as const }),
    ...graded(
      [
        refused.length >= SURE_REFUSALS
          ? null
          : endsEarly(context, answer, NEXT_ATTEMPT_US, "an attempt that succeeds"),
      ],
      RIVALS,
    ),
    provenance: "deduced",
    ...(opened === null ? {} : { confidence: "certain", provenance: "observed", rivals: [] }),
    phase: "CREATE_CHILD_SA",
    headline: say`${headline} (${opened === null ? say`answer of ${bytes} bytes: one error notify` : opened.name})${isOver ? ", then traffic stops" : ""}`,
    summary: joined(
      say`${asked} ${opened === null ? say`(${bytes} bytes) has room for one error only, not for a new SA. ` : say`is ${opened.name} (${opened.mark}). `}`,
      isOver
        ? "No ESP follows any more: the old SA has reached its lifetime and there is no new one."
        : "If it was a rekey, the tunnel drops when the old SA reaches its lifetime, unless a later attempt succeeds; if it asked for a further Child SA, its subnets have no tunnel.",
      " A setup that works and a rekey that does not point at the PFS group: the first child uses the key exchange of the IKE SA, a rekey its own.",
      isMutual
        ? " Where both sides refuse, PFS is set at one of them only, or they have no proposal in common."
        : "",
    ),
    evidence,
  };
}

/** Two requests that crossed, one of each side. */
function isMutualDelay(refused: readonly Exchange[]): boolean {
  const [one, other] = refused;
  if (refused.length !== 2 || one === undefined || other === undefined || one.startedBy === other.startedBy)
    return false;
  return (
    firstTimeOf(one.request) < lastTimeOf(other.response) &&
    firstTimeOf(other.request) < lastTimeOf(one.response)
  );
}

/** One request that came while the side that refuses was renewing a Child SA itself, and had not deleted the old one yet. */
function isWhileItRenews(setup: Setup, refused: readonly Exchange[]): boolean {
  const [one] = refused;
  if (one === undefined || refused.length > 1) return false;
  return creationsOf(setup).some(
    (own) =>
      own.startedBy !== one.startedBy &&
      firstTimeOf(own.request) < lastTimeOf(one.response) &&
      firstTimeOf(one.request) - lastTimeOf(own.response) < RENEWS_US,
  );
}

function isInformationalV2({ exchangeType }: Exchange): boolean {
  return exchangeType === EXCHANGE_V2.INFORMATIONAL;
}

/** The error in an answer that keys opened; null for one that asks to try again (RFC 7296 2.25, 1.3). */
function openedError(said: OpenedPart | null): { readonly name: string; readonly mark: Message } | null {
  const error = said === null ? null : errorIn(said);
  if (said === null || error === null || TRY_AGAIN.includes(error.notifyType)) return null;
  return { name: notifyName(2, error.notifyType), mark: said.mark };
}

const TRY_AGAIN: readonly number[] = [NOTIFY_V2.TEMPORARY_FAILURE, NOTIFY_V2.INVALID_KE_PAYLOAD];

const RIVALS: readonly Rival[] = [
  {
    code: "child-rejected",
    separatedBy:
      "the requester's log or the decrypted request: whether it has REKEY_SA in it, or asks for a further child (other subnets)",
  },
  MAY_COLLIDE,
];

/** A rekey of the IKE SA makes no Child SA: where only that followed, what was refused to a Child SA still is. */
function isLeftOut(context: TunnelContext, setup: Setup, refused: Exchange): boolean {
  const at = lastTimeOf(refused.response);
  const isSetUpAnew = context.setups.some(({ sa }) => sa.startSeen && sa.firstTime > at);
  // With PFS it is as long as it is; the one that rekeyed the IKE SA has another length then.
  const isOfChild =
    isChildRequest(refused.request, setup.progress) ||
    creationsOf(setup).some((made) => isIkeRekey(setup, made) && isAnotherRequestLater(made, refused));
  if (isSetUpAnew || !isOfChild) return false;
  return usesOldSpis(context, at) || carriesNothingMore(context, at);
}

/** An IKE SA that began later and lives: its rekey, or a new one, worked. */
function isContinued(context: TunnelContext, setup: Setup, time: Micros): boolean {
  return context.setups.some(
    ({ sa, progress }) => sa.id !== setup.sa.id && sa.firstTime > time && progress.upAt !== null,
  );
}

/** The first refusal: traffic that had stopped long before it was not stopped by it. */
function firstRefusalWindow(context: TunnelContext): Micros | null {
  const times = context.setups.flatMap((setup) =>
    refusalsAtTheEnd(setup, context).flatMap(({ response }) => {
      const sighting = firstSighting(response);
      return sighting === undefined ? [] : [sighting.time];
    }),
  );
  return times.length === 0 ? null : Math.min(...times);
}
