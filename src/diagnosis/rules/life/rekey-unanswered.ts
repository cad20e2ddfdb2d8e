import { humanDuration } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { evidenceOf, triesText } from "../../evidence.js";
import { graded } from "../../grade.js";
import { MENDED } from "../../facts/life/healing.js";
import { quickModesOfGone } from "../../facts/child/quick-mode-of-gone.js";
import { repeatedLater } from "../../facts/silence/unanswered.js";
import { severityOf, sideOfSilence, openRivals } from "../../facts/silence/unanswered-verdict.js";
import { answeredByLog, loggedRequests, partsOf } from "../../facts/host/logged-requests.js";
import { noEspText } from "../../facts/silence/no-esp-text.js";
import { goesOn } from "../../facts/esp/esp-of-silent.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { isDesync } from "../../facts/silence/message-id-gap.js";
import { isRestart, mayBeBack } from "../../facts/life/restarts.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** An IKE message up to this size fits one packet on every usual path: 1280 bytes (RFC 8200) less IP, UDP and non-ESP marker. */
const UNFRAGMENTED_BYTES = 1200;

/**
 * CREATE_CHILD_SA (rekey of a child or of the IKE SA, or a further child) repeats at least three times and stays
 * unanswered, and neither side says anything else on that IKE SA; or a later Quick Mode of IKEv1 does, and the other side is silent since.
 */
export const rekeyUnanswered = defineRule({
  code: "rekey-unanswered",
  severity: "critical",
  title: "A rekey is never answered",
  explanation:
    "CREATE_CHILD_SA, or in IKEv1 a later Quick Mode, repeats and no answer comes. The requester gives up and closes the IKE SA, and the tunnel goes down.",
  signature:
    "CREATE_CHILD_SA is sent at least three times and given up without an answer. IKEv1: so is Quick Mode 1 on an IKE SA that has a Child SA, and nothing else of that side comes since, neither IKE nor ESP.",
  remedies: [
    "The peer's log at that time: does the request arrive? If it does not, the path loses it; if it does, the log says why the peer does not answer.",
    "If the tunnel was idle before: a firewall or NAT device on the path has deleted its UDP state; lengthen its UDP timeout.",
    "If the request is larger than about 1200 bytes: switch on IKE fragmentation at both ends.",
  ],
  commands: ["log", "fragmentation", "lifetimes"],
  references: ["RFC 7296 section 2.1", "RFC 7296 section 2.8"],
  yieldsTo: ["nat-mapping-expired"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    if (isRefusedByIcmp(context)) return null;
    const failed = repeatedLater(
      context,
      ({ exchangeType }, _request, { sa }) =>
        sa.majorVersion === 2 && exchangeType === EXCHANGE_V2.CREATE_CHILD_SA,
    );
    const last =
      failed.findLast((found) => !isRestart(context, found) && !isDesync(found)) ??
      quickModesOfGone(context).findLast((found) => !isRestart(context, found));
    if (last === undefined) return null;
    const isV1 = last.setup.sa.majorVersion === 1;
    const name = isV1 ? "Quick Mode 1" : "CREATE_CHILD_SA";
    const { request, asker, silent, firstTry, gaveUpAt, setup } = last;
    const age = setup.progress.upAt === null ? null : humanDuration(firstTry - setup.progress.upAt);
    const stillSends = goesOn(context, last);
    const logged = loggedRequests(context, asker, silent, request);
    return {
      ...(mayBeBack(context, last) ? MENDED : severityOf(context, last)),
      ...graded(openRivals(context, last), [
        {
          code: "dpd-timeout",
          separatedBy: say`whether ${silent.address} answers anything at that time: if not even a liveness check is answered, the rekey is not the cause`,
        },
        ...(request.message.header.length > UNFRAGMENTED_BYTES
          ? [
              {
                code: "ip-fragments-lost" as const,
                separatedBy: say`a capture at ${silent.address}: whether all IP fragments of the request (${request.message.header.length} bytes) arrive there`,
              },
            ]
          : []),
      ]),
      provenance: "observed",
      phase: isV1 ? "QUICK_MODE" : "CREATE_CHILD_SA",
      headline: joined(
        say`rekey request (${name}) of ${asker.address} never answered (${triesText(request)})`,
        answeredByLog(logged),
      ),
      summary: joined(
        say`${asker.address} sent ${name} ${age === null ? "" : say`${age} after the setup `}(${triesText(request)}), and ${silent.address} did not answer. `,
        gaveUpAt === null ? "The capture ends while it is still repeated. " : "Then it was given up. ",
        stillSends
          ? say`ESP of ${silent.address} still comes in, so it is alive and only IKE fails. `
          : last.isHeard
            ? noEspText(context, last)
            : "",
        sideOfSilence(context, last, logged),
      ),
      ...partsOf(logged),
      evidence: evidenceOf(
        request,
        isV1 ? "Quick Mode 1, unanswered" : "CREATE_CHILD_SA request, unanswered",
      ),
    };
  },
});
