import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { u32At } from "../../bytes/reader.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import { printable } from "../../bytes/text.js";
import { MessageTokens } from "../../ike/describe/message-tokens.js";
import { isZeroSpi } from "../../ike/header.js";
import { IKE_HEADER_LENGTH } from "../../ike/message.js";
import type { Endpoint, Sighting } from "../../session/model.js";
import { type DecodeContext, exchangeText, SPI_DIGITS } from "./line.js";
import { TimeText } from "./time-text.js";

const GAP = "  ";

/**
 * Lines of messages as `messageLine` makes them, made of the datagram's bytes without an object between. For what it does
 * not know it makes none.
 */
export class LineWriter {
  readonly #files: readonly string[];
  readonly #tokens = new MessageTokens();
  readonly #time = new TimeText();
  /** By version, exchange and flags. */
  readonly #exchanges = new Map<number, string>();

  constructor({ files }: DecodeContext) {
    this.#files = files.length > 1 ? files.map((file) => `${printable(file)}:`) : [];
  }

  /** Writes the line of the message that fills `bytes`, without its end; false where it wrote none. */
  write(bytes: Uint8Array, sighting: Sighting, out: TextBuffer): boolean {
    if (bytes.length < IKE_HEADER_LENGTH) return false;
    const before = out.length;
    this.#where(sighting, out);
    out.ascii(GAP);
    this.#title(bytes, out);
    out.ascii(GAP);
    writeSpis(bytes, out);
    out.ascii(" ");
    if (this.#tokens.write(bytes, out)) return true;
    out.cut(before);
    return false;
  }

  #where({ frames, time, nanos, source, destination }: Sighting, out: TextBuffer): void {
    const frame = frames[0] ?? 0;
    if (this.#files.length > 0) out.text(this.#files[frameCapture(frame)] ?? "?:");
    out.decimal(frameNumber(frame));
    if (frames.length > 1) out.ascii(` (+${frames.length - 1})`);
    out.ascii(GAP);
    this.#time.write(time, nanos, out);
    out.ascii(GAP);
    writeEnd(source, out);
    out.ascii(" > ");
    writeEnd(destination, out);
  }

  #title(bytes: Uint8Array, out: TextBuffer): void {
    const [version, exchange, flags] = [bytes[17] as number, bytes[18] as number, bytes[19] as number];
    const key = (version << 16) | (exchange << 8) | flags;
    let text = this.#exchanges.get(key);
    if (text === undefined) {
      text = `${exchangeText({ majorVersion: version >> 4, exchangeType: exchange, flags })} `;
      this.#exchanges.set(key, text);
    }
    out.ascii(text);
    if (version >> 4 === 1) out.hex(bytes, 20, 4);
    else out.decimal(u32At(bytes, 20));
  }
}

function writeSpis(bytes: Uint8Array, out: TextBuffer): void {
  out.hex(bytes, 0, SPI_DIGITS / 2);
  out.ascii("/");
  if (isZeroSpi(bytes, 8)) out.ascii("-");
  else out.hex(bytes, 8, SPI_DIGITS / 2);
}

function writeEnd({ address, port }: Endpoint, out: TextBuffer): void {
  const isIpv6 = address.includes(":");
  if (isIpv6) out.ascii("[");
  out.ascii(address);
  out.ascii(isIpv6 ? "]:" : ":");
  out.decimal(port);
}
