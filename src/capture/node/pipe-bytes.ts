import { type OnReadOpts, Socket, type SocketConstructorOpts } from "node:net";
import type { ByteSource } from "../source.js";
import { captureErrorOf } from "./system-error.js";

/**
 * The bytes of a pipe or socket that the process has open, read into a buffer that is given: as a stream each piece would
 * be a buffer of its own, and twice the time. A piece is handed out as soon as it arrives.
 */
export class PipeBytes implements ByteSource {
  readonly name: string;
  /** Nobody knows how much will come. */
  readonly size = null;
  readonly #socket: Socket;
  readonly #buffer: Uint8Array;
  #waiting: ((length: number | Error) => void) | null = null;
  /** What came while nobody waited: a length, the end (0), or a fault. */
  #arrived: number | Error | null = null;
  #offset = 0;
  #ended = false;

  /** `fd` is a pipe or a socket. */
  constructor(name: string, fd: number, buffer: Uint8Array) {
    this.name = name;
    this.#buffer = buffer;
    // Node documents `onread` for connections; a socket of a descriptor takes it too.
    const options: SocketConstructorOpts & { onread: OnReadOpts } = {
      fd,
      readable: true,
      writable: false,
      onread: {
        buffer,
        // False stops the reading until this piece was used.
        callback: (length) => {
          this.#arrive(length);
          return false;
        },
      },
    };
    this.#socket = new Socket(options);
    this.#socket.on("end", () => this.#arrive(0));
    this.#socket.on("close", () => this.#arrive(0));
    this.#socket.on("error", (error) => this.#arrive(error));
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const arrived = this.#arrived ?? (await this.#next());
    this.#arrived = null;
    if (arrived instanceof Error) throw captureErrorOf(this.name, this.#offset, arrived);
    if (arrived === 0) {
      await this.close();
      return null;
    }
    this.#offset += arrived;
    return this.#buffer.subarray(0, arrived);
  }

  close(): Promise<void> {
    this.#ended = true;
    this.#socket.destroy();
    this.#arrive(0);
    return Promise.resolve();
  }

  #next(): Promise<number | Error> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#socket.resume();
    });
  }

  #arrive(what: number | Error): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) waiting(what);
    else if (this.#arrived === null && !this.#ended) this.#arrived = what;
  }
}
