import { type Address, ipv4At, ipv6At } from "../bytes/address.js";
import { printable } from "../bytes/text.js";

/** Gateway identity types (RFC 5685). */
const GATEWAY_IPV4 = 1;
const GATEWAY_IPV6 = 2;

/** The gateway that the data of a REDIRECT notify names, address or printable name; null where it is neither (RFC 5685 7). */
export function redirectTarget(data: Uint8Array): Address | null {
  const [type, length] = data;
  if (length === undefined || length === 0 || data.length < 2 + length) return null;
  if (type === GATEWAY_IPV4) return length === 4 ? ipv4At(data, 2) : null;
  if (type === GATEWAY_IPV6) return length === 16 ? ipv6At(data, 2) : null;
  return printable(String.fromCodePoint(...data.subarray(2, 2 + length)));
}
