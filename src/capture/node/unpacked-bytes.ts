import type { ByteSource } from "../source.js";
import { GunzipBytes } from "./gunzip-bytes.js";
import { packedForm, readHead } from "../packed-forms.js";
import type { RawBytes } from "./raw-bytes.js";
import { ToolBytes, ToolSeats } from "./tool-bytes.js";
import { type Message } from "../../texts/message.js";

/** Bytes of a file, unpacked where the first ones say that it is packed; they are looked at with the first read. */
export class UnpackedBytes implements ByteSource {
  readonly name: string;
  readonly #raw: RawBytes;
  readonly #seats: ToolSeats;
  #chosen: ByteSource | null = null;

  /** `seats` are shared by all files that are read at once. */
  constructor(raw: RawBytes, seats: ToolSeats = new ToolSeats()) {
    this.name = raw.name;
    this.#raw = raw;
    this.#seats = seats;
  }

  get compressed(): boolean {
    return this.#chosen?.compressed ?? false;
  }

  get cutShort(): Message | null {
    return this.#chosen?.cutShort ?? null;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#chosen !== null) return this.#chosen.read();
    const head = await readHead(this.#raw);
    const form = packedForm(head);
    if (form === null) {
      this.#raw.notPacked();
      this.#chosen = this.#raw;
      return head.length > 0 ? head : null;
    }
    const { name, unpacker } = form;
    this.#chosen =
      unpacker === null
        ? new GunzipBytes(this.#raw, head)
        : new ToolBytes(this.#raw, head, name, unpacker, this.#seats);
    return this.#chosen.read();
  }

  close(): Promise<void> {
    return (this.#chosen ?? this.#raw).close();
  }
}
