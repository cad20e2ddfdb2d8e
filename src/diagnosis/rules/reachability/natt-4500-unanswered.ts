import { PRE_SHARED_KEY_METHODS } from "../../../ike/registries/attributes-v1.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Suite } from "../../../ike/suite.js";
import { sideOf } from "../../facts/side.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { hopsOf } from "../../../session/traces.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Rival, Verdict } from "../../finding.js";
import { repeatsOfAnswer } from "../../../session/progress/aggressive-3.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { seenAtBothEnds } from "../../places/both-ends.js";
import {
  afterBlank,
  answeredByLog,
  type LoggedRequests,
  loggedRequests,
  partsOf,
} from "../../facts/host/logged-requests.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import {
  type UnansweredAuthentication,
  unansweredAuthentications,
} from "../../facts/authentication/authentication-stage.js";
import { mayStillBeAnswered, whileOpen } from "../../grade.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

const REMEDIES: readonly string[] = [
  "Open UDP 4500 in both directions, on every firewall, NAT device and cloud security group between the peers.",
  "On a responder behind NAT or a load balancer: forward 4500 as well as 500, to the same host.",
  "At the responder: 'tcpdump -n udp port 4500' shows whether the packets arrive; 'ss -lunp' shows whether the daemon listens on 4500.",
];

/**
 * All on port 500 was answered; the first message on port 4500 repeats, in one piece, and nothing comes from there. Aggressive Mode 3
 * wants no answer: that the responder repeats the message before it, or the initiator this one, shows the same.
 */
export const natt4500Unanswered = defineRule({
  code: "natt-4500-unanswered",
  severity: "critical",
  title: "UDP 500 works, UDP 4500 does not",
  explanation:
    "The first exchange on port 500 was answered. Then IKE moved to port 4500, as it must behind NAT, and nothing on that port is answered.",
  signature:
    "The exchange on port 500 is answered, the next message leaves on port 4500 in one piece and is repeated, and the responder is never seen to send from 4500.",
  remedies: REMEDIES,
  commands: ["firewall", "listen", "natTraversal", "capture"],
  references: ["RFC 7296 section 2.23", "RFC 3948"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = unansweredAuthentications(context).filter(
      ({ fragmentation, onNatT, natTAnswered, informational }) =>
        fragmentation === "none" && onNatT && !natTAnswered && informational.length === 0,
    );
    const last = failed.at(-1);
    if (last?.exchange.request == null) return null;
    const { request } = last.exchange;
    const { sa, progress } = last.setup;
    const { chosen } = progress;
    if (chosen === null) return beginsLater(context, last, request);
    const openingPort =
      chosen.request?.sightings[0]?.destination.port ?? chosen.response?.sightings[0]?.source.port;
    if (openingPort === 4500) return null;
    const name = messageName(sa, last.exchange, "request");
    const logged = loggedOf(context, last);
    const repeats = repeatsOfAnswer(last.exchange, sa);
    const mayBeDropped = dependsOnPreSharedKey(last.exchange, progress.suite);
    const rivals: Rival[] = [silentDaemon(context, last)];
    if (mayBeDropped) rivals.unshift(DROPPED_IN_SILENCE);
    else if (last.exchange.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE && repeats === 0) {
      rivals.push(DROPPED_IN_SILENCE);
    }
    return whileOpen(mayLastBeAnswered(context, failed), {
      ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
      ...(mayBeDropped ? ({ confidence: "possible", doubt: "cause" } as const) : { confidence: "likely" }),
      provenance: "deduced",
      phase: phaseOf(sa, last.exchange),
      headline: joined(
        say`${name} on UDP 4500 never answered (${triesText(request)}${attemptsText(failed)}); UDP 500 works`,
        answeredByLog(logged),
      ),
      summary: joined(
        say`On UDP ${openingPort ?? 500} the first exchange was answered. Then ${sa.initiator.address} moved to UDP 4500 and sent `,
        say`${name} (${triesText(request)}); the responder never sent a packet from port 4500. ${side(context, last)}`,
        repeatsText(last, repeats),
      ),
      remedies: [
        ...(isAtResponder(context, last) ? AT_RESPONDER : REMEDIES),
        ...(mayBeDropped ? [COMPARE_KEYS] : []),
      ],
      ...partsOf(logged),
      evidence: [
        ...evidenceOf(
          chosen.response,
          say`${messageName(sa, chosen, "response")} on UDP ${openingPort ?? 500}`,
          repeats === 0 ? 1 : 2,
        ),
        ...evidenceOf(request, say`${name} on UDP 4500, unanswered`),
      ],
      rivals,
    });
  },
});

/** The message passed all firewalls on the way. */
const AT_RESPONDER: readonly Message[] = [
  "At the responder: 'nft list ruleset' shows whether its own firewall drops UDP 4500; 'ss -lunp' shows whether the daemon listens on 4500.",
  "The responder's log at that time: a daemon that waits for a revocation list, a RADIUS server or a name server answers late or never.",
];

const COMPARE_KEYS: Message =
  "IKEv1 with a pre-shared key: compare the keys of both sides. A daemon that cannot decrypt Main Mode 5 may say nothing but Main Mode 4 again (pluto, racoon, SoftEther).";

/**
 * With another key the responder cannot decrypt Main Mode 5 (RFC 2409 5.4); true also where the capture does not hold how the peers
 * authenticate. Behind Aggressive Mode 2 both have the same key.
 */
function dependsOnPreSharedKey({ exchangeType }: Exchange, suite: Suite | null): boolean {
  return (
    exchangeType === EXCHANGE_V1.MAIN_MODE &&
    (suite?.authMethod == null || PRE_SHARED_KEY_METHODS.has(suite.authMethod.id))
  );
}

function isAtResponder(context: TunnelContext, { setup: { sa } }: UnansweredAuthentication): boolean {
  return sideOf(context, sa.initiator.address) === "far";
}

/** The rival: the message comes to the daemon, which says nothing. */
function silentDaemon(context: TunnelContext, found: UnansweredAuthentication): Rival {
  return {
    code: "ike-auth-unanswered",
    separatedBy: isAtResponder(context, found)
      ? "the responder's log: whether its daemon got the message, which arrives at that host, and stays silent"
      : "a capture at the responder: the message arrives there on 4500, and the daemon stays silent",
  };
}

/** The capture does not hold the first exchange, which was answered, for the message has the responder's SPI. */
function beginsLater(context: TunnelContext, last: UnansweredAuthentication, request: Transmission): Verdict {
  const { sa } = last.setup;
  const name = messageName(sa, last.exchange, "request");
  return whileOpen(mayStillBeAnswered(context, request), {
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    confidence: "possible",
    doubt: "cause",
    provenance: "deduced",
    phase: phaseOf(sa, last.exchange),
    headline: say`${name} on UDP 4500 never answered (${triesText(request)})`,
    summary: joined(
      say`${sa.initiator.address} sent ${name} to UDP 4500 (${triesText(request)}), and no packet of ${sa.responder.address} comes from that port. `,
      say`The first answer of ${sa.responder.address} is not in the capture; it came, for the message has the responder's SPI. ${side(context, last)}`,
    ),
    evidence: evidenceOf(request, say`${name} on UDP 4500, unanswered`),
    rivals: [silentDaemon(context, last), DROPPED_IN_SILENCE],
    ...(isAtResponder(context, last) ? { remedies: AT_RESPONDER } : {}),
  });
}

const DROPPED_IN_SILENCE: Rival = {
  code: "authentication-failed",
  separatedBy:
    "the responder's log: an IKEv1 daemon may drop a message that it cannot decrypt (wrong pre-shared key) without a word",
};

/** The pre-shared key fits where Aggressive Mode 3 is sent: Aggressive Mode 2 proved it. The responder that repeats it waits. */
function repeatsText({ setup: { sa } }: UnansweredAuthentication, repeats: number): Message {
  return repeats === 0
    ? ""
    : say` Meanwhile ${sa.responder.address} repeats Aggressive Mode 2, which that message answers: it does not arrive there.`;
}

function loggedOf(
  context: TunnelContext,
  { setup: { sa }, exchange }: UnansweredAuthentication,
): LoggedRequests | null {
  return loggedRequests(context, sa.initiator, sa.responder, exchange.request);
}

/** The side that the capture point and the responder's log point to. */
function side(context: TunnelContext, found: UnansweredAuthentication): Message {
  const logged = loggedOf(context, found);
  return logged?.kind === "answered" ? logged.text : joined(placeText(context, found), afterBlank(logged));
}

function placeText(context: TunnelContext, { setup: { sa }, exchange }: UnansweredAuthentication): Message {
  const kept = keptByDevice(context, exchange.request);
  if (kept !== null) return kept;
  switch (sideOf(context, sa.initiator.address)) {
    case "near":
      return say`Captured near ${sa.initiator.address}: the packets leave there, and UDP 4500 is lost on the way to ${sa.responder.address} or back.`;
    case "far":
      return say`Captured near ${sa.responder.address}: the packets arrive there, so look at its own firewall for UDP 4500 and at its daemon.`;
    case "both-ends":
      return seenAtBothEnds(context, sa, exchange, sa.responder.address);
    case "between":
      // Beside an interface between the peers there may be one at the sender, and only that one shows the request.
      return exchange.request?.sightings.some(({ ttl }) => (hopsOf(ttl) ?? 0) > 0) === true
        ? say`Seen between the peers: UDP 4500 of ${sa.initiator.address} gets as far as the capture point.`
        : say`UDP 4500 leaves ${sa.initiator.address}; the capture does not show whether it gets any further.`;
    case "unknown":
      return "Where the capture was taken cannot be told.";
  }
}
