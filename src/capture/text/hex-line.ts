/** Bytes on a line of a hex dump; od -w32 and the like write more than the usual 16. */
const MOST_BYTES = 64;
const USUAL_BYTES = 16;
/**
 * Offset, with or without 0x and colon; then groups of two, four or eight digits. What tcpdump -v dumps of a field stands two
 * spaces deeper than the packet.
 */
const HEX_LINE = /^(?!\t +0x)\s*(0x)?([0-9a-f]{3,8})(:?)[ \t]+([0-9a-f]{2}.*)$/i;
const GROUP = /^([ \t]*)((?:[0-9a-f]{2})+)(?=[ \t]|$)/i;

/** One line of a hex dump: where its bytes stand in the packet, and the bytes. */
export interface HexLine {
  readonly offset: number;
  readonly bytes: readonly number[];
}

/**
 * Reads a line of a hex dump as tcpdump -x, FortiOS, ASA, Wireshark, hexdump -C and text2pcap write it; null where it is
 * none. What a dump shows as characters may look like digits: it is told by the wider gap before it, and by `perLine`, how
 * many bytes the lines before had (0 where that is not known).
 */
export function hexLine(line: string, perLine: number): HexLine | null {
  const match = HEX_LINE.exec(line);
  if (match === null) return null;
  const [, , digits = "", , groups = ""] = match;
  const bytes = groupedBytes(groups, perLine > 0 ? perLine : USUAL_BYTES);
  return bytes.length === 0 ? null : { offset: Number.parseInt(digits, 16), bytes };
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
