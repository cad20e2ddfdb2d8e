import { u16At } from "../../../src/bytes/reader.js";
import { ipv4, ipv6, fragmentHeader, type Ipv4Options, type Ipv6Options } from "./ip.js";

/** One IPv4 fragment: `data` at `offset` bytes of a datagram's payload. */
export function ipv4Fragment(
  options: Omit<Ipv4Options, "payload">,
  offset: number,
  data: Uint8Array,
  more: boolean,
): Uint8Array {
  return ipv4({ ...options, payload: data, fragmentOffset: offset, moreFragments: more });
}

/** The fragments of an IPv4 datagram, in order, each with at most `size` bytes of payload (a multiple of 8). */
export function ipv4Fragments(options: Ipv4Options, size: number): Uint8Array[] {
  const whole = ipv4(options);
  const payload = whole.subarray(((whole[0] ?? 0) & 15) * 4);
  return pieces(payload, size).map(({ offset, data, more }) => ipv4Fragment(options, offset, data, more));
}

/** One IPv6 fragment; `protocol` names what the fragmentable part starts with. */
export function ipv6Fragment(
  options: Omit<Ipv6Options, "payload"> & { identification?: number },
  offset: number,
  data: Uint8Array,
  more: boolean,
): Uint8Array {
  const header = fragmentHeader(offset, more, options.identification ?? 1);
  return ipv6({ ...options, extensions: [...(options.extensions ?? []), header], payload: data });
}

/**
 * The fragments of an IPv6 datagram, in order. Extension headers in `options` come before the fragment header, in
 * every fragment.
 */
export function ipv6Fragments(
  options: Ipv6Options & { identification?: number },
  size: number,
): Uint8Array[] {
  const { extensions: _unfragmentable, ...plain } = options;
  const whole = ipv6(plain);
  const payload = whole.subarray(40, 40 + u16At(whole, 4));
  return pieces(payload, size).map(({ offset, data, more }) => ipv6Fragment(options, offset, data, more));
}

function pieces(payload: Uint8Array, size: number): { offset: number; data: Uint8Array; more: boolean }[] {
  if (size % 8 !== 0 || size < 8) throw new RangeError("fragments hold a multiple of 8 bytes");
  const cut = [];
  for (let offset = 0; offset < payload.length; offset += size) {
    const data = payload.slice(offset, offset + size);
    cut.push({ offset, data, more: offset + size < payload.length });
  }
  return cut;
}
