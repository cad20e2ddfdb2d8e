import { type Message, say } from "../texts/message.js";
import { LARGEST_BLOCK, SMALLEST_BLOCK } from "./pcapng-blocks.js";
import { CaptureError } from "./source.js";
import type { ByteWindow } from "./window.js";

/** The errors of a pcapng file, each with its offset; `at` is always a position in the window. */
export class PcapngFaults {
  readonly #file: string;
  readonly #window: ByteWindow;

  constructor(file: string, window: ByteWindow) {
    this.#file = file;
    this.#window = window;
  }

  /** A field that cannot be meant as it stands. */
  field(at: number, reason: Message): CaptureError {
    return new CaptureError(this.#file, this.#window.offsetOf(at), reason);
  }

  /** A block at `at` whose length no block has. */
  blockLength(at: number, total: number): CaptureError {
    if (total % 4 !== 0) return this.field(at + 4, say`the block's length is ${total}, no multiple of 4`);
    return this.field(
      at + 4,
      say`the block's length is ${total}; it can only be from ${SMALLEST_BLOCK} to ${LARGEST_BLOCK}`,
    );
  }

  /** A block at `at` whose length at its end is another one. */
  trailer(at: number, total: number, trailer: number): CaptureError {
    return this.field(
      at + total - 4,
      say`the block's length is ${total} at its start and ${trailer} at its end`,
    );
  }

  /** A block at `at` with room for `there` bytes of the `length` that its fields need. */
  shortBody(at: number, there: number, length: number): CaptureError {
    return this.field(at + 4, say`the block's length leaves ${there} bytes for fields that need ${length}`);
  }

  /** A length of a frame, at `at`, that is larger than its block. */
  frameLength(at: number, frame: number, captured: number, room: number): CaptureError {
    return this.field(
      at,
      say`frame ${frame} says that it holds ${captured} bytes; its block has room for ${room}`,
    );
  }

  /** A block at `at` of an interface that its section did not declare. */
  undeclared(at: number, id: number, declared: number): CaptureError {
    return this.field(
      at + 8,
      say`the block belongs to interface ${id}; its section has declared ${declared} so far`,
    );
  }

  /** A section at `at` whose byte-order mark, in big endian, is none. */
  byteOrder(at: number, mark: number): CaptureError {
    const found = mark.toString(16).padStart(8, "0");
    return this.field(at + 8, say`the section's byte-order mark is ${found}, neither 1a2b3c4d nor 4d3c2b1a`);
  }
}
