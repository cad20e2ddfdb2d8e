import type { TunnelContext } from "../context.js";
import { evidenceOf, triesText } from "../evidence.js";
import { messageName, phaseOf } from "../phases.js";
import { firstTimeOf, lastTimeOf } from "../../session/sightings.js";
import type { Between } from "./between.js";
import { whereLost, whereToLook } from "./device-texts.js";
import { type LostMessage, lostMessages } from "./lost-message.js";
import { nameOf, startingName, type Passage } from "./passage.js";
import { proofOfRecording } from "./proof.js";
import { joined, say } from "../../texts/message.js";

/** IKE messages of the sender that pass the first place and do not come to the second, in order of time. */
export function ikeBetween(context: TunnelContext, passage: Passage): Between[] {
  return lostMessages(context, passage)
    .toSorted((a, b) => firstTimeOf(a.message) - firstTimeOf(b.message))
    .map((lost) => told(context, lost));
}

function told(
  context: TunnelContext,
  { passage, sa, exchange, side, message, isSure }: LostMessage,
): Between {
  const { sender, receiver, from, to } = passage;
  const name = messageName(sa, exchange, side);
  const [here, there] = [nameOf(from), nameOf(to)];
  const port = message.sightings[0]?.destination.port ?? 0;
  return {
    lost: "messages",
    isGrave: true,
    isSure,
    ...(isSure ? {} : { doubt: "fault" as const }),
    from: firstTimeOf(message),
    until: lastTimeOf(message),
    phase: phaseOf(sa, exchange),
    headline: say`${name} of ${sender} does not reach ${receiver} (${triesText(message)}): ${whereLost(passage, [here, there], "it")}`,
    summary: joined(
      say`${startingName(from)} has ${name} from ${sender} to port ${port} (${triesText(message)}), and ${there}, which was recording, has none of these packets. `,
      say`${consequence(exchange.expectsResponse, side)}: ${whereToLook(passage, side === "request" ? receiver : sender)}`,
    ),
    evidence: [
      ...evidenceOf(message, say`${name}, at this place only`, 3),
      ...evidenceOf(side === "response" ? exchange.request : null, `what it answers`, 1),
      ...proofOfRecording(context, passage),
    ],
  };
}

function consequence(expectsResponse: boolean, side: LostMessage["side"]): string {
  if (side === "response") return "The answer is lost on its way back";
  return expectsResponse ? "What should be answered never arrives" : "They are lost on the way";
}
