import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { mayEndEap, mayHoldAuth } from "../../../session/classes.js";
import type { IkeSa } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { beginsAnewAfter, carriesEspAfter } from "../../facts/authentication/same-client.js";
import { isNear } from "../../facts/side.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { unansweredAuthentications } from "../../facts/authentication/authentication-stage.js";
import {
  isLate,
  isBehindEap,
  roundsOf,
  SAME_STOPS,
  LATE_PROOF,
} from "../../facts/authentication/eap-rounds.js";
import { endsEarly, graded, whileOpen } from "../../grade.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

/** A user may have to find the password first. */
const USER_WAITS: Micros = 30_000_000;

/** A daemon that has all it needs sends the next round sooner. */
const NEXT_ROUND: Micros = 5_000_000;

/**
 * EAP stops in the middle: a round is asked for again and again and never answered (the responder waits for its AAA
 * server), or the initiator leaves the same round without an answer in attempt after attempt.
 */
export const eapStalled = defineRule({
  code: "eap-stalled",
  severity: "critical",
  title: "EAP authentication stops in the middle",
  explanation:
    "Some rounds of IKE_AUTH are answered, then one never is, or the client leaves the same round without going on in attempt after attempt.",
  signature:
    "Some rounds of IKE_AUTH are answered, then a request repeats without an answer; or each attempt stops after the same round, or one does, and the capture goes on for 5 s (suspected from 30 s on).",
  remedies: [
    "If the gateway does not answer: check that its AAA server answers ('tcpdump -n udp port 1812' at the gateway), and how long it takes.",
    "With EAP-TLS or PEAP: lower the EAP fragment size so that no round needs IP fragments.",
    "If the client does not go on: its log; it may not trust the gateway's certificate, not know the EAP method, or wait for its user.",
  ],
  commands: ["aaa", "login", "fragmentation", "log"],
  references: ["RFC 7296 section 2.16"],
  onlyWith: ["several-messages"],
  detect: (context) =>
    responderStalls(context) ??
    responderIsLate(context) ??
    initiatorStalls(context) ??
    initiatorLeavesOnce(context),
});

function responderStalls(context: TunnelContext): Verdict | null {
  const failed = unansweredAuthentications(context).filter(
    ({ setup, exchange, fragmentation, onNatT, natTAnswered }) =>
      fragmentation === "none" && (!onNatT || natTAnswered) && isBehindEap(setup, exchange),
  );
  const last = failed.at(-1);
  if (last?.exchange.request == null) return null;
  const { setup, exchange } = last;
  const { request } = last.exchange;
  const { sa } = setup;
  const round = exchange.messageId;
  return whileOpen(mayLastBeAnswered(context, failed), {
    ...severityUnlessMended(context, setup, lastTimeOf(request)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`EAP stops at IKE_AUTH round ${round}: never answered (${triesText(request)}${attemptsText(failed)})`,
    summary: say`${sa.responder.address} answered the rounds of IKE_AUTH before, so the path is open; then ${sa.initiator.address} sends round ${round} (${triesText(request)}) and gets nothing. A responder that waits for its AAA server looks like this. The message is not fragmented (${request.sightings[0]?.bytes ?? 0} bytes).`,
    evidence: [
      ...evidenceOf(roundsOf(setup).at(-2)?.response ?? null, "answer to the round before", 1),
      ...evidenceOf(request, say`IKE_AUTH request of round ${round}, unanswered`),
    ],
    rivals: [
      {
        code: "ip-fragments-lost",
        separatedBy:
          "whether the answer is large (EAP-TLS): a fragmented answer that is lost looks the same near the initiator",
      },
    ],
  });
}

/** The answer came when the initiator had given the round up: nothing follows it. */
function responderIsLate(context: TunnelContext): Verdict | null {
  const late = setupsIn(context, "authentication-refused", "unknown").filter((setup) =>
    isLate(setup, context),
  );
  const last = late.at(-1);
  const exchange = last === undefined ? undefined : roundsOf(last).at(-1);
  if (last === undefined || exchange?.request == null || exchange.response === null) return null;
  const { sa } = last;
  const waited = firstTimeOf(exchange.response) - firstTimeOf(exchange.request);
  return whileOpen(endsEarly(context, lastSighting(exchange.response), LATE_PROOF, "the next round"), {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`EAP stops at IKE_AUTH round ${exchange.messageId}: answered only after ${humanDuration(waited)} (${triesText(exchange.request)}${attemptsText(late)})`,
    summary: say`${sa.initiator.address} asked for round ${exchange.messageId} of IKE_AUTH (${triesText(exchange.request)}) and stopped asking; ${sa.responder.address} answered ${humanDuration(waited)} after the first attempt, and nothing follows. A responder looks like this if it waits for its AAA server until that times out.`,
    evidence: [
      ...evidenceOf(exchange.request, say`IKE_AUTH request of round ${exchange.messageId}`),
      ...evidenceOf(exchange.response, "the answer, too late", 1),
    ],
  });
}

function initiatorStalls(context: TunnelContext): Verdict | null {
  const stopped = setupsIn(context, "unknown").filter((setup) => leavesRound(setup, context));
  const last = stopped.at(-1);
  if (last === undefined) return null;
  const round = roundsOf(last).length;
  const same = stopped.filter((setup) => roundsOf(setup).length === round);
  const exchange = roundsOf(last).at(-1);
  if (same.length < SAME_STOPS || exchange?.response == null) return null;
  const { sa } = last;
  return {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: "possible",
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`EAP stops after IKE_AUTH round ${round} in ${same.length} attempts: ${sa.initiator.address} does not go on`,
    summary: say`${sa.responder.address} answers round ${round} of IKE_AUTH each time, and ${sa.initiator.address} never sends the next one, in ${same.length} attempts. ${whyNotOn(context, sa)}`,
    evidence: same
      .slice(-3)
      .flatMap((setup) =>
        evidenceOf(
          roundsOf(setup).at(-1)?.response ?? null,
          say`answer to round ${round}; nothing follows`,
          1,
        ),
      ),
    rivals: OTHER_REASONS,
  };
}

const OTHER_REASONS: readonly Rival[] = [
  {
    code: "authentication-rejected-by-initiator",
    separatedBy: "the initiator's log: it names what it does not accept of the answer",
  },
  {
    code: "ip-fragments-lost",
    separatedBy: "a capture at the initiator: the next message leaves, large, and is lost on the way",
  },
];

/** One attempt: daemons go on at once, but the round may wait for a user, or the user may have given up. */
function initiatorLeavesOnce(context: TunnelContext): Verdict | null {
  const setup = setupsIn(context, "unknown").findLast(
    (one) => isInTheMiddle(one) && isLeft(one, context, NEXT_ROUND),
  );
  const exchange = setup === undefined ? undefined : roundsOf(setup).at(-1);
  const answer = lastSighting(exchange?.response ?? null);
  if (setup === undefined || exchange?.response == null || answer === undefined) return null;
  const { sa } = setup;
  const round = roundsOf(setup).length;
  const silence = silenceAfter(context, answer);
  const mended = severityUnlessMended(context, setup, answer.time);
  return {
    ...(silence < USER_WAITS ? { severity: "warning" as const } : {}),
    ...mended,
    ...graded([
      endsEarly(context, answer, USER_WAITS, "the next round, which may wait for a user,"),
      ...OTHER_REASONS,
    ]),
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`EAP stops after IKE_AUTH round ${round}: ${sa.initiator.address} does not go on (capture goes on for ${humanDuration(silence)})`,
    summary: say`${sa.responder.address} answers round ${round} of IKE_AUTH, which cannot be the last one, and ${sa.initiator.address} neither asks again nor sends the next one. ${whyNotOn(context, sa)}`,
    evidence: [
      ...evidenceOf(exchange.request, say`IKE_AUTH request of round ${round}`, 1),
      ...evidenceOf(exchange.response, say`answer to round ${round}; nothing follows`, 1),
    ],
  };
}

/** Behind EAP-Success the responder's AUTH comes last: an answer without either of them is followed by one more round. */
function isInTheMiddle(setup: Setup): boolean {
  const { suite } = setup.progress;
  const [before, last] = roundsOf(setup).slice(-2);
  if (suite === null || before?.response == null || last?.response == null) return false;
  return !(mayEndEap(before.response.message, suite) && mayHoldAuth(last.response.message, suite));
}

/** At least two rounds, the last answered, and silence behind it, or a new attempt instead of the next round. */
function leavesRound(setup: Setup, context: TunnelContext): boolean {
  return isLeft(setup, context, USER_WAITS);
}

function isLeft(setup: Setup, context: TunnelContext, silence: Micros): boolean {
  const { progress } = setup;
  const last = progress.authentication.at(-1);
  const answer = lastSighting(last?.response ?? null);
  if (answer === undefined || last?.exchangeType !== EXCHANGE_V2.IKE_AUTH) return false;
  const rounds = roundsOf(setup);
  if (rounds.length < SAME_STOPS || rounds.some(({ response }) => response === null)) return false;
  if (progress.later.length > 0) return false;
  if (carriesEspAfter(context, setup, answer.time)) return false;
  return beginsAnewAfter(context, setup, answer.time) || silenceAfter(context, answer) >= silence;
}

/** Why the next round is not in the capture: near the initiator it would be if it had been sent. */
function whyNotOn(context: TunnelContext, { initiator }: IkeSa): Message {
  return isNear(context, initiator.address)
    ? "The answer does not suit the initiator (certificate of the gateway, EAP method, missing password): the capture near it has the answer, and no next message leaves."
    : "Either the answer does not suit the initiator (certificate of the gateway, EAP method, missing password), or its next message is lost before this point.";
}
