/** Bytes on a line of a hex dump; od -w32 and the like write more than the usual 16. */
const MOST_BYTES = 64;
const USUAL_BYTES = 16;
/** An offset without 0x, as a source of patterns. */
export const HEX_OFFSET = "[0-9a-f]{4,8}";
/** Digits of an address of memory, which Cisco IOS shows in place of offsets. */
const ADDRESS_DIGITS = 8;
/** A packet in one line, as Wireshark copies its bytes ("as a Hex Stream"): at least IPv4, UDP and an IKE header, with 0x or not. */
const STREAM = /^\s*(?:0x)?((?:[0-9a-f]{2}){56,8192})$/i;

/**
 * Offset, with or without 0x and colon; then groups of two, four or eight digits. What tcpdump -v dumps of a field stands two
 * spaces deeper than the packet.
 */
const HEX_LINE = /^(?!\s*\t +0x| {10}0x)\s*(0x)?([0-9a-f]{3,8})(:?)[ \t]+([0-9a-f]{2}.*)$/i;
const GROUP = /^([ \t]*)((?:[0-9a-f]{2})+)(?=[ \t]|$)/i;

/** One line of a hex dump: where its bytes stand in the packet, and the bytes. */
export interface HexLine {
  readonly offset: number;
  readonly bytes: readonly number[];
  /** It may stand for an address, so that the first line of a packet has any. */
  readonly isAddress: boolean;
}

/**
 * Reads a line of a hex dump as tcpdump -x, FortiOS, ASA, Wireshark, hexdump -C and text2pcap write it; null where it is
 * none. What a dump shows as characters may look like digits: it is told by the wider gap before it, and by `perLine`, how
 * many bytes the lines before had (0 where that is not known).
 */
export function hexLine(line: string, perLine: number): HexLine | null {
  const match = HEX_LINE.exec(line);
  if (match === null) return null;
  const [, prefix, digits = "", colon = "", groups = ""] = match;
  const bytes = groupedBytes(groups, perLine > 0 ? perLine : USUAL_BYTES);
  if (bytes.length === 0) return null;
  const isAddress = prefix === undefined && colon !== "" && digits.length === ADDRESS_DIGITS;
  return { offset: Number.parseInt(digits, 16), bytes, isAddress };
}

/** All bytes of a packet that stands in one line of nothing but hex digits; null where the line is none. */
export function hexStream(line: string): readonly number[] | null {
  const digits = STREAM.exec(line)?.[1];
  return digits === undefined
    ? null
    : Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function groupedBytes(text: string, most: number): number[] {
  const bytes: number[] = [];
  let rest = text;
  let width = 0;
  while (bytes.length < Math.min(most, MOST_BYTES)) {
    const [whole, gap = "", digits = ""] = GROUP.exec(rest) ?? [];
    if (whole === undefined || digits.length > 8) break;
    // hexdump -C parts the bytes into two halves by one more space.
    const isHalf = bytes.length === 8 && gap === "  " && digits.length === 2;
    if (bytes.length > 0 && gap !== " " && !isHalf) break;
    // Groups are alike but for the last one.
    if (width !== 0 && digits.length > width) break;
    if (width === 0) width = digits.length;
    for (let at = 0; at < digits.length; at += 2) bytes.push(Number.parseInt(digits.slice(at, at + 2), 16));
    rest = rest.slice(whole.length);
    if (digits.length < width) break;
  }
  return bytes;
}
