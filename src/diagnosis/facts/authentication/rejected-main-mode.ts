import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import { severityUnlessMended } from "../life/healing.js";
import { canonicalOf } from "../sides.js";
import { objectionsTo } from "../silence/objections.js";
import { silenceAfter } from "../silence/silence.js";
import { joined, say } from "../../../texts/message.js";
import { ENDED_IN_ORDER } from "./ended-in-order.js";
import { mayBeInitialContact } from "./initial-contact.js";
import { carriesEspAfter } from "./same-client.js";

/** A program that does not like the answer says so at once; no person ends a tunnel that fast. */
const AT_ONCE: Micros = 500_000;
/** A Delete that has nothing to do with the answer comes later. */
const IN_THE_SAME_BREATH: Micros = 50_000;
/** An initiator that accepts begins quick mode at once; some send INITIAL-CONTACT first. */
const QUICK_MODE_US: Micros = 2_000_000;
/**
 * A responder repeats its XAUTH request while the client waits for its user, strongSwan after 4 s; it does not when the client has
 * ended the IKE SA. A client that lives may have sent INITIAL-CONTACT first, as racoon does.
 */
const XAUTH_REPEAT_US: Micros = 4_500_000;
/** Copies of the response that the initiator objects to; one INFORMATIONAL alone may be a Delete. */
const REPEATED = 2;
/** Traffic that flowed so shortly before belongs to an IKE SA that lives. */
const FLOWING: Micros = 5_000_000;

interface Rejection {
  readonly setup: Setup;
  readonly answer: Exchange;
  readonly objection: Exchange;
  readonly delay: Micros;
  /** The responder asks for an XAUTH login before the objection. */
  readonly isXauth: boolean;
  /** Each copy of the answer meets an objection. */
  readonly isRepeated: boolean;
}

/** Main mode is complete, and the initiator's next message is an INFORMATIONAL at once instead of quick mode. */
export function rejectedMainMode6(context: TunnelContext): Verdict | null {
  const rejections = context.setups.flatMap((setup) => rejectionOf(setup, context));
  const last = rejections.at(-1);
  if (last === undefined) return null;
  const { setup, answer, objection, delay, isXauth } = last;
  const isRepeated = rejections.some((one) => one.isRepeated);
  const { sa } = setup;
  const sent = lastSighting(objection.request);
  const waiting = rejections.length > 1 ? null : USER_TYPES;
  const rival = isXauth ? waiting : endsEarly(context, sent, QUICK_MODE_US, "Quick Mode 1");
  const due = isXauth ? "the answer to the XAUTH request" : "Quick Mode 1";
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(objection.request)),
    // A Delete is sent once; who objects to each copy goes on asking.
    ...(isRepeated ? graded([]) : graded([rival, ENDED_IN_ORDER], [], rival === null ? "cause" : "fault")),
    provenance: "inferred",
    phase: "MAIN_MODE",
    headline: isRepeated
      ? say`${sa.initiator.address} objects to each copy of Main Mode 6${attemptsText(rejections)}`
      : say`${sa.initiator.address} ends the IKE SA right after Main Mode 6${attemptsText(rejections)}`,
    summary: joined(
      say`${sa.responder.address} accepted: it sent Main Mode 6. ${sa.initiator.address} answers it ${Math.round(delay / 1000)} ms later with an INFORMATIONAL instead of ${due}, and asks for no Child SA. `,
      "The initiator is the side that refused: it does not accept the responder's identity, certificate or key.",
    ),
    evidence: [
      ...evidenceOf(answer.response, "Main Mode 6", isRepeated ? 2 : 1),
      ...evidenceOf(objection.request, say`INFORMATIONAL from the initiator instead of ${due}`, 1),
    ],
  };
}

function rejectionOf(setup: Setup, context: TunnelContext): Rejection[] {
  const { sa, progress } = setup;
  if (progress.state !== "phase-1-up") return [];
  const answer = progress.authentication.at(-1);
  // A responder may announce itself first, as racoon does.
  const later = progress.later.filter(
    (one) => one.startedBy === "initiator" || !mayBeInitialContact(setup, one),
  );
  const [asked, ...others] = later;
  // Without Main Mode 5 the capture may begin so late that Main Mode 6 is one, and the sides are the other way round.
  if (sa.majorVersion !== 1 || answer?.request == null || answer.response === null) return [];
  const isXauth = asked?.exchangeType === EXCHANGE_V1.TRANSACTION && isAskedOnce(asked);
  const [objection] = isXauth ? others : later;
  if (objection?.request == null) return [];
  const isOwn = (isXauth ? others : later).every(
    (one) =>
      one.exchangeType === EXCHANGE_V1.INFORMATIONAL &&
      (one.startedBy === "initiator" || isDeletedInTurn(one, objection)),
  );
  const delay = firstTimeOf(objection.request) - firstTimeOf(answer.response);
  const objections = objectionsTo(sa, answer);
  const latest = objections >= REPEATED ? AT_ONCE : IN_THE_SAME_BREATH;
  if (!isOwn || progress.quick.length > 0 || delay < 0 || delay > latest) return [];
  const sent = lastSighting(objection.request);
  if (isXauth && sent !== undefined && silenceAfter(context, sent) < XAUTH_REPEAT_US) return [];
  if (carriesEspAfter(context, setup, firstTimeOf(answer.response))) return [];
  if (sent !== undefined && silenceAfter(context, sent) < QUICK_MODE_US && mayTakeOver(context, setup))
    return [];
  return [{ setup, answer, objection, delay, isXauth, isRepeated: objections >= REPEATED }];
}

/**
 * An INFORMATIONAL of the responder at once after that of the initiator: Libreswan answers Delete with its own. An answer to a liveness
 * check has the length of the check (RFC 3706), and the Delete of another daemon mostly has not.
 */
function isDeletedInTurn({ startedBy, request }: Exchange, objection: Exchange): boolean {
  const wait = firstTimeOf(request) - firstTimeOf(objection.request);
  const isAlike = request?.message.header.length === objection.request?.message.header.length;
  return startedBy === "responder" && wait >= 0 && wait <= AT_ONCE && !isAlike;
}

/** A request of the responder that has no answer, and that it does not repeat. */
function isAskedOnce({ startedBy, request, response }: Exchange): boolean {
  return startedBy === "responder" && request?.tries === 1 && response === null;
}

/**
 * ESP of both ends came right before this phase 1 began: it may renew an older one, whose Child SAs live on without a Quick Mode,
 * and its first INFORMATIONAL be the Delete of one that was replaced.
 */
function mayTakeOver({ tunnel }: TunnelContext, { sa }: Setup): boolean {
  const before = tunnel.streams.filter(
    ({ firstTime, lastTime }) => firstTime < sa.firstTime && lastTime > sa.firstTime - FLOWING,
  );
  return new Set(before.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
}

/** INITIAL-CONTACT is as long as Delete, and some gateways never repeat their request; who begins anew has given up. */
const USER_TYPES: Rival = {
  code: "xauth-stalled",
  separatedBy:
    "a longer capture, or the client: whether it answers the XAUTH request when its user has typed",
};
