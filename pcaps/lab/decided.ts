/**
 * The frame at which a competent engineer would speak: found in a capture by a rule, for each run has other frame numbers.
 * What comes after that frame may make an engineer surer, but is not needed.
 */
import type { PcapFile } from "./pcap-file.js";

/** The frames that rules look at. Later IP fragments belong to the frame with the first one. */
export interface Seen {
  /** Counted from 1. */
  frame: number;
  /** Seconds. */
  time: number;
  from: string;
  kind: "ike" | "esp" | "fragment" | "other";
  exchange: number;
  isResponse: boolean;
  /** The message itself, to find its repetitions. */
  message: string;
}

/** The number of the frame, or nothing where the capture does not show it. */
export type Decided = (seen: readonly Seen[]) => number | undefined;

export const exchanges = {
  quick: 32,
  informational1: 5,
  init: 34,
  auth: 35,
  child: 36,
  informational: 37,
} as const;

/** A response of an exchange (of IKEv2): the last one, or another by its index as for `Array.at`. */
export const answer =
  (exchange: number, index = -1): Decided =>
  (seen) =>
    whole(seen, seen.filter((one) => isIke(one, exchange) && one.isResponse).at(index));

/** The first request of an exchange; in IKEv1, its first message. */
export const firstOf =
  (exchange: number): Decided =>
  (seen) =>
    whole(
      seen,
      seen.find((one) => isIke(one, exchange) && !one.isResponse),
    );

/** The first of these that the capture shows. */
export const either =
  (...rules: Decided[]): Decided =>
  (seen) => {
    for (const rule of rules) {
      const frame = rule(seen);
      if (frame !== undefined) return frame;
    }
    return undefined;
  };

/** The frame in which some message of IKE is sent for the so manieth time. */
export const sentTimes =
  (times: number): Decided =>
  (seen) => {
    const counts = new Map<string, number>();
    const repeated = seen.find(({ kind, from, message }) => {
      const key = `${from} ${message}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return kind === "ike" && count >= times;
    });
    return whole(seen, repeated);
  };

/** The so manieth ESP packet in a row from one side without any from the other. */
export const espInARow =
  (count: number): Decided =>
  (seen) => {
    let [from, length] = ["", 0];
    for (const one of seen) {
      if (one.kind !== "esp") continue;
      [from, length] = one.from === from ? [from, length + 1] : [one.from, 1];
      if (length >= count) return one.frame;
    }
    return undefined;
  };

const isIke = ({ kind, exchange }: Seen, wanted: number): boolean => kind === "ike" && exchange === wanted;

/** The last fragment of a message in IP fragments, for an engineer sees it whole. */
function whole(seen: readonly Seen[], one: Seen | undefined): number | undefined {
  if (one === undefined) return undefined;
  let last = one;
  for (const next of seen.slice(one.frame)) {
    if (next.kind !== "fragment" || next.from !== one.from || next.time - one.time > 0.003) break;
    last = next;
  }
  return last.frame;
}

/** The frames that rules can see of a capture with Ethernet or Linux cooked v2 headers. */
export function look({ header, records }: PcapFile): Seen[] {
  const link = header.readUInt32LE(20) === 276 ? { type: 0, length: 20 } : { type: 12, length: 14 };
  return records.map((record, index) => {
    const { data } = record;
    const time = record.header.readUInt32LE(0) + record.header.readUInt32LE(4) / 1e6;
    const packet = data.subarray(link.length);
    const base = { frame: index + 1, time, ...other };
    const protocol = data.readUInt16BE(link.type);
    if (protocol === 0x0800 && packet.length >= 20) return { ...base, ...ofIpv4(packet) };
    if (protocol === 0x86dd && packet.length >= 40) return { ...base, ...ofIpv6(packet) };
    return base;
  });
}

type Content = Omit<Seen, "frame" | "time">;
const other: Content = { from: "", kind: "other", exchange: 0, isResponse: false, message: "" };

function ofIpv4(packet: Buffer): Content {
  const from = packet.subarray(12, 16).toString("hex");
  if ((packet.readUInt16BE(6) & 0x1fff) !== 0) return { ...other, from, kind: "fragment" };
  if (packet[9] === 50) return { ...other, from, kind: "esp" };
  if (packet[9] !== 17) return { ...other, from };
  return { ...ofUdp(packet.subarray((packet.readUInt8(0) & 15) * 4)), from };
}

function ofIpv6(packet: Buffer): Content {
  const from = packet.subarray(8, 24).toString("hex");
  const [next, udp] = packet[6] === 44 ? [packet[40], packet.subarray(48)] : [packet[6], packet.subarray(40)];
  if (packet[6] === 44 && packet.readUInt16BE(42) >> 3 !== 0) return { ...other, from, kind: "fragment" };
  if (next === 50) return { ...other, from, kind: "esp" };
  return next === 17 ? { ...ofUdp(udp), from } : { ...other, from };
}

function ofUdp(udp: Buffer): Content {
  if (udp.length < 16) return other;
  const ports = [udp.readUInt16BE(0), udp.readUInt16BE(2)];
  const isEncapsulated = ports.includes(4500);
  if (!isEncapsulated && !ports.includes(500)) return other;
  if (isEncapsulated && udp.readUInt32BE(8) !== 0) return { ...other, kind: "esp" };
  const message = udp.subarray(isEncapsulated ? 12 : 8);
  if (message.length < 28) return other;
  return {
    ...other,
    kind: "ike",
    exchange: message.readUInt8(18),
    isResponse: (message.readUInt8(19) & 0x20) !== 0,
    message: message.toString("latin1"),
  };
}
