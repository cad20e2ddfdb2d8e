import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstSighting, firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { isFirstChild } from "../../facts/first-child.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { carriesTrafficAfter, healedAfter } from "../../facts/healing.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import { isChildRequest, refusalsAtTheEnd, usesOldSpis } from "../../facts/refused-rekeys.js";
import { endsOf, isSeen } from "../../facts/unanswered.js";
import { silenceAfter } from "../../facts/silence.js";
import { canonicalOf } from "../../facts/sides.js";
import { errorIn, type OpenedPart, openedOf } from "../../facts/opened.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { REKEY } from "../../facts/logged-subjects.js";
import { withLoggedCause } from "../../facts/told-cause.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** One TEMPORARY_FAILURE or INVALID_KE_PAYLOAD is followed by an attempt that succeeds (RFC 7296 2.25, 1.3). */
const SURE_REFUSALS = 2;
/** INVALID_KE_PAYLOAD is followed by the wanted group at once, TEMPORARY_FAILURE by a new attempt within this time. */
const NEXT_ATTEMPT_US: Micros = 30_000_000;
/** "The SA dies" takes a capture that goes on for so long without its packets, and longer where they are rare. */
const PROVING_SILENCE_US = 30_000_000;
const PAUSES = 10;
/** Where an INFORMATIONAL stands at the end of the traffic, it deleted the SA, and less will do. */
const DELETED_PROOF = 1_000_000;
const DELETED_PAUSES = 2;

/**
 * CREATE_CHILD_SA is answered at the length of one notify again and again and never succeeds afterwards; critical where
 * traffic flowed and stops behind it, for then the old SA has reached its lifetime.
 */
export const rekeyFailed = defineRule({
  code: "rekey-failed",
  severity: "critical",
  title: "The peer refuses a rekey or a further Child SA",
  explanation:
    "CREATE_CHILD_SA is answered with an error. If it was a rekey, the tunnel works until the old SA reaches its lifetime, then it drops; if it asked for a further Child SA, its subnets have no tunnel.",
  signature:
    "A CREATE_CHILD_SA is answered with a message that has room for one notify only, and none succeeds after it. Possible after one refusal, until no new attempt follows; critical if the traffic then stops.",
  remedies: [
    "Compare the PFS group of the ESP proposals: the first child needs none, so a mismatch shows at the first rekey only.",
    "The refusing side's log names the reason: NO_PROPOSAL_CHOSEN, INVALID_KE_PAYLOAD, TS_UNACCEPTABLE.",
    "Compare the proposals of the IKE SA too: its rekey negotiates them anew.",
  ],
  commands: ["child", "lifetimes", "log"],
  references: ["RFC 7296 section 1.3", "RFC 7296 section 2.8"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    const failed = context.setups.flatMap((setup) => {
      const refused = refusalsAtTheEnd(setup, context);
      return refused.length > 0 ? [{ setup, refused }] : [];
    });
    const last = failed.at(-1);
    const wire = last === undefined ? null : verdict(context, last.setup, last.refused);
    return wire === null ? null : withLoggedCause(context, REKEY, wire);
  },
});

function verdict(context: TunnelContext, setup: Setup, refused: readonly Exchange[]): Verdict | null {
  const [first, last] = [refused[0], refused.at(-1)];
  const answer = lastSighting(last?.response ?? null);
  if (first === undefined || last === undefined || answer === undefined) return null;
  const { sa } = setup;
  const bytes = last.response?.message.header.length ?? 0;
  const answered = openedOf(context, last.response);
  // The length of an error, and none: what it made is there.
  if (answered !== null && errorIn(answered) === null) return null;
  const opened = openedError(answered);
  const [asker, refuser] = endsOf(sa, last.startedBy);
  const at = lastTimeOf(last.response);
  const isMended = healedAfter(context, at) || isContinued(context, sa.id, at);
  if (isMended && !isLeftOut(context, setup, last)) return null;
  const died = trafficEnd(context, answer.time, silenceAfter(context, answer));
  // After one refusal, which may be of a further Child SA, traffic may just have ended.
  const isOver = refused.length >= SURE_REFUSALS && died !== null && !carriesTrafficAfter(context, died);
  if (isFirstChild(setup, context)) return null;
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
    headline: say`${refuser.address} refuses CREATE_CHILD_SA ${timesText(refused.length)} (${opened === null ? say`answer of ${bytes} bytes: one error notify` : opened.name})${isOver ? ", then traffic stops" : ""}`,
    summary: joined(
      say`${asker.address} asked with CREATE_CHILD_SA ${timesText(refused.length)}, and the answer of ${refuser.address} ${opened === null ? say`(${bytes} bytes) has room for one error only, not for a new SA. ` : say`is ${opened.name} (${opened.mark}). `}`,
      isOver
        ? "No ESP follows any more: the old SA has reached its lifetime and there is no new one."
        : "When the old SA reaches its lifetime, the tunnel drops, unless a later attempt succeeds.",
      " A setup that works and a rekey that does not point at the PFS group: the first child uses the key exchange of the IKE SA, a rekey its own.",
    ),
    evidence: [
      ...evidenceOf(first.request, "CREATE_CHILD_SA request", 1),
      ...evidenceOf(first.response, say`answer of ${bytes} bytes: one notify`, 1),
      ...(first === last
        ? []
        : [
            ...evidenceOf(last.request, "CREATE_CHILD_SA request again", 1),
            ...evidenceOf(last.response, say`answer of ${bytes} bytes: one notify`, 1),
          ]),
    ],
  };
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
  {
    code: "rekey-collision",
    separatedBy:
      "the decrypted answer: TEMPORARY_FAILURE, because the other side rekeys or deletes at the same time",
  },
];

/** A rekey of the IKE SA makes no Child SA: where only that followed, what was refused to a Child SA still is. */
function isLeftOut(context: TunnelContext, { progress }: Setup, refused: Exchange): boolean {
  const at = lastTimeOf(refused.response);
  const isSetUpAnew = context.setups.some(({ sa }) => sa.startSeen && sa.firstTime > at);
  return !isSetUpAnew && isChildRequest(refused.request, progress) && usesOldSpis(context, at);
}

/** An IKE SA that began later and lives: its rekey, or a new one, worked. */
function isContinued({ setups }: TunnelContext, id: string, time: Micros): boolean {
  return setups.some(({ sa, progress }) => sa.id !== id && sa.firstTime > time && progress.upAt !== null);
}

/** When the traffic ended for good, where it flowed when the rekey was refused; null where it goes on or never was. */
function trafficEnd(context: TunnelContext, refusedAt: Micros, silence: Micros): Micros | null {
  const { streams } = context.tunnel;
  if (
    streams.length === 0 ||
    !streams.every(({ source }) => isSeen(context, canonicalOf(context.tunnel, source)))
  )
    return null;
  const end = Math.max(...streams.map(({ lastTime }) => lastTime));
  const began = Math.min(...streams.map(({ firstTime }) => firstTime));
  if (began > refusedAt || end < (firstRefusalWindow(context) ?? refusedAt)) return null;
  const packets = streams.reduce((sum, stream) => sum + distinctPackets(stream), 0);
  const pause = (end - began) / packets;
  const since = refusedAt + silence - end;
  const isDeleted = context.setups.some(({ progress }) =>
    progress.later.some(({ exchangeType, request }) => {
      const at = firstTimeOf(request);
      const isAtEnd = at >= end - pause && at <= end + DELETED_PROOF + pause;
      return exchangeType === EXCHANGE_V2.INFORMATIONAL && isAtEnd;
    }),
  );
  const proof = isDeleted
    ? Math.max(DELETED_PROOF, pause * DELETED_PAUSES)
    : Math.max(PROVING_SILENCE_US, pause * PAUSES);
  return since >= proof ? end : null;
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

function timesText(count: number): Message {
  return count === 1 ? "once" : say`${count} times`;
}
