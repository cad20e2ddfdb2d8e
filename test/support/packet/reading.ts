import type { Seen } from "./dissect.js";
import type { TsharkRow } from "./tshark.js";

/** A frame in the words that a dissector and tshark share; null where nothing is to be followed. */
export type Reading = Readonly<Record<string, string | number>> | null;

export const TSHARK_FIELDS: readonly string[] = [
  "frame.number",
  "frame.protocols",
  "ip.src",
  "ip.dst",
  "ip.ttl",
  "ipv6.src",
  "ipv6.dst",
  "ipv6.hlim",
  "udp.srcport",
  "udp.dstport",
  "udp.length",
  "udp.checksum",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.seq_raw",
  "tcp.flags",
  "esp.spi",
  "esp.sequence",
  "ah.spi",
  "icmp.type",
  "icmp.code",
  "icmp.mtu",
  "icmpv6.type",
  "icmpv6.code",
  "icmpv6.mtu",
];

/** Behind these, what tshark shows is their content and no outer layer: the dissector stops there. */
const ENDS = new Set(["icmp", "icmpv6", "ah", "esp"]);
const ICMP_ERRORS = new Set(["3", "4", "5", "11", "12"]);
const ICMPV6_ERRORS = new Set(["1", "2", "3", "4"]);

/** The innermost packet as tshark's row tells it. */
export function readingOfTshark(row: TsharkRow): Reading {
  const layers = (row["frame.protocols"]?.[0] ?? "").split(":");
  const cut = layers.findIndex((layer) => ENDS.has(layer));
  const outer = cut < 0 ? layers : layers.slice(0, cut);
  const at = Math.max(outer.lastIndexOf("ip"), outer.lastIndexOf("ipv6"));
  if (at < 0) return null;
  const terminal = layers.slice(at + 1).find((layer) => !layer.startsWith("ipv6."));
  const count = (name: string): number => outer.filter((layer) => layer === name).length - 1;
  const value = (field: string, index: number): string => row[field]?.[index] ?? "";
  const ip = layers[at] === "ip" ? "ip" : "ipv6";
  const base = {
    source: value(`${ip}.src`, count(ip)),
    destination: value(`${ip}.dst`, count(ip)),
    ttl: Number(value(ip === "ip" ? "ip.ttl" : "ipv6.hlim", count(ip))),
  };
  switch (terminal) {
    case "udp": {
      const index = count("udp");
      return {
        kind: "udp",
        ...base,
        sourcePort: Number(value("udp.srcport", index)),
        destinationPort: Number(value("udp.dstport", index)),
        length: Number(value("udp.length", index)) - 8,
        checksum: Number(value("udp.checksum", index)),
      };
    }
    case "tcp":
      return {
        kind: "tcp",
        ...base,
        sourcePort: Number(value("tcp.srcport", 0)),
        destinationPort: Number(value("tcp.dstport", 0)),
        sequence: Number(value("tcp.seq_raw", 0)),
        flags: Number(value("tcp.flags", 0)) & 0xff,
      };
    case "esp":
      if (value("esp.sequence", 0) === "") return null;
      return {
        kind: "esp",
        ...base,
        spi: Number(value("esp.spi", 0)),
        sequence: Number(value("esp.sequence", 0)),
      };
    case "ah":
      return value("ah.spi", 0) === "" ? null : { kind: "ah", ...base, spi: Number(value("ah.spi", 0)) };
    case "icmp":
    case "icmpv6": {
      const errors = terminal === "icmp" ? ICMP_ERRORS : ICMPV6_ERRORS;
      if (!errors.has(value(`${terminal}.type`, 0))) return null;
      const quoted = layers[cut + 1] === "ipv6" ? "ipv6" : "ip";
      return {
        kind: "icmpError",
        ...base,
        type: Number(value(`${terminal}.type`, 0)),
        code: Number(value(`${terminal}.code`, 0)),
        mtu: Number(value(`${terminal}.mtu`, 0)),
        quotedSource: value(`${quoted}.src`, count(quoted) + 1),
        quotedDestination: value(`${quoted}.dst`, count(quoted) + 1),
      };
    }
    default:
      return null;
  }
}

/** The packet as the dissector tells it, in the same words. */
export function readingOf(seen: Seen): Reading {
  const base = { source: seen.source, destination: seen.destination, ttl: seen.ttl };
  const ports = { sourcePort: seen.sourcePort, destinationPort: seen.destinationPort };
  const word = (at: number): number => new DataView(seen.payload.buffer).getUint32(at);
  switch (seen.kind) {
    case "skipped":
      return null;
    case "udp":
      return { kind: "udp", ...base, ...ports, length: seen.payloadLength, checksum: seen.udpChecksum };
    case "tcp":
      return { kind: "tcp", ...base, ...ports, sequence: seen.tcpSequence, flags: seen.tcpFlags };
    case "esp":
      return { kind: "esp", ...base, spi: word(0), sequence: word(4) };
    case "ah":
      return { kind: "ah", ...base, spi: word(4) };
    case "icmpError":
      return {
        kind: "icmpError",
        ...base,
        type: seen.icmp?.type ?? -1,
        code: seen.icmp?.code ?? -1,
        mtu: seen.icmp?.mtu ?? 0,
        quotedSource: seen.icmp?.quoted.source ?? "",
        quotedDestination: seen.icmp?.quoted.destination ?? "",
      };
  }
}
