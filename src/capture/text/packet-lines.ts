import { type Message, say } from "../../texts/message.js";
/** Lines that show a packet without its bytes, and the command that shows or records them. */
const KINDS: readonly (readonly [line: RegExp, meaning: string])[] = [
  [
    /^\d[\d:. -]{0,40}(?:\S{1,40} (?:in|out|--) )?\S{1,80} -> \S+ /,
    "text of FortiGate's sniffer of a level without packet bytes: diagnose sniffer packet any 'host PEER' 6 0 a",
  ],
  [
    / (?:IP6?|ARP,?) .{0,120}>|^\s*\S+ > \S+: /,
    "text of tcpdump without packet bytes: tcpdump -w FILE.pcap, or tcpdump -xx",
  ],
  [
    / (?:\u00e2\S{1,8}|->) /,
    "the packet list of tshark or Wireshark, without packet bytes: tshark -r CAPTURE -w FILE.pcapng",
  ],
  [/ > /, "a list of packets without their bytes: tcpdump -w FILE.pcap"],
];

/** Whether a line, read byte by byte as Latin-1 (an arrow of UTF-8 begins with U+00E2), tells of a packet from one host to another. */
export function isPacketLine(line: string): boolean {
  return / (?:>|->|\u00e2\S{1,8}|&gt;|-&gt;) /.test(line);
}

/** The kind of a text without bytes of packets, by its lines that tell of packets, and what to do. */
export function describeTextLines(lines: readonly string[]): Message {
  for (const line of lines) {
    const kind = KINDS.find(([pattern]) => pattern.test(line));
    if (kind !== undefined) return say`not a capture: ${kind[1]}`;
  }
  return "not a capture: text without the bytes of packets: tcpdump -w FILE.pcap records them";
}
