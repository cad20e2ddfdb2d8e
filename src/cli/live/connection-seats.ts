import type { Socket } from "node:net";

/**
 * Keeps a bounded number of connections: where one more comes, the one that has been without a request for the longest time
 * is ended, and where all have one, the one whose request is the oldest. So clients that are idle or slow cannot keep out one
 * that comes and asks.
 */
export class ConnectionSeats {
  readonly #most: number;
  /** In the order in which they came, or ended a request. */
  readonly #idle = new Set<Socket>();
  /** In the order in which their requests came. */
  readonly #busy = new Set<Socket>();

  constructor(most: number) {
    this.#most = most;
  }

  come(socket: Socket): void {
    this.#idle.add(socket);
    socket.on("close", () => {
      this.#idle.delete(socket);
      this.#busy.delete(socket);
    });
    if (this.#idle.size + this.#busy.size <= this.#most) return;
    const [longest] = this.#idle.size > 1 ? this.#idle : this.#busy;
    longest?.destroy();
  }

  /** A request of it is answered from now on; false where one of its requests is being answered already, or it was ended. */
  asked(socket: Socket): boolean {
    if (!this.#idle.delete(socket)) return false;
    this.#busy.add(socket);
    return true;
  }

  answered(socket: Socket): void {
    if (this.#busy.delete(socket) && !socket.destroyed) this.#idle.add(socket);
  }
}
