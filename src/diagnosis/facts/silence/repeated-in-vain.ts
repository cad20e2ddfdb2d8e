import { CLOCKS_APART } from "../../../session/clocks.js";
import type { Exchange } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Rival } from "../../finding.js";
import { type Message, say } from "../../../texts/message.js";

/** Repeats of one request behind the first answer: one may have crossed it, two have not. */
const REPEATS = 2;

/** Whether a request is repeated unchanged, though each try is answered with the same demand. */
export function isRepeatedInVain({ request, response }: Exchange): boolean {
  const demanded = firstTimeOf(response) + CLOCKS_APART;
  const repeats = (request?.sightings ?? []).filter(({ time }) => time > demanded).length;
  return repeats >= REPEATS && (response?.tries ?? 0) >= REPEATS;
}

/** The rival: the demand was lost. */
export function lostDemand(demand: Message): Rival {
  return {
    code: "ike-response-lost",
    separatedBy: say`a capture at the initiator: whether ${demand} arrives there at all`,
  };
}
