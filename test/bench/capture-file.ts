import { closeSync, openSync, writeSync } from "node:fs";
import { pcapHeader } from "../support/capture/pcap-writer.js";

const RECORD_HEADER = 16;
/** Written in pieces of about this size, so that a large capture needs no memory. */
const PIECE = 4 << 20;

/** What takes the frames of a capture in order of time; `time` is in microseconds. */
export interface FrameSink {
  add(time: number, frame: Uint8Array): void;
  close(): void;
}

/** A capture file that is written record by record (microseconds, little-endian). */
export class CaptureFile implements FrameSink {
  readonly #file: number;
  readonly #piece = Buffer.allocUnsafe(PIECE);
  #size = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w");
    writeSync(this.#file, pcapHeader());
  }

  add(time: number, frame: Uint8Array): void {
    if (this.#size + RECORD_HEADER + frame.length > PIECE) this.#flush();
    const piece = this.#piece;
    const at = this.#size;
    piece.writeUInt32LE(Math.floor(time / 1e6), at);
    piece.writeUInt32LE(time % 1e6, at + 4);
    piece.writeUInt32LE(frame.length, at + 8);
    piece.writeUInt32LE(frame.length, at + 12);
    piece.set(frame, at + RECORD_HEADER);
    this.#size = at + RECORD_HEADER + frame.length;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#piece, 0, this.#size);
    this.#size = 0;
  }
}
