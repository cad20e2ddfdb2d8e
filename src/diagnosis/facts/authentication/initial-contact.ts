import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { isAsLongAsInitialContactV1 } from "../../../session/notification-length-v1.js";
import type { Setup } from "../../setup.js";

/**
 * Whether an INFORMATIONAL may be INITIAL-CONTACT, which racoon sends as soon as phase 1 is up: the first one of its sender in this IKE
 * SA, as long as that notify makes it, and longer than refusals usually are.
 */
export function mayBeInitialContact({ progress }: Setup, informational: Exchange): boolean {
  const { later, suite } = progress;
  const length = informational.request?.message.header.length;
  const first = later.find(
    ({ exchangeType, startedBy }) =>
      exchangeType === EXCHANGE_V1.INFORMATIONAL && startedBy === informational.startedBy,
  );
  return first === informational && length !== undefined && isAsLongAsInitialContactV1(length, suite);
}
