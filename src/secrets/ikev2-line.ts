import { type KeyCollector, sourceMaker } from "./collector.js";
import { hexKey, hexSpi64 } from "./hex-key.js";
import type { IkeSpis, KeyForm, KeySource } from "./key.js";
import type { SecretBytes } from "./secret-bytes.js";

const LINE =
  /\bikev2 ([IR]) (0x[0-9a-f]{16}) (0x[0-9a-f]{16}) ([\w-]+):\s{0,8}(?:(0x[0-9a-f]*)(?![0-9a-f]))?\s{0,8}([\w-]+):\s{0,8}(0x[0-9a-f]+)\s*$/i;
/** IKE SAs of which one direction came and the other not yet. */
const MOST_WAITING = 10_000;

interface Half {
  readonly source: KeySource;
  readonly spis: IkeSpis;
  readonly side: "I" | "R";
  readonly integrity: SecretBytes;
  readonly cipher: SecretBytes;
}

/**
 * Lines "ikev2 I|R SPIi SPIr integrity:0xkey encryption:0xkey", a direction each: what pluto logs with `private` debugging
 * once a peer is authenticated, for tcpdump's -E to take. The keys of combined modes are without their salt there.
 */
export class Ikev2Lines {
  readonly #waiting = new Map<string, Half>();
  readonly #into: KeyCollector;
  readonly #sourceAt: (line: number) => KeySource;

  constructor(file: string, form: KeyForm, into: KeyCollector) {
    this.#into = into;
    this.#sourceAt = sourceMaker(file, form);
  }

  /** Takes the line; false where it is none of these. */
  take(text: string, number: number): boolean {
    const match = LINE.exec(text);
    if (match === null) return false;
    const [, side, spiI = "", spiR = "", , integrityText = "", , cipherText = ""] = match;
    const [initiator, responder] = [hexSpi64(spiI), hexSpi64(spiR)];
    const [integrity, cipher] = [hexKey(integrityText), hexKey(cipherText)];
    const source = this.#sourceAt(number);
    if (initiator === null || responder === null) return true;
    if (integrity === null || cipher === null) {
      this.#into.fault(source, "a key is cut in the middle of a byte");
      return true;
    }
    this.#half({ source, spis: { initiator, responder }, side: side === "R" ? "R" : "I", integrity, cipher });
    return true;
  }

  end(): void {
    for (const half of this.#waiting.values()) this.#emit(half, null);
    this.#waiting.clear();
  }

  #half(half: Half): void {
    const id = half.spis.initiator + half.spis.responder;
    const other = this.#waiting.get(id);
    if (other === undefined) {
      if (this.#waiting.size < MOST_WAITING) this.#waiting.set(id, half);
      else this.#emit(half, null);
    } else if (other.side !== half.side) {
      this.#waiting.delete(id);
      this.#emit(other, half);
    }
  }

  #emit(first: Half, second: Half | null): void {
    const initiator = first.side === "I" ? first : second;
    const responder = first.side === "R" ? first : second;
    this.#into.key({
      kind: "ikev2",
      source: first.source,
      spis: first.spis,
      nearSpi: null,
      suite: null,
      skD: null,
      skAi: initiator?.integrity ?? null,
      skAr: responder?.integrity ?? null,
      skEi: initiator?.cipher ?? null,
      skEr: responder?.cipher ?? null,
    });
  }
}
