import { V2_FLAG } from "../ike/message.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import type { Transmission } from "./model.js";
import { PAYLOAD_ORDERS, type PayloadOrder } from "./payload-orders.js";

/** Notifies of an extension: they stand where the extension wants them, and say nothing of the product that sends them. */
const OF_EXTENSIONS: ReadonlySet<number> = new Set([
  NOTIFY_V2.COOKIE,
  NOTIFY_V2.REDIRECTED_FROM,
  NOTIFY_V2.USE_PPK,
  NOTIFY_V2.USE_PPK_INT,
  NOTIFY_V2.INTERMEDIATE_EXCHANGE_SUPPORTED,
]);

/**
 * The implementation whose order the notifies of an IKE_SA_INIT have; null where it is none's. A notify that is not of the order,
 * or a Vendor ID, is somebody else's habit.
 */
export function implementationByOrder({ message }: Transmission): string | null {
  if (message.header.exchangeType !== EXCHANGE_V2.IKE_SA_INIT) return null;
  const types: number[] = [];
  for (const payload of message.payloads) {
    if (payload.kind === "vendorId") return null;
    if (payload.kind === "notify" && !OF_EXTENSIONS.has(payload.notifyType)) types.push(payload.notifyType);
  }
  const sent = (message.header.flags & V2_FLAG.response) === 0 ? "request" : "response";
  const order = PAYLOAD_ORDERS.find((one) => one.message === sent && isOrder(one, types));
  return order?.implementation ?? null;
}

function isOrder({ notifies }: PayloadOrder, types: readonly number[]): boolean {
  let at = 0;
  for (const { type, isOptional } of notifies) {
    if (types[at] === type) at++;
    else if (isOptional !== true) return false;
  }
  return at === types.length;
}
