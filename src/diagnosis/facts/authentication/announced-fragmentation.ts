import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { notifiesOf } from "../../../session/payloads.js";
import type { Setup } from "../../setup.js";

/** The sides that announce IKE fragmentation (RFC 7383 2.3) in IKE_SA_INIT, and the messages that show it. */
export interface AnnouncedFragmentation {
  readonly exchange: Exchange;
  readonly request: Transmission;
  readonly response: Transmission;
  readonly byInitiator: boolean;
  readonly byResponder: boolean;
}

/** Null where a message of IKE_SA_INIT is not in the capture, or is cut: the part that is missing may have said so. */
export function announcedFragmentation({ sa, progress }: Setup): AnnouncedFragmentation | null {
  if (sa.majorVersion !== 2) return null;
  // The round that was answered with the choice, else the last one.
  const exchange = progress.opening.findLast(({ request }) => request !== null);
  const response = progress.chosen?.response ?? null;
  if (exchange?.request == null || response === null) return null;
  const { request } = exchange;
  if (request.message.problem !== null || response.message.problem !== null) return null;
  return { exchange, request, response, byInitiator: announces(request), byResponder: announces(response) };
}

function announces({ message }: Transmission): boolean {
  return notifiesOf(message).some(({ notifyType }) => notifyType === NOTIFY_V2.IKEV2_FRAGMENTATION_SUPPORTED);
}
