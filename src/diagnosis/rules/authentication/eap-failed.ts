import type { Progress } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { graded } from "../../grade.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { refusedAuthentications } from "../../facts/authentication/refused-authentications.js";
import { type EndedEap, endedByInitiator } from "../../facts/authentication/eap-end.js";
import { roundsOf } from "../../facts/authentication/eap-rounds.js";
import { EAP } from "../../facts/host/logged-subjects.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { openedEapEnd, READ } from "../../facts/opened/opened-eap.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** IKE_AUTH rounds that end at an answer which can hold one notify only, or that the initiator ends with a notify. */
export const eapFailed = defineRule({
  code: "eap-failed",
  severity: "critical",
  title: "EAP authentication fails",
  explanation:
    "The gateway accepted IKE_AUTH and spoke EAP with the client, then ended it with a message that has room for EAP-Failure or an error notify only.",
  signature:
    "Several rounds of IKE_AUTH are answered, the last answer has room for EAP-Failure or one notify only, and the client goes no further.",
  remedies: [
    "Read the log of the AAA server (RADIUS) for this user and time: wrong password, locked or expired account, a policy that does not allow VPN.",
    "Check that client and server use the same EAP method (EAP-MSCHAPv2, EAP-TLS, PEAP), and with EAP-TLS the client's certificate and the CA at the server.",
    "Gateway: the shared secret and address of the AAA server.",
  ],
  commands: ["aaa", "login", "credentials", "log"],
  references: ["RFC 7296 section 2.16", "RFC 3748"],
  onlyWith: ["several-messages"],
  detect: (context) => withLoggedCause(context, EAP, refusedByResponder(context) ?? abandoned(context)),
  detectOnHost: (context) => loggedCauseAlone(context, EAP, "IKE_AUTH"),
});

function abandoned(context: TunnelContext): Verdict | null {
  const begun = new Set(setupsIn(context, ...ENDED));
  const failed = context.setups.flatMap((setup) => {
    // The round before the first that was captured may be any: the two last ones tell.
    const isOne = begun.has(setup) || (setup.progress.suite === null && ENDED.includes(setup.progress.state));
    const ended = isOne ? endedByInitiator(setup, context) : null;
    return ended === null ? [] : [{ setup, ended }];
  });
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { setup, ended } = last;
  const { rounds, objection, isSuiteKnown, isNotEmpty } = ended;
  const round = begun.has(setup) ? rounds.length : ended.last.messageId;
  const { sa } = setup;
  const opened = openedEapEnd(context, rounds, objection);
  const isSure = isSuiteKnown || isNotEmpty;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(objection)),
    ...graded([isSure ? null : REJECTED_BY_INITIATOR], isSure ? [REJECTED_BY_INITIATOR] : [], "cause"),
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`EAP fails: ${sa.initiator.address} ends it after IKE_AUTH round ${round} with ${opened?.end ?? "INFORMATIONAL"}${attemptsText(failed)}`,
    summary: joined(
      isSuiteKnown ? endedText(setup, ended) : endedByLengthsText(setup, ended),
      opened?.text ??
        "So EAP goes when the server refuses a password and asks for another, or when the initiator does not accept the server or the method.",
    ),
    evidence: [
      ...evidenceOf(ended.last.request, say`IKE_AUTH request of round ${round}`, 1),
      ...evidenceOf(ended.last.response, say`IKE_AUTH response of round ${round}`, 1),
      ...evidenceOf(objection, "INFORMATIONAL from the initiator instead of the next round", 1),
    ],
    ...(opened === null ? {} : READ),
  };
}

const ENDED: readonly Progress["state"][] = ["child-refused", "unknown", "authentication-refused", "up"];

const REJECTED_BY_INITIATOR: Rival = {
  code: "authentication-rejected-by-initiator",
  separatedBy: "the initiator's log: it names a refused password, or what it does not accept of the server",
};

function endedText({ sa }: Setup, { rounds }: EndedEap): Message {
  return say`${sa.responder.address} answered ${rounds.length} round${rounds.length === 1 ? "" : "s"} of IKE_AUTH, none with EAP-Success. Instead of the next round ${sa.initiator.address} sends a short INFORMATIONAL, room for one notify, and the IKE SA is not used after that. `;
}

function endedByLengthsText({ sa }: Setup, { last, objection }: EndedEap): Message {
  const [answer, notify] = [last.response?.message.header.length ?? 0, objection.message.header.length];
  return say`The capture does not hold the algorithms of this IKE SA, but its lengths beside each other tell. The last answer of ${sa.responder.address} to IKE_AUTH has ${answer} bytes, too few to accept the client and a Child SA. Instead of the next round ${sa.initiator.address} sends an INFORMATIONAL of ${notify} bytes, room for one notify, and the IKE SA is not used after that. `;
}

function refusedByResponder(context: TunnelContext): Verdict | null {
  const failed = refusedAuthentications(context, "EAP");
  const last = failed.at(-1);
  if (last === undefined) return null;
  const rounds = roundsOf(last);
  const exchange = rounds.at(-1);
  if (exchange?.response == null) return null;
  const { sa } = last;
  const bytes = exchange.response.message.header.length;
  const opened = openedEapEnd(context, rounds, exchange.response);
  return {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`EAP fails: ${sa.responder.address} ends it in IKE_AUTH round ${rounds.length} with ${opened?.end ?? say`${bytes} bytes`}${attemptsText(failed)}`,
    summary: joined(
      say`${sa.responder.address} answered ${rounds.length - 1} round${rounds.length === 2 ? "" : "s"} of IKE_AUTH, as EAP needs them, and ended the last with a message of ${bytes} bytes, `,
      say`after which ${sa.initiator.address} did not go on. ${opened?.text ?? "It has room for EAP-Failure or one notify, no more. "}The responder, or the AAA server behind it, is the side that refused.`,
    ),
    evidence: [
      ...evidenceOf(rounds[0]?.request ?? null, "first IKE_AUTH request", 1),
      ...evidenceOf(exchange.request, say`IKE_AUTH request of round ${rounds.length}`, 1),
      ...evidenceOf(exchange.response, say`IKE_AUTH response, ${bytes} bytes: EAP-Failure or one notify`, 1),
    ],
    rivals: [
      {
        code: "eap-stalled",
        separatedBy:
          "the initiator's log: the last answer was EAP-Success or a short request, and the initiator went no further",
      },
    ],
    ...(opened === null ? {} : READ),
  };
}
