import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { endsEap } from "../../../session/classes.js";
import { errorNotify, lastSighting } from "../../../session/progress.js";
import { type Setup, setupsIn, type TunnelContext, type TunnelRule } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { firstTimeOf, lastTimeOf } from "../../../session/progress.js";
import type { Exchange } from "../../../session/model.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Verdict } from "../../finding.js";
import { severityUnlessMended, wentOnUnseen } from "../../facts/healing.js";
import {
  type UnansweredAuthentication,
  unansweredAuthentications,
} from "../../facts/authentication-stage.js";
import { asksForPpk, PPK_DIFFERS } from "./ppk-mismatch.js";
import { lostResponse } from "../reachability/ike-response-lost.js";
import { silenceAfter } from "../../facts/silence.js";

/** A program goes on with EAP at once; a user may have to find the password first. Microseconds. */
const PROGRAM_WAITS = 5_000_000;
const USER_WAITS = 30_000_000;

/**
 * IKEv2: the answer to IKE_AUTH is no longer than one notify. IKEv1 main mode: message 5 is met by INFORMATIONAL, or by
 * silence on a path that works. IKEv1 aggressive mode: message 3 never comes, or an INFORMATIONAL comes instead.
 */
export const authenticationFailed: TunnelRule = (context) =>
  refusedV2(context) ?? mainModeRefused(context) ?? aggressiveRefused(context);

/** IKEv2 setups whose last answer to IKE_AUTH can hold one notify only: in the first round, or behind rounds of EAP. */
export function refusedAuthentications(context: TunnelContext, behind: "the first round" | "EAP"): Setup[] {
  return setupsIn(context, "authentication-refused").filter(
    (setup) => roundsOf(setup).length > 1 === (behind === "EAP") && isFinal(setup, context),
  );
}

function roundsOf({ progress }: Setup): readonly Exchange[] {
  return progress.authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
}

function refusedV2(context: TunnelContext): Verdict | null {
  const failed = refusedAuthentications(context, "the first round");
  const last = failed.at(-1);
  const exchange = last?.progress.authentication.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { sa, progress } = last;
  const bytes = exchange.response.message.header.length;
  const suite = [progress.suite?.encryption?.name, progress.suite?.integrity?.name]
    .filter((name) => name !== undefined)
    .join(" with ");
  return {
    code: "authentication-failed",
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: `${sa.responder.address} refuses IKE_AUTH: its answer of ${bytes} bytes can hold one error notify only${attemptsText(failed)}`,
    summary:
      `${sa.responder.address} answered the IKE_AUTH request with an encrypted message of ${bytes} bytes. ` +
      `Under ${suite} that has room for one bare notify, not for identity, authentication and SA: almost always AUTHENTICATION_FAILED. ` +
      `The responder is the side that refused.`,
    evidence: [
      ...evidenceOf(exchange.request, "IKE_AUTH request", 1),
      ...evidenceOf(exchange.response, `IKE_AUTH response, ${bytes} bytes: one notify at most`, 1),
    ],
    rivals: [
      {
        code: "ike-unsupported-extension",
        separatedBy:
          "the responder's log: INVALID_SYNTAX or UNSUPPORTED_CRITICAL_PAYLOAD have the same length",
      },
      ...(asksForPpk(last) ? [PPK_DIFFERS] : []),
    ],
  };
}

/** EAP-Success is as short as a refusal, and so are requests for a password: the initiator has to have gone no further. */
function isFinal(setup: Setup, context: TunnelContext): boolean {
  const { sa, progress } = setup;
  const rounds = roundsOf(setup);
  const response = rounds.at(-1)?.response;
  const answer = lastSighting(response ?? null);
  if (response == null || answer === undefined || rounds.length === 1) return answer !== undefined;
  const beginsAnew = context.setups.some(
    (other) =>
      other.sa.startSeen &&
      other.sa.firstTime > answer.time &&
      other.sa.initiator.address === sa.initiator.address &&
      other.sa.initiator.port === sa.initiator.port,
  );
  if (givesUpAfter(setup, context, answer.time)) return true;
  if (wentOnUnseen(setup, context, answer.time)) return false;
  const wait = endsEap(response.message, progress.suite) ? PROGRAM_WAITS : USER_WAITS;
  return beginsAnew || silenceAfter(context, answer) >= wait;
}

/** The initiator's next message is an INFORMATIONAL instead of another round, and no ESP comes. */
function givesUpAfter({ progress }: Setup, { tunnel }: TunnelContext, time: Micros): boolean {
  const last = progress.authentication.at(-1);
  const objects = progress.later.some(
    ({ exchangeType, messageId, startedBy, request }) =>
      exchangeType === EXCHANGE_V2.INFORMATIONAL &&
      startedBy === "initiator" &&
      messageId === (last?.messageId ?? 0) + 1 &&
      firstTimeOf(request) >= time,
  );
  return objects && !tunnel.streams.some(({ lastTime }) => lastTime > time);
}

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
  const answers = last.informational.length;
  return {
    code: "authentication-failed",
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    confidence: answers > 0 ? "likely" : "possible",
    provenance: answers > 0 ? "deduced" : "inferred",
    phase: "MAIN_MODE",
    headline:
      answers > 0
        ? `Main Mode 5 is met by INFORMATIONAL${claimText(last)} instead of Main Mode 6 (${triesText(request)}${attemptsText(failed)})`
        : `Main Mode 5 never answered (${triesText(request)}${attemptsText(failed)}) on a path that works`,
    summary:
      `Main Mode 1 to 4 went through, so algorithms and path are right. Main Mode 5, the first message under the new keys, ` +
      (answers > 0
        ? `is answered with ${answers} INFORMATIONAL message${answers === 1 ? "" : "s"}${claimText(last)}. `
        : "is repeated and not answered. ") +
      "With a pre-shared key that differs the responder cannot decrypt it; with a wrong identity it refuses it.",
    evidence: [
      ...evidenceOf(request, "Main Mode 5", 3),
      ...last.informational
        .slice(0, 3)
        .flatMap(({ request: answer }) => evidenceOf(answer, "INFORMATIONAL from the responder", 1)),
    ],
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
  };
}

function claimText({ informational }: UnansweredAuthentication): string {
  for (const { request } of informational) {
    const notify = errorNotify(request);
    if (notify !== null) return ` (${notifyName(1, notify.notifyType)})`;
  }
  return "";
}

function aggressiveRefused(context: TunnelContext): Verdict | null {
  const failed = setupsIn(context, "opening-answered").filter(
    (setup) => isAggressive(setup) && lostResponse(setup, context) === null && hasEnded(setup, context),
  );
  const last = failed.at(-1);
  const exchange = last?.progress.opening.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  const { sa, progress } = last;
  const informational = progress.later.filter(({ startedBy }) => startedBy === "initiator");
  return {
    code: "authentication-failed",
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: informational.length > 0 ? "likely" : "possible",
    provenance: informational.length > 0 ? "deduced" : "inferred",
    phase: phaseOf(sa, exchange),
    headline: `${sa.initiator.address} does not accept Aggressive Mode 2${informational.length > 0 ? " and sends INFORMATIONAL" : ""}${attemptsText(failed)}`,
    summary:
      `${sa.responder.address} answered with Aggressive Mode 2, which carries its identity and proof. ${sa.initiator.address} ` +
      (informational.length > 0 ? "answers with INFORMATIONAL instead of" : "never sends") +
      " Aggressive Mode 3: it does not accept the proof (pre-shared key) or the identity. The initiator is the side that refused.",
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
    ],
  };
}

function isAggressive({ progress }: Setup): boolean {
  return progress.opening.at(-1)?.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/** An INFORMATIONAL came, or the capture goes on long enough for the next message to have come. */
function hasEnded({ progress }: Setup, context: TunnelContext): boolean {
  if (progress.later.some(({ startedBy }) => startedBy === "initiator")) return true;
  const answer = lastSighting(progress.opening.at(-1)?.response ?? null);
  return answer !== undefined && silenceAfter(context, answer) > PROGRAM_WAITS;
}
