import { notifyName } from "../../../ike/registries/notify.js";
import { errorNotify } from "../../../session/payloads.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { joined, say } from "../../../texts/message.js";
import { severityUnlessMended } from "../life/healing.js";
import type { Refusal } from "./refusals.js";

/** The verdict on requests whose authentication the responder refuses in clear, by the last of them; null where there is none. */
export function claimedRefusal(
  context: TunnelContext,
  failed: readonly Pick<Refusal, "setup" | "exchange" | "answer">[],
): Verdict | null {
  const last = failed.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, answer } = last;
  const { sa } = setup;
  const name = notifyName(sa.majorVersion, errorNotify(answer)?.notifyType ?? 0);
  const asked = messageName(sa, exchange, "request");
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(answer)),
    confidence: "likely",
    provenance: "observed",
    phase: phaseOf(sa, exchange),
    headline: say`${sa.responder.address} refuses ${asked}: the message claims ${name}${attemptsText(failed)}`,
    summary: joined(
      say`${sa.responder.address} answers ${asked} of ${sa.initiator.address} with ${name} in clear. The message is not authenticated, `,
      `so it claims no more; no other answer contradicts it. The responder is the side that refused: it does not know the identity, or has no key or policy for it.`,
    ),
    evidence: [...evidenceOf(exchange.request, asked, 2), ...evidenceOf(answer, name, 2)],
  };
}
