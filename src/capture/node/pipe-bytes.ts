import { type OnReadOpts, Socket, type SocketConstructorOpts } from "node:net";
import type { RawBytes } from "./raw-bytes.js";
import type { ReadBuffers } from "./read-buffers.js";
import { captureErrorOf } from "./system-error.js";

const NOTHING = new Uint8Array(0);

/**
 * The bytes of a pipe or socket that the process has open, read into a buffer that is given: as a stream each piece would
 * be a buffer of its own, and twice the time. A piece is handed out as soon as it arrives.
 */
export class PipeBytes implements RawBytes {
  readonly name: string;
  readonly size = null;
  readonly #socket: Socket;
  readonly #buffers: ReadBuffers;
  /** The buffer that takes the next piece, from when Node asks for one. */
  #buffer: Uint8Array;
  #waiting: ((piece: Uint8Array | Error) => void) | null = null;
  /** A piece, the end (no bytes), or a fault that came while no read was waiting. */
  #arrived: Uint8Array | Error | null = null;
  #offset = 0;
  #ended = false;

  /** `fd` is a pipe or a socket. */
  constructor(name: string, fd: number, buffers: ReadBuffers) {
    this.name = name;
    this.#buffers = buffers;
    this.#buffer = buffers.lend("packed");
    // Node documents `onread` for connections; a socket of a descriptor takes it too.
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      fd,
      readable: true,
      writable: false,
      onread: {
        buffer: () => this.#buffer,
        // False stops the reading until this piece was used.
        callback: (length, buffer) => {
          this.#arrive(buffer.subarray(0, length));
          return false;
        },
      },
    };
    this.#socket = new Socket(options);
    this.#socket.on("end", () => this.#arrive(NOTHING));
    this.#socket.on("close", () => this.#arrive(NOTHING));
    this.#socket.on("error", (error) => this.#arrive(error));
  }

  notPacked(): void {
    this.#buffer = this.#buffers.lend("capture");
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const arrived = this.#arrived ?? (await this.#next());
    this.#arrived = null;
    if (arrived instanceof Error) throw captureErrorOf(this.name, this.#offset, arrived);
    if (arrived.length === 0) {
      await this.close();
      return null;
    }
    this.#offset += arrived.length;
    return arrived;
  }

  close(): Promise<void> {
    this.#ended = true;
    this.#socket.destroy();
    this.#arrive(NOTHING);
    return Promise.resolve();
  }

  #next(): Promise<Uint8Array | Error> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#socket.resume();
    });
  }

  #arrive(what: Uint8Array | Error): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) waiting(what);
    else if (this.#arrived === null && !this.#ended) this.#arrived = what;
  }
}
