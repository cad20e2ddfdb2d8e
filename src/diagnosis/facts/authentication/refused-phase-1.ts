import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { errorNotify } from "../../../session/payloads.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf, inOrder, triesText } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, graded, mayStillBeAnswered, rivalOfRepeated, whileOpen } from "../../grade.js";
import { messageName, phaseOf } from "../../phases.js";
import { joined, say } from "../../../texts/message.js";
import { type UnansweredAuthentication, unansweredAuthentications } from "./authentication-stage.js";
import { claimedRefusal } from "../negotiation/claimed-refusal.js";
import { MAY_DIFFER, stepsForV1 } from "./credential-steps.js";
import { acceptedBefore, acceptedBeforeText, credentialsOf } from "./credentials.js";
import { isOfEndedInitiator } from "./ended-initiator.js";
import { severityUnlessMended } from "../life/healing.js";
import { afterBlank, loggedRequests, partsOf } from "../host/logged-requests.js";
import { lostResponse } from "../silence/lost-response.js";
import { isSeen } from "../silence/peer-heard.js";
import { AUTHENTICATION_REFUSALS_V1, refusalsOf } from "../negotiation/refusals.js";
import { refusedAggressiveModes } from "./refused-aggressive-mode.js";
import { PROGRAM_WAITS } from "./refused-authentications.js";
import { withScanInMind } from "../scan/may-be-scan.js";
import { silenceAfter } from "../silence/silence.js";
import { holdsPort500Only, stoppedBeforeNatT } from "../nat/port-4500-hidden.js";

/**
 * The verdict on a phase 1 of IKEv1 that one side refuses when the other authenticates itself (RFC 2409 section 5): by a notify in
 * clear, by an INFORMATIONAL or silence instead of the next message, or right after the last one. Null where none is refused.
 */
export function refusedPhase1(context: TunnelContext): Verdict | null {
  if (!context.setups.some(({ sa }) => sa.majorVersion === 1)) return null;
  return (
    refusedInClear(context) ??
    mainModeRefused(context) ??
    aggressiveRefused(context) ??
    initiatorRefusedInAggressiveMode(context)
  );
}

/** IKEv1: the first message of phase 1, which has the identity in aggressive mode, is met by such a notify in clear. */
function refusedInClear(context: TunnelContext): Verdict | null {
  const failed = AUTHENTICATION_REFUSALS_V1.flatMap((type) => refusalsOf(context, type, type))
    .filter(({ setup }) => setup.sa.majorVersion === 1)
    .toSorted((a, b) => a.time - b.time);
  const verdict = claimedRefusal(context, failed);
  if (verdict === null) return null;
  const rivals: readonly Rival[] = [
    {
      code: "ike-no-proposal-chosen",
      separatedBy:
        "the responder's log: some products report a missing policy for the peer or its proposal this way",
    },
    ...(verdict.phase === "AGGRESSIVE_MODE" ? [AGGRESSIVE_REFUSED] : []),
  ];
  return withScanInMind(
    { ...verdict, rivals },
    failed.map(({ setup }) => setup),
  );
}

const AGGRESSIVE_REFUSED: Rival = {
  code: "ike-mode-mismatch",
  separatedBy: "the responder's log: it does not allow Aggressive Mode, or not with a pre-shared key",
};

/** INITIAL-CONTACT stands before quick mode by less. */
const QUICK_MODE_US: Micros = 2_000_000;

/** Silence on port 500, or on 4500 from a responder that is heard there: the path works, the content is refused. */
function mainModeRefused(context: TunnelContext): Verdict | null {
  const failed = unansweredAuthentications(context).filter(
    ({ setup, exchange, fragmentation, onNatT, natTAnswered, informational }) =>
      setup.sa.majorVersion === 1 &&
      exchange.exchangeType === EXCHANGE_V1.MAIN_MODE &&
      exchange.step === 5 &&
      (informational.length > 0 || (fragmentation === "none" && (!onNatT || natTAnswered))),
  );
  const last = failed.at(-1);
  if (last?.exchange.request == null) return null;
  const { request } = last.exchange;
  const { initiator, responder, rolesProven } = last.setup.sa;
  const answerer = rolesProven ? "the responder" : responder.address;
  const answer = rolesProven ? "Main Mode 6" : "the next message";
  const name = messageName(last.setup.sa, last.exchange, "request");
  const answers = last.informational.length;
  const isBegun = last.setup.progress.opening.length > 0;
  const refusedAt = firstTimeOf(request);
  const credentials = credentialsOf(last.setup);
  const accepted = acceptedBefore(context, last.setup, refusedAt);
  const rival = isBegun
    ? null
    : endsEarly(context, lastSighting(request), QUICK_MODE_US, "Main Mode 6 or Quick Mode");
  const logged = answers > 0 ? null : loggedRequests(context, initiator, responder, request);
  return whileOpen(answers > 0 ? rival : mayStillBeAnswered(context, request), {
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    confidence: answers > 0 ? "likely" : "possible",
    provenance: answers > 0 ? "deduced" : "inferred",
    phase: "MAIN_MODE",
    headline:
      answers > 0
        ? say`${responder.address} rejects the authentication (${MAY_DIFFER[credentials]}): ${name} is answered with INFORMATIONAL${claimText(last)} instead of ${answer} (${triesText(request)}${attemptsText(failed)})`
        : say`${name} never answered (${triesText(request)}${attemptsText(failed)}) on a path that works`,
    summary: joined(
      isBegun ? "Main Mode 1 to 4 went through, so algorithms and path are right. " : "",
      rolesProven
        ? "Main Mode 5, the first message under the new keys, "
        : say`${name}, with which ${initiator.address} authenticates itself under the new keys, `,
      answers > 0
        ? say`is answered with ${answers} INFORMATIONAL message${answers === 1 ? "" : "s"}${claimText(last)}. `
        : "is repeated and not answered. ",
      credentials === "certificates"
        ? say`With a certificate that does not hold, or a wrong identity, ${answerer} refuses it.`
        : say`With a pre-shared key that differs ${answerer} cannot decrypt it; with a wrong identity it refuses it.`,
      acceptedBeforeText(context, accepted, credentials, refusedAt),
      afterBlank(logged),
    ),
    remedies: stepsForV1(credentials, accepted, last.setup),
    ...partsOf(logged),
    evidence: inOrder([
      ...evidenceOf(request, name, 3),
      ...last.informational
        .slice(0, 3)
        .flatMap(({ request: informational }) =>
          evidenceOf(informational, say`INFORMATIONAL from ${answerer}`, 1),
        ),
    ]),
    rivals:
      answers > 0
        ? []
        : [
            {
              code: "ike-auth-unanswered",
              separatedBy:
                "the responder's log: it names a decryption or identity error, or shows that the message never came",
            },
          ],
  });
}

function claimText({ informational }: UnansweredAuthentication): string {
  for (const { request } of informational) {
    const notify = errorNotify(request);
    if (notify !== null) return ` (${notifyName(1, notify.notifyType)})`;
  }
  return "";
}

function aggressiveRefused(context: TunnelContext): Verdict | null {
  const failed = context.setups.filter(
    (setup) =>
      setup.progress.state === "opening-answered" &&
      isAggressive(setup) &&
      // A capture that holds no packet of the initiator lacks Aggressive Mode 3, too.
      (isSeen(context, setup.sa.initiator.address) || isProgramOver(setup, context)) &&
      !isHidden(setup, context) &&
      lostResponse(setup, context) === null &&
      hasEnded(setup, context),
  );
  const last = failed.at(-1);
  const exchange = last?.progress.opening.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { sa, progress } = last;
  const informational = progress.later.filter(({ startedBy }) => startedBy === "initiator");
  const isOver = isProgramOver(last, context);
  return {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: informational.length > 0 ? "likely" : "possible",
    provenance: informational.length > 0 ? "deduced" : "inferred",
    phase: phaseOf(sa, exchange),
    headline: say`${sa.initiator.address} does not accept Aggressive Mode 2${informational.length > 0 ? " and sends INFORMATIONAL" : ""}${attemptsText(failed)}`,
    summary: joined(
      say`${sa.responder.address} answered with Aggressive Mode 2, which carries its identity and proof. ${sa.initiator.address} `,
      informational.length > 0 ? "answers with INFORMATIONAL instead of" : "never sends",
      " Aggressive Mode 3: it does not accept the proof (pre-shared key) or the identity. The initiator is the side that refused.",
      isOver ? " Its program has ended since: copies of Aggressive Mode 2 meet a closed port." : "",
    ),
    evidence: [
      ...evidenceOf(exchange.response, messageName(sa, exchange, "response"), 2),
      ...informational
        .slice(0, 2)
        .flatMap(({ request }) => evidenceOf(request, "INFORMATIONAL from the initiator", 1)),
    ],
    rivals: [
      {
        code: "ike-response-lost",
        separatedBy: "a capture at the initiator: whether Aggressive Mode 2 arrives there",
      },
      ...(isOver ? [LOST_ON_4500] : []),
    ],
  };
}

function initiatorRefusedInAggressiveMode(context: TunnelContext): Verdict | null {
  const failed = refusedAggressiveModes(context);
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, objection, rival } = last;
  const { sa } = setup;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(objection.request)),
    ...graded([rivalOfRepeated(failed, rival)]),
    provenance: "deduced",
    phase: phaseOf(sa, exchange),
    headline: say`${sa.responder.address} does not accept ${messageName(sa, exchange, "request")} and sends INFORMATIONAL${attemptsText(failed)}`,
    summary: joined(
      say`${sa.initiator.address} accepted ${sa.responder.address} and sent ${messageName(sa, exchange, "request")}, which carries its own proof. `,
      say`An INFORMATIONAL comes back at once, before anything else was asked, and phase 1 is not used after it. The responder is the side that refused: it does not accept the initiator's certificate, key or identity.`,
    ),
    evidence: [
      ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 2),
      ...evidenceOf(objection.request, "INFORMATIONAL from the responder", 2),
    ],
  };
}

function isAggressive({ progress }: Setup): boolean {
  return progress.opening.at(-1)?.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/** The filter kept UDP 500 alone, and Aggressive Mode 3 would go to UDP 4500. */
function isHidden(setup: Setup, context: TunnelContext): boolean {
  return holdsPort500Only(context) && stoppedBeforeNatT(context).includes(setup);
}

/** An INFORMATIONAL came, or the program is over, or the capture goes on long enough for the next message to have come. */
function hasEnded(setup: Setup, context: TunnelContext): boolean {
  const { progress } = setup;
  if (progress.later.some(({ startedBy }) => startedBy === "initiator")) return true;
  if (isProgramOver(setup, context)) return true;
  const answer = lastSighting(progress.opening.at(-1)?.response ?? null);
  return answer !== undefined && silenceAfter(context, answer) > PROGRAM_WAITS;
}

/** A client that never hears of Aggressive Mode 3 on the other port ends just so. */
const LOST_ON_4500: Rival = {
  code: "natt-4500-unanswered",
  separatedBy: "a capture at the initiator: whether Aggressive Mode 3 leaves there for UDP 4500",
};

function isProgramOver(setup: Setup, { tunnel }: TunnelContext): boolean {
  return tunnel.icmp.some((answer) => isOfEndedInitiator(setup, answer));
}
