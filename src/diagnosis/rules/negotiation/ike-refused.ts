import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import { type ClearRefusal, clearRefusals, MAY_BE_FORGED } from "../../facts/negotiation/clear-refusals.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { withScanInMind } from "../../facts/scan/may-be-scan.js";
import type { Verdict } from "../../finding.js";
import { endsEarly, graded } from "../../grade.js";
import { NOTIFIES } from "../../notifies.js";
import { messageName, phaseOf } from "../../phases.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** A peer that is asked to try later does so within this time. */
const NEXT_ATTEMPT_US: Micros = 10_000_000;

/** Errors that pass by themselves. */
const TRANSIENT_V2: ReadonlySet<number> = new Set([NOTIFY_V2.TEMPORARY_FAILURE, NOTIFY_V2.NO_ADDITIONAL_SAS]);

const REMEDIES = [
  "Read the refusing side's log at this time: it names the payload, the field or the connection that it objects to.",
  "Check at the refusing side that a connection exists for this peer's address, IKE version and exchange mode.",
  "INVALID_SYNTAX, PAYLOAD-MALFORMED and the like: capture at both ends and compare the message byte for byte; a device on the way may change it, or one implementation builds what the other cannot read. Offer fewer algorithms and extensions, and update both.",
] as const;

/** RFC 7296 2.16: a client that leaves AUTH out asks for EAP, which a gateway without EAP cannot read (Libreswan). */
const WITHOUT_EAP =
  "If the client logs in with a user name and password (EAP, in IKE_AUTH without AUTH): the gateway may know no EAP, as Libreswan, or not for this connection. Let the client use the certificate or pre-shared key that the gateway asks for.";

/** An error in clear that no other verdict stands for ends the setup: a report shows it, so the first line has to know it. */
export const ikeRefused = defineRule({
  code: "ike-refused",
  severity: "critical",
  title: "A peer refuses the setup with an error in clear",
  explanation:
    "A message of the setup is answered with an error notify, and nothing normal follows. The notify names what the refusing side objects to; its log says more.",
  signature:
    "The last message of a setup is answered in clear with an error that no other finding stands for, such as INVALID_SYNTAX, AUTHENTICATION_FAILED in IKE_SA_INIT, PAYLOAD-MALFORMED or BAD-PROPOSAL-SYNTAX (in IKEv1 by an INFORMATIONAL). Possible where the capture does not hold the message that is refused, or the error is one that passes.",
  remedies: REMEDIES,
  commands: ["log", "capture"],
  references: ["RFC 7296 section 2.21", "RFC 2408 section 5.4"],
  yieldsTo: [
    "ike-version-mismatch",
    "ike-mode-mismatch",
    "ike-no-proposal-chosen",
    "ike-unsupported-extension",
    "load-balancer-split",
    "peer-restarted",
    "authentication-failed",
    "certificate-expired",
    "certificate-not-yet-valid",
  ],
  detect: (context) => {
    const refusals = clearRefusals(context);
    const last = refusals.at(-1);
    if (last === undefined) return null;
    return withScanInMind(
      verdictOn(last, refusals, context),
      refusals.map(({ setup }) => setup),
    );
  },
});

function verdictOn(
  { setup, exchange, asked, answer, by, type }: ClearRefusal,
  refusals: readonly ClearRefusal[],
  context: TunnelContext,
): Verdict {
  const { sa } = setup;
  const claim = notifyName(sa.majorVersion, type);
  const refusing = sa[by].address;
  const refused = by === "responder" ? sa.initiator.address : sa.responder.address;
  const name: Message =
    asked === null
      ? "a message"
      : messageName(sa, exchange, asked === exchange.request ? "request" : "response");
  const isTransient = sa.majorVersion === 2 && TRANSIENT_V2.has(type);
  const open = [
    asked === null ? MAY_BE_FORGED : null,
    isTransient
      ? endsEarly(context, firstSighting(answer), NEXT_ATTEMPT_US, "an attempt that succeeds")
      : null,
  ];
  const mayWantEap =
    sa.majorVersion === 2 &&
    by === "responder" &&
    type === NOTIFY_V2.INVALID_SYNTAX &&
    exchange.exchangeType === EXCHANGE_V2.IKE_AUTH;
  const meaning = NOTIFIES[claim.replaceAll("-", "_")]?.meaning;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(answer)),
    ...graded(open),
    provenance: "observed",
    phase: phaseOf(sa, exchange),
    headline: say`${refusing} refuses ${name} of ${refused}: ${claim}${attemptsText(refusals)}`,
    summary: joined(
      say`${refusing} answers ${name} of ${refused} with ${claim} in clear (the message claims so; it is not authenticated), and nothing normal follows in this capture. `,
      meaning ?? "",
    ),
    evidence: [
      ...(asked === null || firstTimeOf(asked) > firstTimeOf(answer) ? [] : evidenceOf(asked, name, 2)),
      ...evidenceOf(answer, claim, 2),
    ],
    ...(mayWantEap ? { remedies: [REMEDIES[0], WITHOUT_EAP, ...REMEDIES.slice(1)] } : {}),
  };
}
