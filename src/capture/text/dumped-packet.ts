import { frameKind } from "./frame-kind.js";
import { type HexLine, hexLine } from "./hex-line.js";

/** tcpdump's MAXIMUM_SNAPLEN. */
const LARGEST_PACKET = 262_144;
/** Bytes on a line of Cisco IOS, whose addresses are multiples of it. */
const ADDRESS_LINE_BYTES = 16;

/** The bytes of one packet after the other, put together from the lines of their hex dumps. */
export class DumpedPacket {
  #room = new Uint8Array(2048);
  /** Bytes of the packet that is being read; null where none is. */
  #length: number | null = null;
  /** Bytes before its last line, and on each line but the last; 0 where that is not known. */
  #lengthBefore = 0;
  #perLine = 0;
  /** Its last line as it stands, which a mail program may have wrapped. */
  #lastLine = "";
  /** The address that stands for offset 0. */
  #base = 0;
  /** hexdump leaves out lines that are like the one before, and says so. */
  #repeats = false;
  #isBroken = false;

  get isBegun(): boolean {
    return this.#length !== null;
  }

  /** A line of it is missing: it is known up to there. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The bytes so far, valid until the next packet begins. */
  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length ?? 0);
  }

  /**
   * The bytes of a line and their offset; null where it is none of a dump. Where addresses are shown in place of offsets they are
   * counted from that of the packet's first byte, which only a line below a heading (`hasHeading`) tells.
   */
  line(text: string, hasHeading: boolean): HexLine | null {
    const hex = hexLine(text, this.#perLine);
    if (hex === null || !hex.isAddress) return hex;
    if (hex.offset === 0) this.#base = 0;
    if (!this.isBegun && hex.offset > LARGEST_PACKET && hasHeading) {
      // The first line begins where the packet does in memory, and is filled up to the next line's address.
      this.#perLine = ADDRESS_LINE_BYTES;
      this.#base = hex.offset + ADDRESS_LINE_BYTES - hex.bytes.length;
      return { ...hex, offset: 0 };
    }
    return { ...hex, offset: hex.offset - this.#base };
  }

  /** Begins a packet with the bytes of the line `text`. */
  begin(bytes: readonly number[], text: string): void {
    this.#length = 0;
    this.#lengthBefore = 0;
    this.#repeats = false;
    this.#lastLine = text;
    this.#append(bytes);
  }

  /** Goes on with the bytes of the line `text`; false where one is missing before it. */
  goOn({ offset, bytes }: HexLine, text: string): boolean {
    const length = this.#length ?? 0;
    this.#lastLine = text;
    if (offset < length && offset > this.#lengthBefore) {
      // The characters behind the last line's bytes were taken for bytes: this line says how many there were.
      this.#perLine = offset - this.#lengthBefore;
      this.#length = offset;
    } else if (offset > length && this.#repeats && offset <= LARGEST_PACKET) this.#repeatTo(offset);
    else if (offset !== length) {
      // Those behind a gap are passed over.
      this.#isBroken = true;
      return false;
    } else if (this.#lengthBefore === 0 && this.#base === 0) this.#perLine = length;
    this.#repeats = false;
    this.#append(bytes);
    return true;
  }

  /** The lines that follow are like the last one, up to the next offset. */
  repeatsLine(): void {
    this.#repeats = this.isBegun;
  }

  /** Takes what stands behind the bytes of the last line for the rest of it, if it goes on there in the same form. */
  unwrap(text: string): void {
    if (this.#isBroken) return;
    const { isIp, originalLength } = frameKind(this.bytes);
    if (isIp && originalLength === this.#length) return;
    const before = (this.#length ?? 0) - this.#lengthBefore;
    let longest: { line: string; bytes: readonly number[] } | null = null;
    for (const line of [this.#lastLine + text, `${this.#lastLine} ${text}`]) {
      const bytes = hexLine(line, this.#perLine)?.bytes ?? [];
      if (bytes.length > (longest?.bytes.length ?? before)) longest = { line, bytes };
    }
    if (longest === null) return;
    this.#lastLine = longest.line;
    this.#length = this.#lengthBefore;
    this.#append(longest.bytes);
  }

  /** No line follows that is its own. */
  end(): void {
    this.#length = null;
    this.#isBroken = false;
  }

  #append(bytes: readonly number[]): void {
    const length = this.#length ?? 0;
    const grown = Math.min(length + bytes.length, LARGEST_PACKET);
    if (grown > this.#room.length) {
      const larger = new Uint8Array(Math.max(grown, this.#room.length * 2));
      larger.set(this.#room);
      this.#room = larger;
    }
    for (let at = length; at < grown; at++) this.#room[at] = bytes[at - length] ?? 0;
    this.#lengthBefore = length;
    this.#length = grown;
  }

  #repeatTo(offset: number): void {
    const line = [...this.#room.subarray(this.#lengthBefore, this.#length ?? 0)];
    while ((this.#length ?? offset) < offset && line.length > 0) this.#append(line);
  }
}
