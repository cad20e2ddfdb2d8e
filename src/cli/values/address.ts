import { say } from "../../texts/message.js";
import { addressBytes, ipv4At, ipv6At } from "../../bytes/address.js";
import { UsageError, literal } from "../exit.js";

/** The address that an option takes as the model writes it, so that "2001:DB8::0:1" finds "2001:db8::1". */
export function canonicalAddress(option: string, text: string): string {
  const bytes = addressBytes(text);
  if (bytes === null) throw new UsageError(say`${option} takes an IP address, not "${literal(text)}"`);
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}
