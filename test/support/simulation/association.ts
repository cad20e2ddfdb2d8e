import type { SaSpis } from "../scenario/wire.js";
import type { Clock } from "./clock.js";
import type { Content, IkeMessage } from "./exchange.js";
import type { ChildPair } from "./kernel.js";

interface Outstanding {
  readonly message: IkeMessage;
  readonly packets: readonly Uint8Array[];
}

export interface Transport {
  readonly clock: Clock;
  readonly waits: readonly number[];
  readonly encodes: (message: IkeMessage) => readonly Uint8Array[];
  readonly transmits: (message: IkeMessage, packets: readonly Uint8Array[]) => void;
  readonly givesUp: (association: Association) => void;
  readonly isOn: () => boolean;
}

/** One IKE SA as one peer has it: one request at a time, repeated until answered, and answers that are given again. */
export class Association {
  readonly sa: SaSpis;
  readonly children = new Set<ChildPair>();
  isUp = false;
  isClosed = false;
  /** When the last message of the other side came. */
  lastIn: number;
  readonly #transport: Transport;
  #queue: Content[] = [];
  #outstanding: Outstanding | null = null;
  #nextId = 0;
  #expectedId = 0;
  #lastResponse: Outstanding | null = null;

  constructor(sa: SaSpis, transport: Transport) {
    this.sa = sa;
    this.#transport = transport;
    this.lastIn = transport.clock.now;
  }

  get asks(): Content | null {
    return this.#outstanding?.message.content ?? null;
  }

  get isBusy(): boolean {
    return this.#outstanding !== null || this.#queue.length > 0;
  }

  request(content: Content): void {
    if (this.isClosed) return;
    this.#queue.push(content);
    this.#next();
  }

  /** A request once more from Message ID 0, as after COOKIE. */
  restarts(content: Content): void {
    this.#nextId = 0;
    this.#outstanding = null;
    this.request(content);
  }

  /** Hands the queue and the Child SAs over to the next IKE SA. */
  handsOver(to: Association): void {
    for (const content of this.#queue) to.request(content);
    this.#queue = [];
    for (const child of this.children) to.children.add(child);
    this.children.clear();
  }

  closes(): void {
    this.isClosed = true;
    this.#outstanding = null;
    this.#queue = [];
  }

  /** The request that this response answers, or null where none waits for it. */
  answered(message: IkeMessage): Content | null {
    const waiting = this.#outstanding;
    if (waiting === null || waiting.message.request !== message.request || this.isClosed) return null;
    this.lastIn = this.#transport.clock.now;
    this.#outstanding = null;
    return waiting.message.content;
  }

  /** Goes on with the next request, once an answer was dealt with. */
  goesOn(): void {
    this.#next();
  }

  /** Whether this request is a new one; one that was answered is answered again. */
  takes(message: IkeMessage): boolean {
    const last = this.#lastResponse;
    this.lastIn = this.#transport.clock.now;
    if (last !== null && last.message.request === message.request) {
      this.#transport.transmits(last.message, last.packets);
      return false;
    }
    return message.id >= this.#expectedId;
  }

  responds(request: IkeMessage, content: Content): void {
    const message: IkeMessage = { ...request, isResponse: true, content };
    const packets = this.#transport.encodes(message);
    // COOKIE keeps no state.
    if (content.is !== "cookie") {
      this.#expectedId = request.id + 1;
      this.#lastResponse = { message, packets };
    }
    this.#transport.transmits(message, packets);
  }

  #next(): void {
    if (this.#outstanding !== null || this.isClosed) return;
    const content = this.#queue.shift();
    if (content === undefined) return;
    const id = this.#nextId++;
    const message: IkeMessage = { sa: this.sa, id, isResponse: false, content, request: {} };
    this.#outstanding = { message, packets: this.#transport.encodes(message) };
    this.#attempt(this.#outstanding, 0);
  }

  #attempt(outstanding: Outstanding, number: number): void {
    const { clock, waits, transmits, givesUp, isOn } = this.#transport;
    if (this.#outstanding !== outstanding || this.isClosed || !isOn()) return;
    const wait = waits[number];
    if (number > 0 && wait === undefined && number >= waits.length) {
      givesUp(this);
      return;
    }
    transmits(outstanding.message, outstanding.packets);
    clock.after(wait ?? 0, () => this.#attempt(outstanding, number + 1));
  }
}
