import type { Micros } from "../../../bytes/time.js";
import { largestInner } from "../../../ike/length-oracle.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Suite } from "../../../ike/suite.js";
import { BARE_NOTIFY, LONGEST_NOTIFY } from "../../../session/classes.js";
import type { Exchange } from "../../../session/model.js";
import { isAccepted } from "../../../session/progress/auth-class.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import { deletesChild } from "../../facts/child/deleted-first-child.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { AUTHENTICATION_OF_RESPONDER } from "../../facts/host/logged-subjects.js";
import { withLoggedCause } from "../../facts/host/told-cause.js";
import { mayBeRedirected } from "../../facts/negotiation/may-be-redirected.js";
import { wentToAnotherGateway } from "../../facts/negotiation/redirects.js";
import { leftAnswersVerdict } from "../../facts/authentication/left-answers.js";
import { beginsAnewAfter, carriesEspAfter } from "../../facts/authentication/same-client.js";
import { wouldShowEsp } from "../../facts/esp/shows-esp.js";
import { canonicalOf } from "../../facts/sides.js";
import { objectionsTo } from "../../facts/silence/objections.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** A program that does not like the answer says so at once; no person ends a tunnel that fast. */
const AT_ONCE: Micros = 500_000;
/**
 * Under block ciphers an empty check has the same length: strongSwan refuses a certificate 2 to 10 ms after the response, and its
 * MOBIKE update of addresses came after 96 ms.
 */
const IN_THE_SAME_BREATH: Micros = 50_000;
/** The same in several attempts may take the time of a CRL or OCSP look-up. */
const REJECTION_WINDOW_US: Micros = 5_000_000;
/** An initiator that accepts begins quick mode at once; some send INITIAL-CONTACT first. */
const QUICK_MODE_US: Micros = 2_000_000;
/**
 * A responder repeats its XAUTH request while the client waits for its user, strongSwan after 4 s; it does not when the client has
 * ended the IKE SA. A client that lives may have sent INITIAL-CONTACT first, as racoon does.
 */
const XAUTH_REPEAT_US: Micros = 4_500_000;
/** Copies of the response that the initiator objects to; one INFORMATIONAL alone may be a Delete. */
const REPEATED = 2;
/** An IKE SA that lives is heard of, or carries traffic, in this time. */
const END: Micros = 5_000_000;

interface Rejection {
  readonly setup: Setup;
  readonly answer: Exchange;
  readonly objection: Exchange;
  readonly delay: Micros;
  /** The length cannot be that of an empty message: ciphers without blocks tell. */
  readonly isNotify: boolean;
  /** Open while the capture ends too early to tell that the IKE SA is not used any more. */
  readonly rival: Rival | null;
  /** Open while the answer may hold REDIRECT beside certificates. */
  readonly redirected: Rival | null;
}

/**
 * A whole IKE_AUTH response, then at once from the initiator an INFORMATIONAL that holds one notify or delete, and nothing
 * more of that IKE SA, no ESP either.
 */
export const authenticationRejectedByInitiator = defineRule({
  code: "authentication-rejected-by-initiator",
  severity: "critical",
  title: "The initiator refuses the responder's authentication",
  explanation:
    "The responder accepted and sent a whole IKE_AUTH response; the initiator answers it at once with one notify or delete, or with nothing, and drops the IKE SA.",
  signature:
    "The responder's answer to IKE_AUTH is long enough for identity, AUTH and a Child SA; the initiator's next message is an INFORMATIONAL of one notify or delete at once, and no ESP follows. Or (possible) it leaves such answers without a word, uses none of these IKE SAs and begins anew: three setups in a row with equal requests on a back-off, or three with certificates in the answer, within two minutes each, or five without, within 30 s each. Or, in IKEv1, it meets each copy of Main Mode 6 with an INFORMATIONAL.",
  remedies: [
    "Read the initiator's log: it names the reason (no trusted certificate, constraint check, identity mismatch).",
    "Compare the identity that the responder sends with the one that the initiator expects.",
    "Install the CA of the responder's certificate at the initiator, and check its validity, subjectAltName and extended key usage.",
  ],
  commands: ["credentials", "log", "clock"],
  references: ["RFC 7296 section 2.21.2"],
  onlyWith: ["beyond-setup"],
  detect: (context) =>
    withLoggedCause(
      context,
      AUTHENTICATION_OF_RESPONDER,
      rejectedV2(context) ?? rejectedV1(context) ?? leftAnswersVerdict(context),
    ),
});

function rejectedV2(context: TunnelContext): Verdict | null {
  const rejections = setupsIn(context, "up").flatMap((setup) => rejectionOf(setup, context));
  const last = rejections.at(-1);
  if (last === undefined) return null;
  const isRepeated = rejections.length > 1;
  if (!isRepeated && last.delay > (last.isNotify ? AT_ONCE : IN_THE_SAME_BREATH)) return null;
  const { sa } = last.setup;
  return {
    ...severityUnlessMended(context, last.setup, lastTimeOf(last.objection.request)),
    ...graded(
      [last.rival, ...(isRepeated ? [] : [DELETED, last.redirected, last.isNotify ? null : CHILD_ALONE])],
      isRepeated ? [DELETED] : [],
      last.rival === null ? "cause" : "fault",
    ),
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`${sa.initiator.address} ends the IKE SA directly after the IKE_AUTH response${attemptsText(rejections)}`,
    summary: joined(
      say`${sa.responder.address} accepted: its IKE_AUTH response is long enough to hold everything. ${sa.initiator.address} answers it ${Math.round(last.delay / 1000)} ms later with a short INFORMATIONAL, room for one notify or delete, and the IKE SA is not used after that. `,
      "The initiator is the side that refused: it does not accept the responder's identity, certificate or key.",
    ),
    evidence: [
      ...evidenceOf(last.answer.response, "IKE_AUTH response, whole", 1),
      ...rejections
        .slice(-3)
        .flatMap(({ objection }) => evidenceOf(objection.request, "INFORMATIONAL: one notify or delete", 1)),
    ],
  };
}

/**
 * ESP of both ends came right before this phase 1 began: it may renew an older one, whose Child SAs live on without a Quick Mode,
 * and its first INFORMATIONAL be the Delete of one that was replaced.
 */
function mayTakeOver({ tunnel }: TunnelContext, { sa }: Setup): boolean {
  const before = tunnel.streams.filter(
    ({ firstTime, lastTime }) => firstTime < sa.firstTime && lastTime > sa.firstTime - END,
  );
  return new Set(before.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
}

/** Main mode is complete, and the initiator's next message is an INFORMATIONAL at once instead of quick mode. */
function rejectedV1(context: TunnelContext): Verdict | null {
  const rejections = context.setups.flatMap((setup) => {
    const { sa, progress } = setup;
    if (progress.state !== "phase-1-up") return [];
    const answer = progress.authentication.at(-1);
    const [asked, ...others] = progress.later;
    // Without Main Mode 5 the capture may begin so late that Main Mode 6 is one, and the sides are the other way round.
    if (sa.majorVersion !== 1 || answer?.request == null || answer.response === null) return [];
    const isXauth = asked?.exchangeType === EXCHANGE_V1.TRANSACTION && isAskedOnce(asked);
    const [objection] = isXauth ? others : progress.later;
    if (objection?.request == null) return [];
    const isOwn = (isXauth ? others : progress.later).every(
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
  });
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
    ...(isRepeated ? graded([]) : graded([rival, DELETED], [], rival === null ? "cause" : "fault")),
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
      ...evidenceOf(answer.response, "Main Mode 6", 1),
      ...evidenceOf(objection.request, say`INFORMATIONAL from the initiator instead of ${due}`, 1),
    ],
  };
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

/** INITIAL-CONTACT is as long as Delete, and some gateways never repeat their request; who begins anew has given up. */
const USER_TYPES: Rival = {
  code: "xauth-stalled",
  separatedBy:
    "a longer capture, or the client: whether it answers the XAUTH request when its user has typed",
};

/** Under AES-CBC Delete of one Child SA, its answer, Delete of the IKE SA and the answer to that are of one length. */
const CHILD_ALONE: Rival = {
  code: "child-rejected",
  separatedBy:
    "the initiator's log: whether it deletes the Child SA alone, as it does not accept the responder's traffic selectors, and keeps the IKE SA",
};

const DELETED: Rival = {
  code: "sa-deleted-by-peer",
  separatedBy:
    "the initiator's log: an orderly end (a test, one-shot script) deletes without any complaint before",
};

function rejectionOf(setup: Setup, context: TunnelContext): Rejection[] {
  const { progress } = setup;
  const answer = progress.authentication.at(-1);
  const [objection] = progress.later;
  const sent = lastSighting(objection?.request ?? null);
  if (answer?.response == null || objection?.request == null || sent === undefined) return [];
  if (objection.exchangeType !== EXCHANGE_V2.INFORMATIONAL || objection.startedBy !== "initiator") return [];
  if (progress.later.length > 1 || !isAccepted(progress.authClass)) return [];
  if (wentToAnotherGateway(setup, context) !== undefined) return [];
  // It refuses the Child SA alone, or has another one.
  if (deletesChild(objection, progress.suite)) return [];
  const delay = firstTimeOf(objection.request) - firstTimeOf(answer.response);
  const fits = lengthOf(objection, progress.suite);
  // If ESP would not be in the capture, an IKE SA that carried traffic for a moment and was deleted looks the same.
  const latest = wouldShowEsp(context) ? REJECTION_WINDOW_US : IN_THE_SAME_BREATH;
  if (delay < 0 || delay > latest || fits === "longer") return [];
  if (carriesEspAfter(context, setup, firstTimeOf(answer.response))) return [];
  const beginsAnew = beginsAnewAfter(context, setup, sent.time);
  // A redirect holds certificates, and no Child SA: a whole answer without certificates is none. Who is sent away does not come back.
  const redirected = progress.authClass === "with-certificate" && !beginsAnew ? mayBeRedirected(setup) : null;
  const rival = beginsAnew ? null : endsEarly(context, sent, END, "ESP or another message of this IKE SA");
  return [{ setup, answer, objection, delay, isNotify: fits === "notify", rival, redirected }];
}

function lengthOf({ request }: Exchange, suite: Suite | null): "notify" | "at most a notify" | "longer" {
  if (request === null || suite === null) return "longer";
  const inner = largestInner(suite, request.message.header.length);
  // An address update or the like is longer, an empty message shorter.
  if (inner === null || inner > LONGEST_NOTIFY || inner < BARE_NOTIFY) return "longer";
  return suite.blockLength === 1 ? "notify" : "at most a notify";
}
