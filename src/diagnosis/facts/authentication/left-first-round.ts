import { humanDuration, type Micros } from "../../../bytes/time.js";
import { lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { joined, say } from "../../../texts/message.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { silenceAfter } from "../silence/silence.js";
import { EAP_WAITS } from "./left-answers.js";
import { isLeft } from "./left-setups.js";
import { beginsAnewAfter } from "./same-client.js";

/** A client sends its next round at once, unless it asks its user first. */
const USER_WAITS: Micros = 30_000_000;

/**
 * The verdict that a client whose request has no room for a certificate sends nothing behind an answer with certificates: by EAP the next
 * round is its own.
 */
export function leftFirstRound(context: TunnelContext): Verdict | null {
  const setup = context.setups.findLast(
    (one) =>
      one.progress.authClass === "may-begin-eap" &&
      isLeft(context, one) &&
      !beginsAnewAfter(context, one, one.sa.firstTime),
  );
  const exchange = setup?.progress.authentication.at(-1);
  const answer = lastSighting(exchange?.response ?? null);
  if (setup === undefined || exchange?.response == null || answer === undefined) return null;
  const silence = silenceAfter(context, answer);
  if (silence < USER_WAITS || !wouldShowEsp(context) || keepsMapping(context, setup)) return null;
  const { initiator, responder } = setup.sa;
  const { length } = exchange.response.message.header;
  return {
    confidence: "possible",
    doubt: "fault",
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`${initiator.address} does not go on after the IKE_AUTH response (capture goes on for ${humanDuration(silence)})`,
    summary: joined(
      say`${responder.address} answers IKE_AUTH with ${length} bytes, room for certificates; the request of ${initiator.address} has room for none, as that of a client that authenticates itself by EAP, whose next round follows at once. Nothing of ${initiator.address} follows, neither a message nor ESP. `,
      "A client that does not trust the gateway's certificate, or misses its own name for the gateway in it, stops without a word (Windows: error 13801). One that waits for its user, or does not know the EAP method, looks the same.",
    ),
    evidence: [
      ...evidenceOf(exchange.request, "IKE_AUTH request, no room for a certificate", 1),
      ...evidenceOf(exchange.response, "IKE_AUTH response; nothing follows", 1),
    ],
    rivals: [EAP_WAITS, PRE_SHARED_KEY],
  };
}

/** A client that holds the IKE SA keeps its port at the NAT device (RFC 3948 4); before its only setup nobody sends keepalives. */
function keepsMapping({ setups, tunnel }: TunnelContext, { sa }: Setup): boolean {
  return setups.length === 1 && (tunnel.keepalives.get(sa.initiator.address) ?? 0) > 0;
}

const PRE_SHARED_KEY: Rival = {
  code: "esp-absent",
  separatedBy:
    "the initiator's configuration: authenticated by a pre-shared key it is up with this answer, and idle",
};
