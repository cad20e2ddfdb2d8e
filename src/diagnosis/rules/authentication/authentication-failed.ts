import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { claimedRefusal } from "../../facts/negotiation/claimed-refusal.js";
import { clearRefusals } from "../../facts/negotiation/clear-refusals.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { acceptedBefore, acceptedBeforeText, credentialsOf } from "../../facts/authentication/credentials.js";
import { ALL_STEPS, MAY_DIFFER, stepsFor } from "../../facts/authentication/credential-steps.js";
import { asksForPpk, PPK_DIFFERS } from "../../facts/authentication/ppk.js";
import { givesUpAfter, refusedAuthentications } from "../../facts/authentication/refused-authentications.js";
import { openedAuthenticationRefusal } from "../../facts/opened/opened-authentication.js";
import { AUTHENTICATION } from "../../facts/host/logged-subjects.js";
import { openedOf } from "../../facts/opened/opened.js";
import { refusedPhase1 } from "../../facts/authentication/refused-phase-1.js";
import { loggedCauseAlone, withLoggedCause } from "../../facts/host/told-cause.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * IKEv2: the answer to IKE_AUTH is no longer than one notify. IKEv1 main mode: message 5 is met by INFORMATIONAL, or by
 * silence on a path that works. IKEv1 aggressive mode: message 3 never comes, or an INFORMATIONAL comes instead, or right behind it.
 */
export const authenticationFailed = defineRule({
  code: "authentication-failed",
  severity: "critical",
  title: "Authentication fails",
  explanation:
    "The peers agree on algorithms, then the one that checks the other's identity and credentials refuses it.",
  signature:
    "IKEv2: the answer to IKE_AUTH is no longer than one bare notify under the negotiated suite, and nothing follows on that IKE SA, or it is AUTHENTICATION_FAILED in clear. Main mode: message 5 repeats, or is answered with an INFORMATIONAL, on a path that works. Aggressive mode: message 2 is met by an INFORMATIONAL, or message 3 never comes, or is met by one at once. The log of the side that refuses (`--with`) names the cause and makes it certain.",
  remedies: ALL_STEPS,
  commands: ["credentials", "log"],
  references: ["RFC 7296 section 2.21.2", "RFC 2409 section 5"],
  detect: (context) =>
    withLoggedCause(
      context,
      AUTHENTICATION,
      openedAuthenticationRefusal(context) ??
        refusedV2(context) ??
        claimedV2(context) ??
        refusedPhase1(context),
    ),
  detectOnHost: (context) => loggedCauseAlone(context, AUTHENTICATION, "IKE_AUTH"),
});

function refusedV2(context: TunnelContext): Verdict | null {
  const failed = refusedAuthentications(context, "the first round");
  const last = failed.at(-1);
  const exchange = last?.progress.authentication.at(-1);
  if (last === undefined || exchange?.response == null) return null;
  // A message that keys open says itself what it is.
  if (openedOf(context, exchange.response) !== null) return null;
  const { sa, progress } = last;
  const bytes = exchange.response.message.header.length;
  const { encryption, integrity } = progress.suite ?? { encryption: undefined, integrity: undefined };
  const names = [encryption?.name, integrity?.name].filter((name) => name !== undefined);
  const [one = "whatever suite was chosen", other] = names;
  const under = other === undefined ? one : say`${one} with ${other}`;
  const refusedAt = firstTimeOf(exchange.response);
  const credentials = credentialsOf(last);
  const accepted = acceptedBefore(context, last, refusedAt);
  const isObjected = givesUpAfter(last, context, refusedAt);
  const isMutual = failed.some((one) => one.sa.responder.address !== sa.responder.address);
  return {
    ...severityUnlessMended(context, last, lastTimeOf(exchange.response)),
    ...(isObjected ? { confidence: "possible", doubt: "cause" } : { confidence: "likely" }),
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: isMutual
      ? say`each side rejects the authentication of the other one (${MAY_DIFFER[credentials]})${attemptsText(failed)}`
      : say`${sa.responder.address} rejects the authentication (${MAY_DIFFER[credentials]})${attemptsText(failed)}`,
    summary: joined(
      say`${sa.responder.address} answered the IKE_AUTH request with an encrypted message of ${bytes} bytes. `,
      say`Under ${under} a message of that size holds one error notify, and no IDr, AUTH and SA payloads: almost always AUTHENTICATION_FAILED. `,
      isMutual
        ? "Both sides begin setups, and each is refused by the other one: what each of them has does not fit the other side's configuration."
        : `The responder is the side that refused.`,
      acceptedBeforeText(context, accepted, credentials, refusedAt),
    ),
    remedies: stepsFor(credentials, accepted),
    evidence: [
      ...evidenceOf(exchange.request, "IKE_AUTH request", 1),
      ...evidenceOf(exchange.response, say`IKE_AUTH response, ${bytes} bytes: one notify at most`, 1),
    ],
    rivals: [
      ...(isObjected ? [CHILD_ALONE] : []),
      {
        code: "ike-unsupported-extension",
        separatedBy:
          "the responder's log: INVALID_SYNTAX or UNSUPPORTED_CRITICAL_PAYLOAD have the same length",
      },
      ...(asksForPpk(last) ? [PPK_DIFFERS] : []),
    ],
  };
}

/**
 * Whoever is told AUTHENTICATION_FAILED has no IKE SA left, and sends nothing. Behind another error an initiator (strongSwan) complains
 * that IDr and AUTH are missing: OpenIKED, which keeps no IKE SA without a Child SA, answers NO_PROPOSAL_CHOSEN alone.
 */
const CHILD_ALONE: Rival = {
  code: "child-no-proposal-chosen",
  separatedBy:
    "the log of either end: the initiator objects to the answer, so it may be NO_PROPOSAL_CHOSEN or TS_UNACCEPTABLE alone, for the Child SA",
};

/** RFC 7296 2.21.2 wants the error under the new keys; some responders send it in clear. */
function claimedV2(context: TunnelContext): Verdict | null {
  const failed = clearRefusals(context).filter(
    ({ setup, exchange, type }) =>
      setup.sa.majorVersion === 2 &&
      exchange.exchangeType === EXCHANGE_V2.IKE_AUTH &&
      type === NOTIFY_V2.AUTHENTICATION_FAILED,
  );
  const setup = failed.at(-1)?.setup;
  const verdict = claimedRefusal(context, failed);
  return setup === undefined || verdict === null
    ? null
    : { ...verdict, remedies: stepsFor(credentialsOf(setup), undefined) };
}
