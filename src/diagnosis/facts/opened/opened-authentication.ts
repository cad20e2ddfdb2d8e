import { summarizePayload } from "../../../ike/describe/payload.js";
import type { AuthenticationPayload } from "../../../ike/message.js";
import { AUTH_METHOD, authMethodName } from "../../../ike/registries/authentication.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { PAYLOAD_V2 } from "../../../ike/registries/payload-types.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { roundsOf } from "../authentication/eap-rounds.js";
import { severityUnlessMended } from "../life/healing.js";
import { type OpenedPart, openedRefusals, payloadIn } from "./opened.js";
import { type Message, joined, say } from "../../../texts/message.js";

/**
 * The verdict of an IKE_AUTH that was refused with a notify which keys opened, with who the initiator said it is and
 * how it proved that; null where none was. AUTHENTICATION_FAILED names no cause (RFC 7296 2.21.2).
 */
export function openedAuthenticationRefusal(context: TunnelContext): Verdict | null {
  const refused = openedRefusals(context).filter(
    ({ exchange, said, setup }) =>
      exchange.exchangeType === EXCHANGE_V2.IKE_AUTH &&
      payloadIn(said, "authentication") === null &&
      roundsOf(setup).length === 1,
  );
  const last = refused.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, answer, refuser, asker, said } = last;
  const { asked } = last;
  const notify = notifyName(2, last.notifyType);
  const isPlain = last.notifyType === NOTIFY_V2.AUTHENTICATION_FAILED;
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(answer)),
    confidence: "certain",
    provenance: "observed",
    phase: "IKE_AUTH",
    headline: say`${refuser.address} refuses IKE_AUTH with ${notify}${attemptsText(refused)}`,
    summary: joined(
      say`${refuser.address} answers ${notify} (${said.mark}). `,
      asked === null ? "What it refused was not opened. " : proofText(asked, asker.address, isPlain),
      "The notify names no more; the responder is the side that refused.",
    ),
    evidence: [
      ...evidenceOf(exchange.request, say`IKE_AUTH request${asked === null ? "" : say`, ${asked.mark}`}`, 1),
      ...evidenceOf(answer, say`${notify}, ${said.mark}`, 1),
    ],
  };
}

/** The ID of the peer, the ID that it asks for, and the method by which it proves its own. */
function proofText(asked: OpenedPart, asker: string, isPlain: boolean): Message {
  const ids = asked.payloads.filter((payload) => payload.kind === "identification");
  const own = ids.find(({ type }) => type === PAYLOAD_V2.IDi);
  const wanted = ids.find(({ type }) => type === PAYLOAD_V2.IDr);
  const auth = payloadIn(asked, "authentication");
  return joined(
    say`${asker} is ${own === undefined ? "without identity" : summarizePayload(own, 2)}`,
    wanted === undefined ? "" : say`, asks for ${summarizePayload(wanted, 2)}`,
    say`, and ${auth === null ? "asks for EAP" : say`proves itself with ${authMethodName(auth.method)}`}. `,
    isPlain ? causeText(auth) : "",
  );
}

/** The causes that are possible, by the method of the proof. */
function causeText(auth: AuthenticationPayload | null): string {
  if (auth === null) return "The responder does not know this identity, or does not take EAP from it. ";
  if (auth.method === AUTH_METHOD.SHARED_KEY_MIC) {
    return "So the responder does not know this identity, has none that it is asked for, or has another pre-shared key for the two. ";
  }
  return "So the responder does not know this identity, does not trust the certificate, or finds the signature wrong. ";
}
