import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { afterBlank, answeredByLog, partsOf, loggedRequests } from "../../facts/host/logged-requests.js";
import { isBehindEap } from "../../facts/authentication/eap-rounds.js";
import { unansweredAuthentications } from "../../facts/authentication/authentication-stage.js";
import { arrivesThere, AT_HOST_ASKED } from "../../facts/silence/arrives-there.js";
import { whileOpen } from "../../grade.js";
import type { Rival } from "../../finding.js";
import { mayLastBeAnswered } from "../../facts/silence/failed-before.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

const READ_LOG =
  "Read the responder's log first: it may have refused, crashed or waited for a backend (RADIUS, CRL, OCSP).";

/**
 * The first exchange is answered, the authentication request repeats in one piece over ports that are known to work
 * and gets no answer. IKEv1 main mode 5 belongs to `authentication-failed`: there silence is how many daemons refuse.
 */
export const ikeAuthUnanswered = defineRule({
  code: "ike-auth-unanswered",
  severity: "critical",
  title: "The peer answers the first exchange, then never the authentication",
  explanation:
    "The first exchange worked over the same ports, so the path is open for small packets; the authentication request is repeated without any answer.",
  signature:
    "IKE_SA_INIT is answered, and IKE_AUTH (in IKEv1 main mode 5, or aggressive mode 3, behind which the responder repeats message 2), small and unfragmented, repeats without an answer on ports on which the responder is heard.",
  remedies: [
    READ_LOG,
    "Capture at the responder: does the request arrive there?",
    "Compare sizes: if only larger packets are lost, look at the path's MTU.",
  ],
  commands: ["log", "capture", "aaa"],
  references: ["RFC 7296 section 1.2", "RFC 7296 section 2.1"],
  yieldsTo: ["ike-refused"],
  onlyWith: ["several-messages", "unanswered"],
  detect: (context) => {
    const failed = unansweredAuthentications(context).filter(
      ({ setup, exchange, fragmentation, onNatT, natTAnswered }) =>
        fragmentation === "none" &&
        (!onNatT || natTAnswered) &&
        (setup.sa.majorVersion === 2 || exchange.step === 3) &&
        !isBehindEap(setup, exchange),
    );
    const last = failed.at(-1);
    if (last?.exchange.request == null) return null;
    const { sa, progress } = last.setup;
    const { request } = last.exchange;
    const name = messageName(sa, last.exchange, "request");
    const port = request.sightings[0]?.destination.port ?? 500;
    const logged = loggedRequests(context, sa.initiator, sa.responder, request);
    return whileOpen(mayLastBeAnswered(context, failed), {
      ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
      confidence: "likely",
      provenance: "deduced",
      phase: phaseOf(sa, last.exchange),
      headline: joined(
        say`${name} on UDP ${port} never answered (${triesText(request)}${attemptsText(failed)})`,
        answeredByLog(logged),
      ),
      summary: joined(
        say`The first exchange was answered, so packets pass both ways. Then ${sa.initiator.address} sent ${name} `,
        say`to port ${port} (${triesText(request)}) and got nothing. The message is not fragmented (${request.sightings[0]?.bytes ?? 0} bytes).`,
        afterBlank(logged),
      ),
      evidence: [
        ...evidenceOf(progress.chosen?.response ?? null, "answer to the first exchange", 1),
        ...evidenceOf(request, say`${name}, unanswered`),
      ],
      ...partsOf(logged),
      rivals: [
        {
          code: "ip-fragments-lost",
          separatedBy:
            "whether the answer is large: a fragmented answer that is lost looks the same near the initiator",
        },
        ...(last.exchange.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE ? [REFUSED_IN_SILENCE] : []),
      ],
      ...(arrivesThere(context, request, sa.responder) ? { remedies: [READ_LOG, AT_HOST_ASKED] } : {}),
    });
  },
});

/** A responder may refuse the initiator's certificate or identity so, and go on waiting. */
const REFUSED_IN_SILENCE: Rival = {
  code: "authentication-failed",
  separatedBy:
    "the responder's log: whether Aggressive Mode 3 arrives there, and what it does not accept in it",
};
