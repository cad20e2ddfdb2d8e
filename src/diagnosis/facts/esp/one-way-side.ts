import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { ClearFlow } from "../../../session/model.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { nameOf } from "../../places/passage.js";
import { viewsOf, sameStream } from "../../places/view.js";
import { flowsByEnds } from "./clear-flows.js";
import { sideOf } from "../side.js";
import { canonicalOf } from "../sides.js";

export const DO_THEY_ARRIVE =
  "At the silent side: do the packets arrive and get decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall on the way drops ESP or UDP 4500 data.";
const ARE_THEY_DECRYPTED =
  "At the silent side, where the packets arrive: are they decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall of that host drops them, it has no SA of this SPI any more, or they fail its integrity check ('cat /proc/net/xfrm_stat': XfrmInStateProtoError), as where one side still cuts HMAC-SHA2-256 to 96 bits.";
export const IF_DECRYPTED =
  "If they are decrypted there: routing behind the silent side, its firewall towards the inner network, and a NAT rule that catches the replies before IPsec.";
export const COMPARE_SELECTORS =
  "Compare the selectors: replies must match the Child SA's traffic selectors to be encrypted.";

/** Clocks of two hosts, and the way between them, are apart by less, or were set right. */
const CLOCKS_APART: Micros = 1_000_000;

/** The peer that is to check first, and what, by the capture point. */
interface OneWaySide {
  readonly text: Message;
  /** Steps that leave out what the capture shows; empty where the rule's own ones apply. */
  readonly steps: Pick<Verdict, "remedies">;
}

const ARRIVED: OneWaySide["steps"] = { remedies: [ARE_THEY_DECRYPTED, IF_DECRYPTED, COMPARE_SELECTORS] };
const DECRYPTED: OneWaySide["steps"] = { remedies: [IF_DECRYPTED, COMPARE_SELECTORS] };

/** Says where to look; `since` is the time from which on nothing is answered, if all that is sent is later. */
export function sideOfOneWay(
  context: TunnelContext,
  source: string,
  silent: string,
  since: Micros | null,
): OneWaySide {
  switch (sideOf(context, source)) {
    case "near":
      return {
        text: say`Captured near the sender: its packets leave. First check at ${silent} whether they arrive and are decrypted; if they do not arrive, the path loses them.`,
        steps: {},
      };
    case "far": {
      const shown = since === null ? null : decryptedSince(context, source, since);
      return shown === null
        ? {
            text: say`Captured near the receiver: the packets arrive there and no answer leaves. First check ${silent}: its decryption counters, its firewall and the route to the network behind it.`,
            steps: ARRIVED,
          }
        : {
            text: say`Captured near the receiver: the packets arrive there and are decrypted, for they are shown in clear (${shown.source} -> ${shown.destination}) right after their ESP, and no answer leaves. First check behind the decryption at ${silent}: the firewall and the host ${shown.destination}, the route back to ${shown.source}, and the IPsec policy for the answers.`,
            steps: DECRYPTED,
          };
    }
    // Links that were joined in one file may be both ends too.
    case "both-ends":
    case "between":
    case "unknown": {
      const arrived = arrivedAt(context, source, silent, since);
      const shown = arrived === null || since === null ? null : decryptedSince(context, source, since);
      if (arrived !== null && shown !== null) {
        return {
          text: say`Captured at both ends: the packets arrive at ${silent} and are decrypted, for ${arrived} shows them in clear (${shown.source} -> ${shown.destination}), and no answer leaves there. First check behind the decryption at ${silent}: the firewall and the host ${shown.destination}, the route back to ${shown.source}, and the IPsec policy for the answers.`,
          steps: DECRYPTED,
        };
      }
      if (arrived !== null) {
        return {
          text: say`Captured at both ends: the packets arrive at ${silent}, for they are in ${arrived} too, and no answer leaves there. First check ${silent}: its decryption counters, its firewall and the route to the network behind it.`,
          steps: ARRIVED,
        };
      }
    }
  }
  return {
    text: say`This capture point does not show where the answers are lost. First check at ${silent} whether the packets arrive and are decrypted.`,
    steps: {},
  };
}

/**
 * The name of the capture at `silent` if the newest ESP of `source` is in it, and none of `silent` after `since`; null where that is
 * not so. `since`: null for the time from which on that ESP is seen.
 */
export function arrivedAt(
  context: TunnelContext,
  source: Address,
  silent: Address,
  since: Micros | null,
): Message | null {
  const { tunnel } = context;
  const views = viewsOf(context);
  const [here, there] = [source, silent].map((end) => views.find(({ near }) => near === end));
  const newest = here?.streams
    .filter((stream) => canonicalOf(tunnel, stream.source) === source)
    .toSorted((a, b) => b.lastTime - a.lastTime)[0];
  if (newest === undefined || there === undefined) return null;
  const from = since === null ? newest.firstTime : since + CLOCKS_APART;
  const isAnswered = there.streams.some(
    (stream) => canonicalOf(tunnel, stream.source) === silent && stream.lastTime > from,
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
