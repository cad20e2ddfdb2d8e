import { u16At, u32At } from "../../src/bytes/reader.js";

/** Frames of one labelled capture, to be put between other peers. */
export interface PlainFrame {
  readonly time: number;
  readonly bytes: Uint8Array;
}

const ETHERNET = 14;
const IPV4 = 0x0800;
const ICMP = 1;
const UDP = 17;
const INITIATOR = 0xc000020a; // 192.0.2.10, of the laboratory
const RESPONDER = 0xc6336414; // 198.51.100.20
const TRANSLATED = 0xc6336401; // 198.51.100.1, its router's outer address

/**
 * A frame of the laboratory between peers of another number: addresses and IKE SPIs are changed, consistently for all
 * frames of one number, so that many copies of one capture are as many tunnels. Null for frames that belong to no tunnel.
 */
export function relocate({ time, bytes }: PlainFrame, number: number, delay: number): PlainFrame | null {
  if (bytes.length < ETHERNET + 20 || u16At(bytes, 12) !== IPV4) return null;
  const copy = Uint8Array.from(bytes);
  movePacket(copy, ETHERNET, number);
  return { time: time + delay, bytes: copy };
}

function movePacket(bytes: Uint8Array, at: number, number: number): void {
  if (at + 20 > bytes.length) return;
  const view = new DataView(bytes.buffer);
  for (const field of [at + 12, at + 16]) view.setUint32(field, moved(u32At(bytes, field), number));
  const inner = at + (((bytes[at] as number) & 0x0f) << 2);
  const isFirst = (u16At(bytes, at + 6) & 0x1fff) === 0;
  const protocol = bytes[at + 9];
  if (protocol === ICMP && [3, 11].includes(bytes[inner] as number)) movePacket(bytes, inner + 8, number);
  if (protocol === UDP && isFirst) moveSpis(bytes, inner, number);
}

function moved(address: number, number: number): number {
  switch (address) {
    case INITIATOR:
      return 0x0a000000 + number;
    case RESPONDER:
      return 0xac100000 + number;
    case TRANSLATED:
      return 0x64400000 + number;
    default:
      return address;
  }
}

/** Initiator SPI and, where there is one, responder SPI of an IKE message; ESP keeps its SPI. */
function moveSpis(bytes: Uint8Array, udp: number, number: number): void {
  const ports = [u16At(bytes, udp), u16At(bytes, udp + 2)];
  const isNatT = !ports.includes(500);
  if (isNatT && (udp + 12 > bytes.length || u32At(bytes, udp + 8) !== 0)) return;
  const header = udp + (isNatT ? 12 : 8);
  if (header + 16 > bytes.length) return;
  const view = new DataView(bytes.buffer);
  view.setUint32(header + 4, (u32At(bytes, header + 4) ^ number) >>> 0);
  const hasResponder = u32At(bytes, header + 8) !== 0 || u32At(bytes, header + 12) !== 0;
  if (hasResponder) view.setUint32(header + 12, (u32At(bytes, header + 12) ^ number) >>> 0);
}
