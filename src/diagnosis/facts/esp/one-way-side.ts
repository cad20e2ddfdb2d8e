import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { ClearFlow } from "../../../session/model.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { nameOf } from "../../places/passage.js";
import { viewsOf, sameStream } from "../../places/view.js";
import { flowsByEnds } from "./clear-flows.js";
import { sideOf } from "../side.js";
import { canonicalOf } from "../sides.js";

/** The peer that is to check first, and what, by the capture point; `since` is the time from which on nothing is answered, if all that is sent is later. */
export function sideOfOneWay(
  context: TunnelContext,
  source: string,
  silent: string,
  since: Micros | null,
): Message {
  switch (sideOf(context, source)) {
    case "near":
      return say`Captured near the sender: its packets leave. First check at ${silent} whether they arrive and are decrypted; if they do not arrive, the path loses them.`;
    case "far": {
      const shown = since === null ? null : decryptedSince(context, source, since);
      return shown === null
        ? say`Captured near the receiver: the packets arrive there and no answer leaves. First check ${silent}: its decryption counters, its firewall and the route to the network behind it.`
        : say`Captured near the receiver: the packets arrive there and are decrypted, for they are shown in clear (${shown.source} -> ${shown.destination}) right after their ESP, and no answer leaves. First check behind the decryption at ${silent}: the firewall and the host ${shown.destination}, the route back to ${shown.source}, and the IPsec policy for the answers.`;
    }
    case "both-ends": {
      const arrived = arrivedAt(context, source, silent);
      if (arrived !== null) {
        return say`Captured at both ends: the packets arrive at ${silent}, for they are in ${arrived} too, and no answer leaves there. First check ${silent}: its decryption counters, its firewall and the route to the network behind it.`;
      }
      break;
    }
    case "between":
    case "unknown":
      break;
  }
  return say`This capture point does not show where the answers are lost. First check at ${silent} whether the packets arrive and are decrypted.`;
}

/** The name of the capture at `silent` if the newest ESP of `source` is in it, and none of `silent`; null where that is not so. */
export function arrivedAt(context: TunnelContext, source: Address, silent: Address): Message | null {
  const { tunnel } = context;
  const views = viewsOf(context);
  const [here, there] = [source, silent].map((end) => views.find(({ near }) => near === end));
  const newest = here?.streams
    .filter((stream) => canonicalOf(tunnel, stream.source) === source)
    .toSorted((a, b) => b.lastTime - a.lastTime)[0];
  if (newest === undefined || there === undefined) return null;
  const isAnswered = there.streams.some(
    (stream) => canonicalOf(tunnel, stream.source) === silent && stream.lastTime > newest.firstTime,
  );
  const arrived = sameStream(newest, there);
  return arrived === undefined || isAnswered || arrived.highestSequence < newest.highestSequence
    ? null
    : nameOf(there);
}

/** The flow of decrypted ESP from `source` that the capturing host shows after `since`; null if it shows none. */
function decryptedSince({ tunnel, capture }: TunnelContext, source: string, since: Micros): ClearFlow | null {
  const flows = flowsByEnds(capture.clearFlows).mirrorsOf(tunnel.addresses);
  return flows.find((flow) => flow.mirroredFrom?.source === source && flow.lastTime > since) ?? null;
}
