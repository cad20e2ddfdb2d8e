import { endsOf } from "../../../session/model/queries.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { type Message, say } from "../../../texts/message.js";
import type { Stall } from "./stalled-login.js";

type StallTexts = Pick<Verdict, "headline" | "summary" | "evidence">;

/** The sentences and frames of a login that stopped. `attempts`: how often it did, as `attemptsText` has it. */
export function stallTexts({ setup, exchange, request, kind, ending }: Stall, attempts: Message): StallTexts {
  const { initiator: client, responder: gateway } = setup.sa;
  const asked = evidenceOf(request, "TRANSACTION", 3);
  const ended = (told: Message) => [...asked, ...evidenceOf(ending?.request ?? null, told, 1)];
  const left = [...asked, ...evidenceOf(exchange.response, "answer to it; nothing follows", 1)];
  switch (kind) {
    case "unanswered": {
      const [asker, silent] = endsOf(setup.sa, exchange.startedBy);
      return {
        headline: say`the XAUTH request of ${asker.address} is never answered (${triesText(request)}${attempts})`,
        summary: say`Phase 1 is up, so algorithms, keys and path are right. ${asker.address} sends a TRANSACTION (XAUTH or mode config), and ${silent.address} never answers it: ${exchange.startedBy === "responder" ? "the client waits for its user, or is not set up for XAUTH" : "the gateway waits for its AAA server, or is not set up for it"}.`,
        evidence: asked,
      };
    }
    case "abandoned":
      return {
        headline: say`the XAUTH login never completes: TRANSACTION is answered, and no quick mode follows${attempts}`,
        summary: say`Phase 1 is up and ${gateway.address} asks for the login by TRANSACTION (XAUTH), which is answered. Then nothing comes any more from either side, and no quick mode: the gateway waits for its AAA server, or it refused the login and both sides forgot the IKE SA.`,
        evidence: left,
      };
    case "behind-result":
      return {
        headline: say`no quick mode follows the result of XAUTH${attempts}`,
        summary: say`Phase 1 is up, ${gateway.address} asks for the login by TRANSACTION (XAUTH) and then tells its result, both answered and encrypted. Nothing follows from either side, and no quick mode: the login was refused and both sides forgot the IKE SA, or the client begins quick mode only when something asks for the tunnel.`,
        evidence: left,
      };
    case "refused":
      return {
        headline: say`${client.address} ends the IKE SA at the result of XAUTH${attempts}`,
        summary: say`Phase 1 is up. ${gateway.address} asks for the login by TRANSACTION (XAUTH), ${client.address} answers, and at the next TRANSACTION, the result, ${client.address} ends the IKE SA instead of answering: the gateway, or the AAA server behind it, refused user or password.`,
        evidence: ended("INFORMATIONAL from the client; no quick mode follows"),
      };
    case "ended":
      return {
        headline: say`XAUTH ends with INFORMATIONAL from ${gateway.address}, and no quick mode follows${attempts}`,
        summary: say`Phase 1 is up and TRANSACTION messages (XAUTH or mode config) pass. Then ${gateway.address} sends an INFORMATIONAL and the client asks for no quick mode: the gateway ended the login. It, or the AAA server behind it, is the side that refused.`,
        evidence: ended("INFORMATIONAL from the responder; nothing follows"),
      };
  }
}
