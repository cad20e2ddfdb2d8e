import type { Micros } from "../../../bytes/time.js";
import { largestInner } from "../../../ike/length-oracle.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Suite } from "../../../ike/suite.js";
import { BARE_NOTIFY, LONGEST_NOTIFY } from "../../../session/classes.js";
import type { Exchange, Sighting, Transmission } from "../../../session/model.js";
import { isAccepted } from "../../../session/progress/auth-class.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded, rivalOfRepeated } from "../../grade.js";
import { deletesChild } from "../child/deleted-first-child.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { severityUnlessMended } from "../life/healing.js";
import { isNear } from "../side.js";
import { mayBeRedirected } from "../negotiation/may-be-redirected.js";
import { wentToAnotherGateway } from "../negotiation/redirects.js";
import { joined, say } from "../../../texts/message.js";
import { ENDED_IN_ORDER } from "./ended-in-order.js";
import { silenceAfter } from "../silence/silence.js";
import { beginsAnewAfter, carriesEspAfter } from "./same-client.js";

/** A program that does not like the answer says so at once; no person ends a tunnel that fast. */
const AT_ONCE: Micros = 500_000;
/**
 * Under block ciphers an empty check has the same length: strongSwan refuses a certificate 2 to 10 ms after the response, and its
 * MOBIKE update of addresses came after 96 ms.
 */
const IN_THE_SAME_BREATH: Micros = 50_000;
/**
 * charon refuses 0 to 6 ms after the response has arrived. Once it has a virtual IP it tells its addresses (RFC 4555 3.6) in one notify as
 * well, 8 to 900 ms after the response.
 */
const PROMPT: Micros = 10_000;
/** A client that is up and has nothing to send is heard of in this time: by keepalives, each 20 s (RFC 3948 4), or the check of one side. */
const UNUSED: Micros = 25_000_000;
/** The same in several attempts may take the time of a CRL or OCSP look-up. */
const REJECTION_WINDOW_US: Micros = 5_000_000;
/** Round trips are shorter than this nearly everywhere. */
const LONGEST_WAY_US: Micros = 300_000;
/** An IKE SA that lives is heard of, or carries traffic, in this time. */
const END: Micros = 5_000_000;

interface Rejection {
  readonly setup: Setup;
  readonly answer: Exchange;
  readonly objection: Exchange;
  readonly delay: Micros;
  /** The part of the delay that the way from the sniffer to the initiator and back may take. */
  readonly way: Micros;
  /** The length cannot be that of an empty message: ciphers without blocks tell. */
  readonly isNotify: boolean;
  /** Open while the capture ends too early to tell that the IKE SA is not used any more. */
  readonly rival: Rival | null;
  /** It may be an update of addresses, unless an earlier attempt ended so. */
  readonly mayTellAddresses: boolean;
  /** Open while the answer may hold REDIRECT beside certificates. */
  readonly redirected: Rival | null;
}

/** The verdict that an INFORMATIONAL of one notify or delete follows the whole IKE_AUTH response at once, and nothing more of the IKE SA. */
export function rejectedResponse(context: TunnelContext): Verdict | null {
  const found = setupsIn(context, "up").flatMap((setup) => rejectionOf(setup, context));
  const all = found.every((one) => one.mayTellAddresses) ? [] : found;
  const last = all.at(-1);
  if (last === undefined) return null;
  const isRepeated = all.length > 1;
  if (!isRepeated && last.delay > (last.isNotify ? AT_ONCE + last.way : IN_THE_SAME_BREATH)) return null;
  const { sa } = last.setup;
  const alike = all.filter((one) => objectionLength(one) === objectionLength(last));
  const rival = rivalOfRepeated(alike, last.rival);
  return {
    ...severityUnlessMended(context, last.setup, lastTimeOf(last.objection.request)),
    ...graded(
      [rival, ...(isRepeated ? [] : [ENDED_IN_ORDER, last.redirected, last.isNotify ? null : CHILD_ALONE])],
      isRepeated ? [ENDED_IN_ORDER] : [],
      rival === null ? "cause" : "fault",
    ),
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`${sa.initiator.address} ends the IKE SA directly after the IKE_AUTH response${attemptsText(all)}`,
    summary: joined(
      say`${sa.responder.address} accepted: its IKE_AUTH response is long enough to hold everything. ${sa.initiator.address} answers it ${Math.round(last.delay / 1000)} ms later with a short INFORMATIONAL, room for one notify or delete, and the IKE SA is not used after that. `,
      "The initiator is the side that refused: it does not accept the responder's identity, certificate or key.",
    ),
    evidence: [
      ...evidenceOf(last.answer.response, "IKE_AUTH response, whole", 1),
      ...all
        .slice(-3)
        .flatMap(({ objection }) => evidenceOf(objection.request, "INFORMATIONAL: one notify or delete", 1)),
    ],
  };
}

/** When the answer was last sent before `time`: the initiator objects to the one that it gets, and an earlier one may be lost. */
function answeredBefore(response: Transmission, time: Micros): Micros {
  const before = response.sightings.findLast((sighting) => sighting.time <= time);
  return before?.time ?? firstTimeOf(response);
}

function objectionLength({ objection }: Rejection): number {
  return objection.request?.message.header.length ?? 0;
}

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
  const delay =
    firstTimeOf(objection.request) - answeredBefore(answer.response, firstTimeOf(objection.request));
  const fits = lengthOf(objection, progress.suite);
  // If ESP would not be in the capture, an IKE SA that carried traffic for a moment and was deleted looks the same.
  const way = fits === "notify" ? wayOf(setup, context) : 0;
  const latest = wouldShowEsp(context) ? REJECTION_WINDOW_US : IN_THE_SAME_BREATH + way;
  if (delay < 0 || delay > latest || fits === "longer") return [];
  if (carriesEspAfter(context, setup, firstTimeOf(answer.response))) return [];
  const beginsAnew = beginsAnewAfter(context, setup, sent.time);
  const isUpdate = !beginsAnew && mayTellAddresses(delay - wayOf(setup, context), sent, context);
  // A redirect holds certificates, and no Child SA: a whole answer without certificates is none. Who is sent away does not come back.
  const redirected = progress.authClass === "with-certificate" && !beginsAnew ? mayBeRedirected(setup) : null;
  const rival = beginsAnew ? null : endsEarly(context, sent, END, "ESP or another message of this IKE SA");
  return [
    {
      setup,
      answer,
      objection,
      delay,
      way,
      isNotify: fits === "notify",
      rival,
      redirected,
      mayTellAddresses: isUpdate,
    },
  ];
}

/** Whether what came `delay` after the response may be an update of addresses, after which nothing has to come for a while. */
function mayTellAddresses(delay: Micros, sent: Sighting, context: TunnelContext): boolean {
  if (delay <= PROMPT) return false;
  return !wouldShowEsp(context) || silenceAfter(context, sent) < UNUSED;
}

/** The time from the answer to IKE_SA_INIT to IKE_AUTH where the sniffer is not near the initiator; it holds what that computes, too. */
function wayOf({ progress, sa }: Setup, context: TunnelContext): Micros {
  const [opened, asked] = [progress.chosen?.response ?? null, progress.authentication[0]?.request ?? null];
  if (opened === null || asked === null || isNear(context, sa.initiator.address)) return 0;
  return Math.min(LONGEST_WAY_US, Math.max(0, firstTimeOf(asked) - firstTimeOf(opened)));
}

function lengthOf({ request }: Exchange, suite: Suite | null): "notify" | "at most a notify" | "longer" {
  if (request === null || suite === null) return "longer";
  const inner = largestInner(suite, request.message.header.length);
  // An address update or the like is longer, an empty message shorter.
  if (inner === null || inner > LONGEST_NOTIFY || inner < BARE_NOTIFY) return "longer";
  return suite.blockLength === 1 ? "notify" : "at most a notify";
}

/** Under AES-CBC Delete of one Child SA, its answer, Delete of the IKE SA and the answer to that are of one length. */
const CHILD_ALONE: Rival = {
  code: "child-rejected",
  separatedBy:
    "the initiator's log: whether it deletes the Child SA alone, as it does not accept the responder's traffic selectors, and keeps the IKE SA",
};
