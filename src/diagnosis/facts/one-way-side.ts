import type { Micros } from "../../bytes/time.js";
import type { ClearFlow } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import type { TunnelContext } from "../context.js";
import { flowsByEnds } from "./clear-flows.js";
import { sideOf } from "./side.js";

/** Who checks what first, by the capture point; `since` when nothing is answered, where all that is sent is of that. */
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
    case "both-ends":
    case "between":
    case "unknown":
      return say`This capture point does not show where the answers are lost. First check at ${silent} whether the packets arrive and are decrypted.`;
  }
}

/** What the capturing host shows of ESP from `source` as decrypted after `since`; null where it shows nothing of it. */
function decryptedSince({ tunnel, capture }: TunnelContext, source: string, since: Micros): ClearFlow | null {
  const flows = flowsByEnds(capture.clearFlows).mirrorsOf(tunnel.addresses);
  return flows.find((flow) => flow.mirroredFrom?.source === source && flow.lastTime > since) ?? null;
}
