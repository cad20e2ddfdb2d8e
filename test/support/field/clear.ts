import { concat, ethernet, ipv4, sll2, tcp, udp, zeros } from "../packet/index.js";
import { COPIES } from "./copies.js";
import { type Carried, carriedIn, type FieldFrame, inOrder, isEsp, type CaptureCondition } from "./frame.js";

/** Hosts behind the gateway where the sniffer is, and behind its peer. */
const HERE = "10.1.0.7";
const THERE = "10.2.0.9";
const RAW = 101;
const SLL2 = 276;

/** Where a packet is shown in clear: microseconds from its ESP, and the frame. */
interface Shown {
  readonly after: number;
  readonly linkType: number;
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** What a tunnel carries, beside each ESP packet that carries it. */
function beside(
  shown: (esp: Carried, frame: FieldFrame, isLocal: boolean, count: number) => readonly Shown[],
): CaptureCondition {
  return (frames, { local }) => {
    let count = 0;
    return inOrder(
      frames.flatMap((frame) => {
        const carried = carriedIn(frame);
        if (!carried.isIp || !isEsp(carried)) return [frame];
        const clear = shown(carried, frame, carried.source === local, count++).map(
          ({ after, linkType, number, bytes }) => ({
            time: frame.time + after,
            bytes,
            originalLength: bytes.length,
            linkType,
            interface: number,
          }),
        );
        return [frame, ...clear];
      }),
    );
  };
}

/** TCP and UDP in turn; the offload of the card hands over what it has put together of many packets. */
function inner(source: string, destination: string, count: number): Uint8Array {
  if (count % 3 === 2) {
    const payload = udp({ sourcePort: 40000, destinationPort: 53, payload: zeros(64) });
    return ipv4({ source, destination, payload });
  }
  const payload = tcp({
    sourcePort: 40001,
    destinationPort: 443,
    payload: zeros(count % 5 === 0 ? 9000 : 900),
  });
  return ipv4({ source, destination, protocol: 6, payload, ...(count % 5 === 0 ? { totalLength: 0 } : {}) });
}

/** On the link of the ESP packet itself. */
const onSameLink = (frame: FieldFrame, after: number, packet: Uint8Array): Shown => ({
  after,
  linkType: frame.linkType,
  number: 0,
  bytes: concat(frame.bytes.subarray(0, frame.linkType === SLL2 ? 20 : 14), packet),
});

const onOther = (after: number, packet: Uint8Array, isOut: boolean): Shown => ({
  after,
  linkType: 1,
  number: 0,
  bytes: ethernet({
    payload: packet,
    source: isOut ? "02:00:00:00:00:0c" : "02:00:00:00:00:0d",
    destination: isOut ? "02:00:00:00:00:0d" : "02:00:00:00:00:0c",
  }),
});

function onLan(after: number, packet: Uint8Array, packetType: number): Shown {
  const bytes = Uint8Array.from(sll2({ payload: packet, packetType }));
  bytes[7] = 3;
  return { after, linkType: SLL2, number: 0, bytes };
}

export const CLEAR = {
  /** XFRM shows what it has decrypted on the interface that the ESP came in by. */
  decrypted: beside((_esp, frame, isLocal, count) =>
    isLocal ? [] : [onSameLink(frame, 20, inner(THERE, HERE, count))],
  ),
  /** In transport mode the addresses inside are those outside. */
  decryptedBetweenHosts: beside(({ source, destination, type }, frame, isLocal, count) =>
    isLocal || type !== 0x0800 ? [] : [onSameLink(frame, 20, inner(source, destination, count))],
  ),
  /** LAN and WAN in one Ethernet capture. */
  bothSides: beside((_esp, frame, isLocal, count) =>
    isLocal
      ? [onOther(-40, inner(HERE, THERE, count), false)]
      : [onSameLink(frame, 20, inner(THERE, HERE, count)), onOther(35, inner(THERE, HERE, count), true)],
  ),
  /** All interfaces of the gateway. */
  gatewayAny: (frames, sniffer) =>
    beside((_esp, frame, isLocal, count) =>
      isLocal
        ? [onLan(-40, inner(HERE, THERE, count), 0)]
        : [onSameLink(frame, 20, inner(THERE, HERE, count)), onLan(35, inner(THERE, HERE, count), 4)],
    )(COPIES.cookedV2(frames, sniffer), sniffer),
  /** The interface of a route-based VPN, which has no link layer, merged in. */
  virtualInterface: beside((_esp, _frame, isLocal, count) => [
    {
      after: isLocal ? -25 : 18,
      linkType: RAW,
      number: 1,
      bytes: isLocal ? inner(HERE, THERE, count) : inner(THERE, HERE, count),
    },
  ]),
} as const satisfies Record<string, CaptureCondition>;
