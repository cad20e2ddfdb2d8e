import { ipv4At, ipv6At } from "../../bytes/address.js";
import { printable } from "../../bytes/text.js";
import type { Micros } from "../../bytes/time.js";
import type { Payload } from "../../ike/message.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { Exchange, IkeSa, Tunnel } from "../../session/model.js";
import { firstTimeOf, saOf } from "../../session/progress.js";

/** Gateway identity types (RFC 5685). */
const GATEWAY_IPV4 = 1;
const GATEWAY_IPV6 = 2;

export interface Redirect {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly time: Micros;
  /** Where to, as text; null where it is no address or name. */
  readonly target: string | null;
}

export function redirectsOf({ ikeSas }: Tunnel): Redirect[] {
  const found: Redirect[] = [];
  for (const sa of ikeSas) {
    if (sa.majorVersion === 1) continue;
    for (const exchange of sa.exchanges) {
      const { response } = exchange;
      const notify = response?.message.payloads.find(isRedirect);
      if (response === null || notify?.kind !== "notify" || saOf(response) !== null) continue;
      found.push({ sa, exchange, time: firstTimeOf(response), target: targetOf(notify.data) });
    }
  }
  return found;
}

function isRedirect(payload: Payload): boolean {
  return payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REDIRECT;
}

function targetOf(data: Uint8Array): string | null {
  const [type, length] = data;
  if (length === undefined || length === 0 || data.length < 2 + length) return null;
  if (type === GATEWAY_IPV4) return length === 4 ? ipv4At(data, 2) : null;
  if (type === GATEWAY_IPV6) return length === 16 ? ipv6At(data, 2) : null;
  return printable(String.fromCodePoint(...data.subarray(2, 2 + length)));
}
