import { sideOf } from "../../facts/side.js";
import { arrivesThere, AT_HOST_ASKED, droppedAtHost } from "../../facts/silence/arrives-there.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Endpoint, Transmission } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Rival } from "../../finding.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { seenAtBothEnds } from "../../places/both-ends.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import { halfOpenBefore } from "../../facts/negotiation/opening-stage.js";
import { isOtherModeAnswered } from "../../facts/negotiation/opening-stage.js";
import { type UnansweredOpening, unansweredOpenings } from "../../facts/negotiation/opening-stage.js";
import { withScanInMind } from "../../facts/scan/may-be-scan.js";
import { answerToOthers } from "../../facts/silence/answers-to-others.js";
import { whileOpen } from "../../grade.js";
import { afterBlank, answeredByLog, partsOf, loggedRequests } from "../../facts/host/logged-requests.js";
import { mayHideIcmp } from "../../facts/recording/hidden-icmp.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

const RESPONDERS_LOG =
  "If it arrives: check the responder's log and its configuration for this peer's address (strongSwan logs 'no IKE config found', Libreswan 'no connection has been authorized').";

/** The first message repeats on a back-off, no packet comes from the responder, and no ICMP error says why. */
export const ikeInitUnanswered = defineRule({
  code: "ike-init-unanswered",
  severity: "critical",
  title: "The peer never answers the first IKE message",
  explanation:
    "The initiator repeats its first message and nothing comes back: either the message does not arrive, the peer ignores it, or its answer is lost.",
  signature:
    "The first message (IKE_SA_INIT, main mode 1, aggressive mode 1) is sent again, byte for byte, and the capture goes on without any packet of the responder and without an ICMP error about it. Not said of one attempt, nor if ESP or an answer in the other IKE version follows.",
  remedies: [
    "Capture at the responder at the same time: does the request arrive there (udp port 500)?",
    "If it does not arrive: open UDP 500 towards the responder in every firewall, NAT rule and cloud security group on the way.",
    RESPONDERS_LOG,
    "Check that the responder's answer is routed back over the same path.",
  ],
  commands: ["listen", "firewall", "capture", "log"],
  references: ["RFC 7296 section 2.1"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = unansweredOpenings(context).filter(
      (opening) =>
        !isOtherModeAnswered(context, opening) &&
        answerToOthers(context, opening) === null &&
        halfOpenBefore(context, opening).length === 0,
    );
    const last = failed.at(-1);
    if (last?.exchange.request == null) return null;
    const { sa } = last.setup;
    const { request } = last.exchange;
    const name = messageName(sa, last.exchange, "request");
    const isIcmpHidden = mayHideIcmp(context);
    const isBroken = isMalformed(context, request);
    const logged = loggedRequests(context, sa.initiator, sa.responder, request);
    const arrives = arrivesThere(context, request, sa.responder);
    const verdict = whileOpen(mayLastBeAnswered(context, failed), {
      ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
      // An ICMP error that the filter left out would be another verdict.
      confidence: isIcmpHidden ? "likely" : "certain",
      provenance: "observed",
      phase: phaseOf(sa, last.exchange),
      headline: joined(
        say`${name} on UDP ${sa.responder.port} never answered (${triesText(request)}${attemptsText(failed)})`,
        answeredByLog(logged),
      ),
      summary: joined(
        say`${sa.initiator.address} sent ${name} to ${endpoint(sa.responder)} (${triesText(request)}); `,
        isIcmpHidden
          ? "no IKE answer came back; this capture holds nothing but IPsec, so a filter may have left out an ICMP error. "
          : "neither an IKE answer nor an ICMP error came back. ",
        isBroken ? BROKEN : "",
        side(context, last),
        afterBlank(logged),
      ),
      evidence: evidenceOf(request, name),
      ...partsOf(logged),
      rivals: [
        ...(isBroken ? [BROKEN_ON_THE_WAY] : []),
        ...(isIcmpHidden ? [HIDDEN_ICMP] : []),
        ...(logged?.kind === "nothing"
          ? [DROPPED_THERE]
          : logged?.kind === "answered"
            ? []
            : [IGNORED, arrives ? droppedAtHost(sa.responder) : ANSWERED_UNSEEN, ...ignoredBy(last)]),
      ],
      ...(arrives ? { remedies: [AT_HOST_ASKED, RESPONDERS_LOG] } : {}),
    });
    return withScanInMind(
      verdict,
      failed.map(({ setup }) => setup),
    );
  },
});

const IGNORED: Rival = {
  code: "peer-selectively-silent",
  separatedBy: "whether the responder answers other peers at the same time: then it ignores this one",
};

const ANSWERED_UNSEEN: Rival = {
  code: "ike-response-lost",
  separatedBy: "a capture at the responder: it shows the request, and whether an answer leaves",
};

/** The requests that a responder of one version alone ignores, and those that one of IKEv1 does. */
function ignoredBy({ setup: { sa }, exchange: { exchangeType } }: UnansweredOpening): readonly Rival[] {
  if (sa.majorVersion !== 1) return [ONLY_IKEV1];
  return exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE
    ? [UNKNOWN_IDENTITY, OTHER_MODE]
    : [OTHER_VERSION, REFUSED_IN_SILENCE];
}

const UNKNOWN_IDENTITY: Rival = {
  code: "authentication-failed",
  separatedBy:
    "the responder's log: it need not answer aggressive mode from an identity (group name) that it does not know",
};

const OTHER_MODE: Rival = {
  code: "ike-mode-mismatch",
  separatedBy: "an attempt in main mode: if that is answered, the responder does not take aggressive mode",
};

const OTHER_VERSION: Rival = {
  code: "ike-version-mismatch",
  separatedBy: "an attempt with IKEv2: if that is answered, the responder ignores IKEv1",
};

/** A daemon may say INVALID-MAJOR-VERSION (RFC 2408 section 5.2); racoon and SoftEther say nothing. */
const ONLY_IKEV1: Rival = {
  code: "ike-version-mismatch",
  separatedBy: "an attempt with IKEv1: if that is answered, the responder ignores IKEv2",
};

const REFUSED_IN_SILENCE: Rival = {
  code: "ike-no-proposal-chosen",
  separatedBy:
    "the responder's log: some daemons (racoon) drop an IKEv1 offer that they refuse without a word",
};

const DROPPED_THERE: Rival = {
  code: "host-drops-inbound",
  separatedBy: "a capture at the responder: if the request is there, the host itself drops it",
};

const BROKEN = "The message itself cannot be read as its header says, and a responder drops such a one. ";

const BROKEN_ON_THE_WAY: Rival = {
  code: "ike-malformed",
  separatedBy: "a capture at the initiator: whether the message is whole there, or was sent so",
};

function isMalformed({ tunnel }: TunnelContext, { sightings }: Transmission): boolean {
  const broken = new Set(tunnel.malformed.map(({ frame }) => frame));
  return sightings.length > 0 && sightings.every(({ frames }) => frames.some((frame) => broken.has(frame)));
}

/** A capture that holds nothing but IPsec was filtered, and the filter may have dropped what ICMP had to say. */
const HIDDEN_ICMP: Rival = {
  code: "icmp-port-unreachable",
  separatedBy: "a capture whose filter keeps ICMP: a closed port or a firewall may have said so",
};

function side(context: TunnelContext, { setup: { sa }, exchange }: UnansweredOpening): Message {
  const kept = keptByDevice(context, exchange.request);
  if (kept !== null) return kept;
  switch (sideOf(context, sa.initiator.address)) {
    case "near":
      return say`Captured near ${sa.initiator.address}: the request leaves, and what becomes of it is beyond this point (the way there, the responder, or the way back).`;
    case "far":
      return say`Captured near ${sa.responder.address}, so the request arrives there: its host or daemon does not answer it.`;
    case "both-ends":
      return seenAtBothEnds(context, sa, exchange, sa.responder.address);
    case "between":
      return "The capture was taken between the peers: the request gets at least that far.";
    case "unknown":
      return "Where the capture was taken cannot be told, so neither can the side that loses the packets.";
  }
}

function endpoint({ address, port }: Endpoint): Message {
  return say`${address} port ${port}`;
}
