import { sideOf } from "../../facts/side.js";
import { humanDuration } from "../../../bytes/time.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { firstSighting, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import { sendsOnNatT, type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { carriesTrafficAfter, hasNewEspAfter, healedAfter, MENDED } from "../../facts/life/healing.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Rival, Verdict } from "../../finding.js";
import { hidesPort4500, NEXT_MESSAGE_US } from "../../facts/nat/port-4500-hidden.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { lastAnswered, stoppedSetups } from "../../facts/authentication/stopped-setups.js";
import { allStops, leavesOlder } from "../../facts/life/stopped-renewal.js";
import { looksLikeProbe } from "../../facts/scan/looks-like-probe.js";
import { announcedFragmentation } from "../../facts/authentication/announced-fragmentation.js";
import { isPpkNotAgreed, PPK_NOT_AGREED } from "../../facts/authentication/ppk.js";
import { missedShare } from "../../facts/recording/recording-losses.js";
import { endOfCapture } from "../../facts/silence/end-of-capture.js";
import { silenceAfter, timeBefore } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

const PROVING_SILENCE_US = 5_000_000;

/**
 * The first exchange is answered and not asked for again, and the message that must follow never comes. Aggressive
 * mode belongs to `authentication-failed`.
 */
export const ikeAuthMissing = defineRule({
  code: "ike-auth-missing",
  severity: "critical",
  title: "The first exchange succeeds, then the initiator's next message never comes",
  explanation:
    "The answer to the first exchange was not asked for again, so it arrived; the message that must follow is not in this capture.",
  signature:
    "The first exchange is answered and not asked for again, yet the message that must follow is not in a capture that goes on for 5 s. If the capture ends sooner, it is one possibility; if nothing but port 500 was captured, it is not said.",
  remedies: [
    "Capture at the initiator: does it send the next message, and on which port?",
    "If it does: open UDP 4500 towards the responder, and check whether a large authentication message is lost as IP fragments.",
    "If it does not: read the initiator's log, it gave up (no credentials, no matching configuration, user cancelled).",
  ],
  commands: ["log", "capture", "firewall"],
  references: ["RFC 7296 section 2.23"],
  yieldsTo: ["ike-refused"],
  onlyWith: ["several-messages"],
  detect: (context) => {
    if (isRefusedByIcmp(context) || hidesNextMessages(context)) return null;
    const stopped = stoppedSetups(context);
    const setup = stopped.at(-1);
    const exchange = setup === undefined ? undefined : lastAnswered(setup);
    if (setup === undefined || exchange?.response == null) return null;
    const { sa } = setup;
    const answeredAt = lastTimeOf(exchange.response);
    const lastAnswer = lastSighting(exchange.response);
    const silence = lastAnswer === undefined ? 0 : silenceAfter(context, lastAnswer);
    const blind = hidesPort4500(context);
    const answer = messageName(sa, exchange, "response");
    const next = nextMessage(setup);
    const isProbe = stopped.length === 1 && looksLikeProbe(setup);
    return {
      ...(isProbe
        ? { severity: silence < NEXT_MESSAGE_US ? "info" : "warning", confidence: "possible" }
        : weigh(context, setup, silence, blind, answeredAt)),
      provenance: "deduced",
      phase: sa.majorVersion === 2 ? "IKE_AUTH" : phaseOf(sa, exchange),
      headline:
        silence < NEXT_MESSAGE_US
          ? say`${endOfCapture(silence, answer)}; ${next} is not in it`
          : say`${answer} was delivered, but ${next} never came (capture goes on for ${humanDuration(silence)}${stopped.length > 1 ? say`, ${stopped.length} attempts` : ""})`,
      summary:
        silence < NEXT_MESSAGE_US && !isProbe
          ? say`The message that must follow, ${next}, is not in the capture: ${endOfCapture(silence, answer)}; it may just have been stopped.`
          : say`${sa.responder.address} answered the first exchange, and ${sa.initiator.address} did not ask again${(exchange.request?.tries ?? 0) > 1 ? " after the last answer" : ""}, so the answer arrived. The message that must follow, ${next}, is not in the capture. ${side(context, sa)}${silence < PROVING_SILENCE_US ? say` The capture ends ${humanDuration(silence)} after the answer: it may just have been stopped.` : ""}${isProbe ? " It was one attempt, without NAT detection or vendor ID: a scanner sends the same and sets up no tunnel." : ""}`,
      evidence: [
        ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
        ...evidenceOf(exchange.response, say`${answer}; nothing follows`, 1),
      ],
      rivals: [...rivals(context, setup, blind), ...(beginsLate(context, exchange) ? [NEVER_ARRIVED] : [])],
    };
  },
});

function nextMessage({ sa, progress }: Setup): string {
  if (sa.majorVersion === 2) return "the IKE_AUTH request";
  return progress.opening.length < 2 ? "Main Mode 3" : "Main Mode 5";
}

/** Nothing on UDP 4500 is in the capture, and ESP of one side tells that a setup went on there: of the others it holds no next message either. */
function hidesNextMessages(context: TunnelContext): boolean {
  if (context.capture.observations.port4500 > 0) return false;
  return setupsIn(context, "opening-answered").some((setup) =>
    hasNewEspAfter(setup, context, setup.sa.firstTime),
  );
}

function weigh(
  context: TunnelContext,
  setup: Setup,
  silence: number,
  blind: boolean,
  answeredAt: number,
): Pick<Verdict, "confidence" | "severity" | "mended" | "doubt"> {
  if (silence < NEXT_MESSAGE_US || blind) return { severity: "info", confidence: "possible" };
  if (allStops(context, setup, answeredAt)) {
    const isLeft = silence >= PROVING_SILENCE_US && leavesOlder(context, setup);
    return { ...(isLeft ? {} : { severity: "info" }), confidence: "possible", doubt: "fault" };
  }
  if (silence < PROVING_SILENCE_US) return { severity: "warning", confidence: "possible" };
  if (missedShare(context) > 0) return { severity: "warning", confidence: "possible" };
  const isMended = healedAfter(context, answeredAt, setup) || carriesTrafficAfter(context, answeredAt, setup);
  return { ...(isMended ? MENDED : {}), confidence: "likely" };
}

/** The capture begins so shortly before the request that earlier tries may have been missed. */
function beginsLate(context: TunnelContext, { request }: Exchange): boolean {
  const first = firstSighting(request);
  return first !== undefined && timeBefore(context, first) < PROVING_SILENCE_US;
}

const NEVER_ARRIVED: Rival = {
  code: "ike-response-lost",
  separatedBy:
    "a capture that begins earlier: if this was the last of several attempts, each answered, the answers do not arrive",
};

const NEVER_ON_4500: Rival = {
  code: "natt-4500-unanswered",
  separatedBy:
    "a capture at the initiator: it sends the next message on UDP 4500, unfragmented, again and again",
};

const IN_FRAGMENTS: Rival = {
  code: "ip-fragments-lost",
  separatedBy: "a capture at the initiator: the next message leaves in IP fragments",
};

/** A large message goes in IP fragments where IKE fragmentation is not announced by both. */
const SURELY_IN_FRAGMENTS: Rival = {
  code: "ip-fragments-lost",
  separatedBy:
    "a capture at the initiator: the next message leaves in IP fragments, if it is large, for IKE_SA_INIT does not announce IKE fragmentation from both sides",
};

function rivals(context: TunnelContext, setup: Setup, blind: boolean): Rival[] {
  const announced = announcedFragmentation(setup);
  const isUnfragmented = announced !== null && !(announced.byInitiator && announced.byResponder);
  const list = isUnfragmented ? [SURELY_IN_FRAGMENTS] : [IN_FRAGMENTS];
  // An answer to IKE_INTERMEDIATE that came on 4500 shows that it is open.
  if (!sendsOnNatT(context, "responder", [setup.sa])) list.splice(isUnfragmented ? 1 : 0, 0, NEVER_ON_4500);
  if (isPpkNotAgreed(setup)) list.unshift(PPK_NOT_AGREED);
  if (blind) {
    list.unshift({
      code: "capture-filter-blind",
      separatedBy:
        "how the capture was filtered: it holds nothing but UDP 500, as the filter 'udp port 500' leaves it",
    });
  }
  return list;
}

function side(context: TunnelContext, { initiator, responder }: IkeSa): Message {
  switch (sideOf(context, initiator.address)) {
    case "near":
      return say`Captured near ${initiator.address}: it received the answer and went no further, so its own log has the reason.`;
    case "far":
      return say`Captured near ${responder.address}: either ${initiator.address} gave up, or its next message (usually on UDP 4500, often large) is lost on the way.`;
    case "both-ends":
      return "Seen at both ends: the initiator received the answer or gave up, so its own log has the reason.";
    case "between":
    case "unknown":
      return "Either the initiator gave up, or its next message (usually on UDP 4500, often large) is lost before this point.";
  }
}
