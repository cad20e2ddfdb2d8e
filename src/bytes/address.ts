/**
 * An IP address as text in its canonical form: dotted decimal, or RFC 5952 for IPv6. Text is what keys and reports
 * use; the hot path keeps the bytes.
 */
export type Address = string;

/** A key of two addresses, the same whichever comes first. */
export function pairKey(one: Address, other: Address): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

/** Text of the IPv4 address at `at`; the caller has checked the bounds. */
export function ipv4At(bytes: Uint8Array, at: number): Address {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** Text of the IPv6 address at `at` by RFC 5952: lower case, the longest run of zero groups (first wins) as "::". */
export function ipv6At(bytes: Uint8Array, at: number): Address {
  const groups: number[] = [];
  for (let group = 0; group < 8; group++) {
    groups.push(((bytes[at + group * 2] as number) << 8) | (bytes[at + group * 2 + 1] as number));
  }
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > bestLength) {
      bestStart = start;
      bestLength = length;
    }
  }
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${ipv4At(bytes, at + 12)}`;
  }
  const text = (part: number[]): string => part.map((group) => group.toString(16)).join(":");
  if (bestStart < 0) return text(groups);
  return `${text(groups.slice(0, bestStart))}::${text(groups.slice(bestStart + bestLength))}`;
}

/** Network-order bytes of an address text, 4 or 16 of them; null if it is none. */
export function addressBytes(address: Address): Uint8Array | null {
  return address.includes(":") ? ipv6Bytes(address) : ipv4Bytes(address);
}

const DOT = 0x2e;
const ZERO = 0x30;

/** Character by character: rules ask for the bytes of an address many times a tunnel. */
function ipv4Bytes(address: string): Uint8Array | null {
  const bytes = new Uint8Array(4);
  let [part, value, digits] = [0, 0, 0];
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at);
    if (code === DOT && digits > 0 && part < 3) {
      bytes[part++] = value;
      [value, digits] = [0, 0];
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9 || ++digits > 3) return null;
    value = value * 10 + digit;
    if (value > 255) return null;
  }
  if (part !== 3 || digits === 0) return null;
  bytes[3] = value;
  return bytes;
}

function ipv6Bytes(address: string): Uint8Array | null {
  const halves = address.split("::");
  if (halves.length > 2) return null;
  const head = groupBytes(halves[0] ?? "");
  const tail = groupBytes(halves[1] ?? "");
  if (head === null || tail === null) return null;
  const zeros = 16 - head.length - tail.length;
  if (halves.length === 1 ? zeros !== 0 : zeros < 2) return null;
  return Uint8Array.from([...head, ...Array.from({ length: zeros }, () => 0), ...tail]);
}

function groupBytes(text: string): number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  for (const group of text.split(":")) {
    if (group.includes(".")) {
      const embedded = ipv4Bytes(group);
      if (embedded === null) return null;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

/** Whether it is that of a group of hosts (RFC 5771, RFC 4291): nothing comes back from it. */
export function isMulticast(address: Address): boolean {
  return address.includes(":") ? address.startsWith("ff") : /^2(?:2[4-9]|3\d)\./.test(address);
}

/** "192.0.2.1:500", "[2001:db8::1]:500". */
export function endpointText({
  address,
  port,
}: {
  readonly address: Address;
  readonly port: number;
}): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
