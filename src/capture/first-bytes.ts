import { toHex } from "../bytes/hex.js";

/** What other files begin with, and what to do with such a file. `text` signatures are ASCII, others hex. */
const SIGNATURES: readonly (readonly [signature: string, kind: "text" | "hex", meaning: string])[] = [
  ["snoop\0", "text", "a snoop capture (Solaris, Check Point fw monitor): convert it with editcap"],
  ["btsnoop", "text", "a Bluetooth capture"],
  ["TRSNIFF", "text", "a Sniffer capture: convert it with editcap"],
  ["GMBU", "text", "a Microsoft Network Monitor capture: convert it with editcap"],
  ["RTSS", "text", "a Microsoft Network Monitor capture: convert it with editcap"],
  ["iptrace", "text", "an AIX iptrace: convert it with editcap"],
  ["1c0001a", "hex", "a hardware vendor's variant of pcap: convert it with editcap"],
  ["ac01001c", "hex", "a hardware vendor's variant of pcap: convert it with editcap"],
  ["504b0304", "hex", "a zip archive: unpack it first"],
  ["1f8b", "hex", "a gzip file inside of a gzip file: unpack it first"],
  ["fd377a585a", "hex", "an xz file: unpack it first"],
  ["28b52ffd", "hex", "a zstd file: unpack it first"],
  ["425a68", "hex", "a bzip2 file: unpack it first"],
  ["04224d18", "hex", "an lz4 file: unpack it first"],
  ["377abcaf", "hex", "a 7z archive: unpack it first"],
  ["7f454c46", "hex", "a program"],
  ["%PDF", "text", "a PDF document"],
];

/**
 * Says in a sentence what a file that is no capture seems to be, from its first bytes (up to 16 are looked at), with
 * the bytes in hex so that the statement can be checked.
 */
export function describeFirstBytes(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 16);
  const hex = toHex(head);
  const text = String.fromCharCode(...head);
  for (const [signature, kind, meaning] of SIGNATURES) {
    if ((kind === "text" ? text : hex).startsWith(signature)) {
      return `not a pcap or pcapng capture; these are the first bytes of ${meaning} (${hex})`;
    }
  }
  if (head.every((byte) => byte === 0)) {
    return `not a pcap or pcapng capture; it begins with ${head.length} zero bytes, as a file does whose data were never written`;
  }
  if (head.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13))) {
    return `not a pcap or pcapng capture; it begins with text (${hex}), a capture is written with tcpdump -w`;
  }
  return `not a pcap or pcapng capture; its first bytes are ${hex}`;
}
