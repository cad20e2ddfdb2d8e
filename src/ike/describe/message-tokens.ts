import { u16At, u32At } from "../../bytes/reader.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import { decodePayload } from "../decode.js";
import { IKE_HEADER_LENGTH, V1_FLAG } from "../message.js";
import { MOST_PAYLOADS } from "../payload-chain.js";
import { isAuthIp } from "../registries/exchanges.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../registries/payload-types.js";
import { ciphertextToken } from "../payloads/encrypted/describe.js";
import { KnownTokens } from "./known-tokens.js";
import { summarizePayload } from "./payload.js";
import type { UndecodedPayload } from "./undecoded-payload.js";
import type { IkeVersion } from "./view.js";

const GENERIC_HEADER = 4;
const BLANK = 0x20;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * The payloads of messages as tokens of a line, without objects: it walks the chain and looks up what it has described
 * before. Whatever is not as usual it leaves to others, `decodeIke` and `summarizePayload`, whose words these are.
 */
export class MessageTokens {
  readonly #known = new KnownTokens();
  readonly #place: Writable<UndecodedPayload> = {
    version: 2,
    type: 0,
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
  };

  /**
   * Writes the tokens of the message that fills `bytes`, a blank before each. False where it is not well-formed, is a
   * fragment of IKEv1, has no payload, or bytes around it: then something may have been written that is of no use.
   */
  write(bytes: Uint8Array, out: TextBuffer): boolean {
    if (bytes.length <= IKE_HEADER_LENGTH || u32At(bytes, 24) !== bytes.length) return false;
    const version = (bytes[17] as number) >> 4;
    if (version === 2) return this.#chain(2, bytes, out);
    const first = bytes[16] as number;
    if (version !== 1 || first === PAYLOAD_V1.FRAGMENT || isAuthIp(bytes[18] as number)) return false;
    if (((bytes[19] as number) & V1_FLAG.encryption) === 0) return this.#chain(1, bytes, out);
    out.character(BLANK);
    out.text(ciphertextToken(bytes.length - IKE_HEADER_LENGTH));
    return true;
  }

  #chain(version: IkeVersion, bytes: Uint8Array, out: TextBuffer): boolean {
    const place = this.#place;
    place.version = version;
    place.bytes = bytes;
    let at = IKE_HEADER_LENGTH;
    let type = bytes[16] as number;
    for (let index = 0; type !== 0; index++) {
      if (index === MOST_PAYLOADS || bytes.length - at < GENERIC_HEADER) return false;
      place.type = type;
      place.start = at + GENERIC_HEADER;
      place.end = at + u16At(bytes, at + 2);
      if (place.end < place.start || place.end > bytes.length) return false;
      out.character(BLANK);
      const known = this.#known.find(place);
      if (known !== null) out.copy(known);
      else if (!this.#describe(at, out)) return false;
      type = version === 2 && (type === PAYLOAD_V2.SK || type === PAYLOAD_V2.SKF) ? 0 : (bytes[at] as number);
      at = place.end;
    }
    return at === bytes.length;
  }

  /** Writes the token of the payload at `place`, whose generic header stands at `at`; false where it has a fault. */
  #describe(at: number, out: TextBuffer): boolean {
    const { version, type, bytes } = this.#place;
    const payload = decodePayload(version, type, bytes, at);
    if (payload === null) return false;
    const token = summarizePayload(payload, version);
    out.printable(token);
    this.#known.add(this.#place, token);
    return true;
  }
}
