import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { triesText } from "../../evidence.js";
import { unacknowledgedChecks } from "./unacknowledged-checks.js";
import { unansweredLater } from "./unanswered.js";

/** The IKE of the side that goes on is not answered either: its way to the silent one may be cut for all that it sends. */
export function ikeInVain(context: TunnelContext, asking: Address, stoppedAt: Micros): Message | null {
  const requests = unansweredLater(context).map((found) => ({ found, tries: triesText(found.request) }));
  const checks = context.setups.flatMap((setup) => unacknowledgedChecks(context, setup) ?? []);
  const last = [...requests, ...checks].findLast(
    ({ found }) => found.asker.address === asking && found.firstTry > stoppedAt,
  );
  return last === undefined
    ? null
    : say`What ${asking} asks by IKE after that has no answer (${last.tries}): its packets of both kinds may be lost on the way to ${last.found.silent.address}. `;
}
