import { sightingsOf } from "../../../session/sightings.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Sighting } from "../../../session/model.js";
import { isChildDeleteLength, mayBeLivenessCheck } from "../../../session/short-messages.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { Evidence, Rival, Verdict } from "../../finding.js";
import { graded } from "../../grade.js";
import { MENDED } from "../../facts/life/healing.js";
import { recurringSilence } from "../../facts/silence/recurring-silence.js";
import { type Unanswered, repeatedLater } from "../../facts/silence/unanswered.js";
import { severityOf, sideOfSilence, openRivals } from "../../facts/silence/unanswered-verdict.js";
import { answeredByLog, loggedRequests, partsOf } from "../../facts/host/logged-requests.js";
import {
  contentOf,
  REQUEST_EVIDENCE,
  type RequestContent,
  requestHeadline,
  requestText,
} from "../../facts/silence/request-content.js";
import { goesOn } from "../../facts/esp/esp-of-silent.js";
import { noEspText } from "../../facts/silence/no-esp-text.js";
import { lostResponse } from "../../facts/silence/lost-response.js";
import {
  CAPTURE_THERE,
  deadPeerRemedies,
  deadPeerRivals,
  ONLY_IKE,
  PEER_UP,
  UDP_STATE,
} from "../../facts/silence/dead-peer-steps.js";
import { isDesync } from "../../facts/silence/message-id-gap.js";
import { isMoved } from "../../facts/nat/moved-asker.js";
import { unacknowledgedChecks } from "../../facts/silence/unacknowledged-checks.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { isRestart, mayBeBack } from "../../facts/life/restarts.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/**
 * IKEv2: a short INFORMATIONAL repeats and is never answered, a liveness check or the Delete of a Child SA. IKEv1: several INFORMATIONAL of the length of R-U-THERE
 * come from one side, each with its own Message ID, and nothing of the other ({@link unacknowledgedChecks}). Where the silent
 * side begins anew itself, it is `peer-restarted`.
 */
export const dpdTimeout = defineRule({
  code: "dpd-timeout",
  severity: "critical",
  title: "The peer no longer answers liveness checks (dead peer detection)",
  explanation:
    "The tunnel was up, and one side's checks whether the other is alive are no longer answered. It gives the tunnel up when they have failed; if ESP still comes in, only IKE is cut.",
  signature:
    "An INFORMATIONAL of an established IKE SA is sent at least three times without an answer, and nothing of the other side shows that it was received; in IKEv1 one that looks like R-U-THERE.",
  remedies: [PEER_UP, UDP_STATE, ONLY_IKE, CAPTURE_THERE],
  commands: ["deadPeer", "status", "keepalive", "firewall"],
  references: ["RFC 7296 section 2.4", "RFC 3706"],
  yieldsTo: ["nat-mapping-expired"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    if (isRefusedByIcmp(context)) return null;
    const failed = [...inV2(context), ...inV1(context)].filter(({ found }) => !isOther(context, found));
    const last = failed.at(-1);
    const recurring = recurringSilence(
      context,
      failed.map(({ found }) => found),
    );
    return last === undefined ? null : verdict(context, last, recurring);
  },
});

/** Whether another rule tells of the unanswered request. */
function isOther(context: TunnelContext, found: Unanswered): boolean {
  return isRestart(context, found) || isMoved(context, found) || isDesync(found) || isNeverUp(context, found);
}

/** The silent side still repeats its authentication, whose answers do not arrive: for it the tunnel was never up. */
function isNeverUp(context: TunnelContext, { setup }: Unanswered): boolean {
  const lost = lostResponse(setup, context);
  return lost !== null && setup.progress.authentication.includes(lost);
}

interface Failed {
  readonly found: Unanswered;
  readonly tries: Message;
  readonly request: RequestContent;
  readonly evidence: readonly Evidence[];
}

function inV1(context: TunnelContext): Failed[] {
  return context.setups.flatMap((setup) => {
    const failed = unacknowledgedChecks(context, setup);
    return failed === null ? [] : [{ ...failed, request: "check" as const }];
  });
}

function inV2(context: TunnelContext): Failed[] {
  return repeatedLater(
    context,
    ({ exchangeType }, request, { sa, progress }) =>
      sa.majorVersion === 2 &&
      exchangeType === EXCHANGE_V2.INFORMATIONAL &&
      (mayBeLivenessCheck(request.message, progress.suite) ||
        isChildDeleteLength(request.message, progress.suite)),
  ).map((found) => {
    const request = contentOf(context, found);
    return {
      found,
      tries: triesText(found.request),
      request,
      evidence: evidenceOf(found.request, REQUEST_EVIDENCE[request]),
    };
  });
}

function verdict(
  context: TunnelContext,
  { found, tries, request, evidence }: Failed,
  recurring: readonly Unanswered[],
): Verdict {
  const { asker, silent, gaveUpAt, setup } = found;
  const stillSends = goesOn(context, found);
  const lastHeard = lastBefore(sightingsOf(setup.sa), silent.address, found.firstTry);
  const isBack = mayBeBack(context, found);
  const ikeSas = recurring.length;
  const logged = loggedRequests(context, asker, silent, found.request);
  const isAnswering = logged?.kind === "answered";
  const remedies = deadPeerRemedies(context, found, stillSends);
  return {
    // A fault that comes back with every IKE SA is not mended by the next one.
    ...(ikeSas > 0 ? {} : isBack ? MENDED : severityOf(context, found)),
    ...graded(openRivals(context, found), [
      ...(isBack ? [RESTARTED] : []),
      ...(isAnswering ? [] : deadPeerRivals(context, found)),
    ]),
    provenance: "deduced",
    phase: "INFORMATIONAL",
    headline:
      ikeSas === 0
        ? joined(requestHeadline(found, tries, request, stillSends), answeredByLog(logged))
        : say`${requestHeadline(found, tries, request, stillSends)}: ${ikeSas} IKE SAs in a row end so`,
    summary: joined(
      requestText(found, tries, request),
      say`${lastHeard === null ? "" : say`; the last IKE message of ${silent.address} was ${humanDuration(found.firstTry - lastHeard)} before`}. `,
      stillSends
        ? "ESP of the silent side still comes in, so the peer is up and only IKE is lost; the tunnel is torn down when the checks give up. "
        : found.isHeard
          ? noEspText(context, found)
          : "",
      ikeSas === 0
        ? ""
        : say`${ikeSas} IKE SAs end so one after the other: each time the tunnel is given up and set up anew, and the next check has no answer either. `,
      isBack ? BACK : "",
      gaveUpAt === null ? "The capture ends while the checks go on. " : "",
      sideOfSilence(context, found, logged),
    ),
    evidence: [
      ...recurring
        .filter((one) => one.setup !== found.setup)
        .slice(-MOST_CITED)
        .flatMap(({ request }) => evidenceOf(request, "unanswered in an IKE SA before", 1)),
      ...evidence,
    ],
    ...(remedies === null ? {} : { remedies }),
    ...partsOf(logged),
  };
}

/** IKE SAs before the last one of which the evidence has a request. */
const MOST_CITED = 4;

const BACK =
  "A new IKE SA begins at that address from other ports of its NAT device: the same peer again, or another client behind it. ";

const RESTARTED: Rival = {
  code: "peer-restarted",
  separatedBy: "the responder's log: whether the identity of the new IKE SA is that of the silent one",
};

function lastBefore(sightings: readonly Sighting[], address: string, until: Micros): Micros | null {
  const times = sightings
    .filter(({ source, time }) => source.address === address && time < until)
    .map(({ time }) => time);
  return times.length === 0 ? null : Math.max(...times);
}
