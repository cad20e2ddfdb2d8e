import type { Role } from "../../../src/session/model.js";
import type { Hosts } from "./applications.js";

export interface Exchange {
  /** Segments that the client sends, then those that it is given. */
  readonly asks: number;
  readonly gives: number;
  /** Seconds before the answer. */
  readonly thinks: number;
  readonly segment: number;
}

const HEADERS = 52;
const SYN = 60;
const WINDOW = 10;
const LEAST_RTO = 0.25;
const RETRIES = 7;
const DELAYED_ACK = 0.04;

/** One TCP connection through the tunnel: handshake, a request, the answer, the end of it. */
export class TcpConnection {
  readonly #hosts: Hosts;
  readonly #from: Role;
  readonly #exchange: Exchange;
  readonly #syn = {};
  #isOpen = false;

  constructor(hosts: Hosts, from: Role, exchange: Exchange) {
    this.#hosts = hosts;
    this.#from = from;
    this.#exchange = exchange;
  }

  opens(attempt = 0): void {
    if (this.#isOpen || attempt > 5) return;
    const isAnswered = (): void => {
      this.#packet(this.#from, HEADERS, () => undefined);
      if (this.#isOpen) return;
      this.#isOpen = true;
      this.#goesOn();
    };
    this.#packet(this.#from, SYN, () => this.#packet(this.#to, SYN, isAnswered), this.#syn);
    this.#hosts.clock.after(2 ** attempt, () => this.opens(attempt + 1));
  }

  get #to(): Role {
    return this.#from === "initiator" ? "responder" : "initiator";
  }

  #goesOn(): void {
    const { asks, gives, thinks } = this.#exchange;
    const { clock } = this.#hosts;
    this.#transfers(this.#from, asks, () =>
      clock.after(thinks, () =>
        this.#transfers(this.#to, gives, () =>
          this.#packet(this.#from, HEADERS, () =>
            this.#packet(this.#to, HEADERS, () => this.#packet(this.#from, HEADERS, () => undefined)),
          ),
        ),
      ),
    );
  }

  /** Segments from one side, acknowledged by the other, with a window that stays as it is. */
  #transfers(from: Role, total: number, done: () => void): void {
    const { clock, draws } = this.#hosts;
    const to = from === "initiator" ? "responder" : "initiator";
    const last = total === 1 ? draws.pick([200, 400, 700]) : 600;
    const came = new Set<number>();
    const segments = Array.from({ length: total }, () => ({}));
    let [next, acked, expected, repeated, attempt, timer, unacked] = [0, 0, 0, 0, 0, 0, 0];
    const segment = (index: number): void => {
      const size = index === total - 1 ? last : this.#exchange.segment;
      this.#packet(from, size, () => receives(index), segments[index]);
    };
    const acknowledges = (): void => {
      unacked = 0;
      const upTo = expected;
      this.#packet(to, HEADERS, () => isAcknowledged(upTo));
    };
    const receives = (index: number): void => {
      const isLate = index < expected;
      came.add(index);
      const before = expected;
      while (came.has(expected)) expected++;
      unacked++;
      if (isLate || before === expected || unacked >= 2 || expected === total) acknowledges();
      else clock.after(DELAYED_ACK, () => unacked > 0 && acknowledges());
      if (expected === total && before < total) done();
    };
    const isAcknowledged = (upTo: number): void => {
      if (upTo > acked) {
        acked = upTo;
        next = Math.max(next, acked);
        [repeated, attempt] = [0, 0];
        sends();
      } else if (upTo === acked && acked < next && ++repeated === 3) {
        segment(acked);
      }
    };
    const waits = (): void => {
      const own = ++timer;
      clock.after(LEAST_RTO * 2 ** attempt, () => {
        if (own !== timer || acked >= total || attempt >= RETRIES) return;
        attempt++;
        next = acked + 1;
        segment(acked);
        waits();
      });
    };
    const sends = (): void => {
      while (next < total && next - acked < WINDOW) segment(next++);
      timer++;
      if (acked < total) waits();
    };
    sends();
  }

  #packet(from: Role, size: number, arrives: () => void, attemptsOf: object | null = null): void {
    const { kernels } = this.#hosts;
    const to = from === "initiator" ? "responder" : "initiator";
    kernels[from].sends(kernels[to], size, attemptsOf ?? {}, attemptsOf !== null, arrives);
  }
}
