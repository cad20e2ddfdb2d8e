import type { WrittenPacket } from "./pcap-writer.js";

/** Writes packets as a tool shows them in text. */
export interface TextForm {
  readonly name: string;
  readonly write: (packets: readonly WrittenPacket[]) => string;
  /** The times of the text are those of the packets but for the day, or but for the start, in microseconds. */
  readonly timeOf: (time: number, first: number) => number;
}

const DAY = 86_400_000_000;

function hex(bytes: Uint8Array): string[] {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
}

/** The characters of bytes, as all dumps show them: some look like digits. */
function characters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
}

function lines(bytes: Uint8Array, line: (offset: number, piece: Uint8Array) => string): string {
  const all: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) all.push(line(at, bytes.subarray(at, at + 16)));
  return all.join("\n") + "\n";
}

function pairs(piece: Uint8Array): string {
  return hex(piece)
    .reduce<string[]>((groups, digits, index) => {
      if (index % 2 === 0) groups.push(digits);
      else groups[groups.length - 1] += digits;
      return groups;
    }, [])
    .join(" ");
}

function offset(at: number, width: number): string {
  return at.toString(16).padStart(width, "0");
}

function clock(time: number): string {
  return (
    new Date(Math.floor(time / 1000)).toISOString().slice(11, 19) + "." + String(time % 1e6).padStart(6, "0")
  );
}

function date(time: number): string {
  return `${new Date(Math.floor(time / 1000)).toISOString().slice(0, 10)} ${clock(time)}`;
}

function seconds(time: number): string {
  return `${Math.floor(time / 1e6)}.${String(time % 1e6).padStart(6, "0")}`;
}

function each(
  packets: readonly WrittenPacket[],
  text: (packet: WrittenPacket, index: number) => string,
): string {
  return packets.map(text).join("");
}

const same = (time: number): number => time;
const ofDay = (time: number, first: number): number => time - Math.floor(first / DAY) * DAY;
const sinceFirst = (time: number, first: number): number => time - first;

const tcpdumpLine = (at: number, piece: Uint8Array): string => `\t0x${offset(at, 4)}:  ${pairs(piece)}`;

/** All forms of text that are read. */
export const TEXT_FORMS: readonly TextForm[] = [
  {
    name: "tcpdump -xx",
    write: (packets) =>
      each(
        packets,
        ({ time, bytes }) =>
          `${clock(time)} IP 192.0.2.1.500 > 192.0.2.2.500: isakmp: [|isakmp]\n${lines(bytes, tcpdumpLine)}`,
      ),
    timeOf: ofDay,
  },
  {
    name: "tcpdump -tttt -vXX",
    write: (packets) =>
      each(
        packets,
        ({ time, bytes }) =>
          `${date(time)} IP (tos 0x0, ttl 64)\n    192.0.2.1.500 > 192.0.2.2.500: isakmp 2.0\n\t  0x0000:  0102 0304\n` +
          lines(bytes, (at, piece) => `${tcpdumpLine(at, piece).padEnd(51)}  ${characters(piece)}`),
      ),
    timeOf: same,
  },
  {
    name: "FortiGate level 3",
    write: (packets) =>
      "FGT # diagnose sniffer packet any 'udp port 500' 3\ninterfaces=[any]\nfilters=[udp port 500]\n" +
      each(
        packets,
        ({ time, bytes }) =>
          `${seconds(time - (packets[0]?.time ?? 0))} 192.0.2.1.500 -> 192.0.2.2.500: udp 100\n` +
          lines(
            bytes,
            (at, piece) => `0x${offset(at, 4)}\t ${pairs(piece).padEnd(39)}\t${characters(piece)}`,
          ) +
          "\n",
      ),
    timeOf: sinceFirst,
  },
  {
    name: "FortiGate level 6, absolute times, a pager and a Windows terminal",
    write: (packets) =>
      each(
        packets,
        ({ time, bytes }) =>
          `--More-- \b\b\b\b\b\b\b\b\b         ${date(time)} wan1 in 192.0.2.1.500 -> 192.0.2.2.500: udp 100\n` +
          lines(
            bytes,
            (at, piece) => `0x${offset(at, 4)}\t ${pairs(piece).padEnd(39)}\t${characters(piece)}`,
          ) +
          "\n",
      ).replaceAll("\n", "\r\n"),
    timeOf: same,
  },
  {
    name: "ASA show capture dump",
    write: (packets) =>
      `${packets.length} packets captured\n\n` +
      each(
        packets,
        ({ time, bytes }, index) =>
          `${String(index + 1).padStart(4)}: ${clock(time)}       192.0.2.1.500 > 192.0.2.2.500:  udp 100\n` +
          lines(
            bytes,
            (at, piece) => `0x${offset(at, 4)}   ${pairs(piece).padEnd(39)}        ${characters(piece)}`,
          ),
      ) +
      `${packets.length} packets shown\n`,
    timeOf: ofDay,
  },
  {
    name: "tshark -x -P",
    write: (packets) =>
      each(
        packets,
        ({ time, bytes }, index) =>
          `${String(index + 1).padStart(5)} ${seconds(time - (packets[0]?.time ?? 0))}    192.0.2.1 → 192.0.2.2    ISAKMP 100 IKE_AUTH\n\n` +
          `Frame (${bytes.length} bytes):\n` +
          lines(
            bytes,
            (at, piece) => `${offset(at, 4)}  ${hex(piece).join(" ").padEnd(47)}   ${characters(piece)}`,
          ) +
          "Reassembled IPv4 (20 bytes):\n0000  de ad be ef\n\n",
      ),
    timeOf: sinceFirst,
  },
  {
    name: "text2pcap with times",
    write: (packets) =>
      each(
        packets,
        ({ time, bytes }) =>
          `${date(time)}\n${lines(bytes, (at, piece) => `${offset(at, 6)} ${hex(piece).join(" ")}`)}\n`,
      ),
    timeOf: same,
  },
  {
    name: "hexdump -C",
    write: (packets) =>
      each(packets, ({ time, bytes }) => {
        const halves = (piece: Uint8Array): string =>
          `${hex(piece.subarray(0, 8)).join(" ")}  ${hex(piece.subarray(8)).join(" ")}`;
        return (
          `${date(time)}\n` +
          lines(
            bytes,
            (at, piece) => `${offset(at, 8)}  ${halves(piece).padEnd(48)}  |${characters(piece)}|`,
          ) +
          `${offset(bytes.length, 8)}\n`
        );
      }),
    timeOf: same,
  },
  {
    name: "IOS-XE, groups of four bytes",
    write: (packets) =>
      each(packets, ({ time, bytes }) => {
        const fours = (piece: Uint8Array): string =>
          (
            hex(piece)
              .join("")
              .match(/.{1,8}/g) ?? []
          ).join(" ");
        return `${date(time)}\n${lines(bytes, (at, piece) => `  ${offset(at, 4)}:  ${fours(piece).padEnd(35)}  ${characters(piece)}`)}`;
      }),
    timeOf: same,
  },
];
