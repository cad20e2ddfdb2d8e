import { GunzipPieces } from "../../capture/gunzip/gunzip-pieces.js";
import { packedForm, readHead } from "../../capture/packed-forms.js";
import { type ByteSource, CaptureError } from "../../capture/source.js";
import { type Message, say } from "../../texts/message.js";
import type { Pause } from "./pause.js";

/** Bytes of a file, unpacked where its first ones say that it is gzip; other packed forms are refused with the way out. */
export class OpenedBytes implements ByteSource {
  readonly name: string;
  readonly #raw: ByteSource;
  readonly #pause: Pause;
  #chosen: ByteSource | null = null;

  constructor(raw: ByteSource, pause: Pause) {
    this.name = raw.name;
    this.#raw = raw;
    this.#pause = pause;
  }

  get compressed(): boolean {
    return this.#chosen?.compressed ?? false;
  }

  get cutShort(): Message | null {
    return this.#chosen?.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    await this.#pause.take();
    if (this.#chosen !== null) return this.#chosen.read();
    const head = await readHead(this.#raw);
    const form = packedForm(head);
    if (form === null) {
      this.#chosen = this.#raw;
      return head.length > 0 ? head : null;
    }
    if (form.unpacker !== null) {
      const { name, unpacker } = form;
      throw new CaptureError(
        this.name,
        0,
        say`packed with ${name}, which a browser does not unpack: ${unpacker.program} -d ${this.name}, then what comes out`,
      );
    }
    this.#chosen = new GunzipPieces(this.#raw, head);
    return this.#chosen.read();
  }

  close(): Promise<void> {
    return (this.#chosen ?? this.#raw).close();
  }
}
