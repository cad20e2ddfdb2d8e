import { endpointText } from "../../bytes/address.js";
import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { u32At } from "../../bytes/reader.js";
import { FixedText } from "../../bytes/fixed-text.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import { printable } from "../../bytes/text.js";
import { MessageTokens } from "../../ike/describe/message-tokens.js";
import { isZeroSpi } from "../../ike/header.js";
import { IKE_HEADER_LENGTH, V2_FLAG } from "../../ike/message.js";
import type { Endpoint, Sighting } from "../../session/model.js";
import { PLAIN } from "../presentation.js";
import { type DecodeContext, exchangeText, SPI_DIGITS } from "./line.js";
import { TimeText } from "./time-text.js";
import type { AddressNames } from "../address-names.js";

const UNKNOWN_FILE = new FixedText("?:");
const BLANK = 0x20;
const DASH = 0x2d;
const SLASH = 0x2f;
const GAP = new FixedText("  ");
const ARROW = new FixedText(" > ");

/**
 * Lines of messages as `messageLine` makes them, made of the datagram's bytes without an object between. For what it does
 * not know it makes none.
 */
export class LineWriter {
  readonly #files: readonly FixedText[];
  readonly #tokens = new MessageTokens();
  readonly #time: TimeText;
  readonly #ends: EndTexts;
  /** By version, exchange and direction. */
  readonly #exchanges: (FixedText | undefined)[] = Array.from({ length: 16 * 256 * 2 });

  constructor({ files, presentation = PLAIN }: DecodeContext) {
    this.#time = new TimeText(presentation.clock);
    this.#ends = new EndTexts(presentation.names);
    this.#files = files.length > 1 ? files.map((file) => new FixedText(`${printable(file)}:`)) : [];
  }

  /** Writes the line of the message that fills `bytes`, without its end; false where it wrote none. */
  write(bytes: Uint8Array, sighting: Sighting, out: TextBuffer): boolean {
    if (bytes.length < IKE_HEADER_LENGTH) return false;
    const before = out.length;
    this.#where(sighting, out);
    out.copy(GAP);
    this.#title(bytes, out);
    out.copy(GAP);
    writeSpis(bytes, out);
    out.character(BLANK);
    if (this.#tokens.write(bytes, out)) return true;
    out.cut(before);
    return false;
  }

  #where({ frames, framesLeftOut = 0, time, nanos, source, destination }: Sighting, out: TextBuffer): void {
    const frame = frames[0] ?? 0;
    if (this.#files.length > 0) out.copy(this.#files[frameCapture(frame)] ?? UNKNOWN_FILE);
    out.decimal(frameNumber(frame));
    if (frames.length > 1) out.text(` (+${frames.length - 1 + framesLeftOut})`);
    out.copy(GAP);
    this.#time.write(time, nanos, out);
    out.copy(GAP);
    out.copy(this.#ends.of(source));
    out.copy(ARROW);
    out.copy(this.#ends.of(destination));
  }

  #title(bytes: Uint8Array, out: TextBuffer): void {
    const majorVersion = (bytes[17] as number) >> 4;
    const exchangeType = bytes[18] as number;
    const flags = (bytes[19] as number) & V2_FLAG.response;
    const key = (majorVersion << 9) | (exchangeType << 1) | (flags === 0 ? 0 : 1);
    const text = (this.#exchanges[key] ??= new FixedText(
      `${exchangeText({ majorVersion, exchangeType, flags })} `,
    ));
    out.copy(text);
    if (majorVersion === 1) out.hex(bytes, 20, 4);
    else out.decimal(u32At(bytes, 20));
  }
}

function writeSpis(bytes: Uint8Array, out: TextBuffer): void {
  out.hex(bytes, 0, SPI_DIGITS / 2);
  out.character(SLASH);
  if (isZeroSpi(bytes, 8)) out.character(DASH);
  else out.hex(bytes, 8, SPI_DIGITS / 2);
}

/** Ends that are remembered; when there are more, all are forgotten and begin anew. */
const LIMIT = 8192;

/** Texts of endpoints: captures repeat few, and for those of IPv4 there is one object each. */
class EndTexts {
  readonly #known = new Map<Endpoint, FixedText>();
  readonly #names: AddressNames;

  constructor(names: AddressNames) {
    this.#names = names;
  }

  /** "192.0.2.1:500", with the address's name behind it. */
  of(end: Endpoint): FixedText {
    const known = this.#known.get(end);
    if (known !== undefined) return known;
    const text = new FixedText(this.#names.in(endpointText(end)));
    if (end.address.includes(":")) return text;
    if (this.#known.size >= LIMIT) this.#known.clear();
    this.#known.set(end, text);
    return text;
  }
}
