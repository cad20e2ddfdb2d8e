import type { Endpoint, Role } from "../../../src/session/model.js";
import type { SaSpis } from "../scenario/wire.js";
import { encode, type Shape } from "./encoding.js";
import { type IkeMessage, isRefusal } from "./exchange.js";
import { onPort, type Path } from "./path.js";

/** The other daemon, as messages reach it. */
export interface Receiver {
  readonly takes: (message: IkeMessage, from: Endpoint, port: 500 | 4500) => void;
  /** Its host says that nobody listens, where it does. */
  readonly refusesPort: (port: 500 | 4500, payload: Uint8Array) => boolean;
}

/** Sends the IKE messages of one daemon: to the right port, in as many packets as they need. */
export class Post {
  receiver: Receiver | null = null;
  floats = false;
  readonly #role: Role;
  readonly #path: Path;
  readonly #shape: Shape;
  /** The other side of each IKE SA, by its port here. */
  readonly #peers = new Map<SaSpis, Map<500 | 4500, Endpoint>>();
  /** Fragments of each message that have arrived, over all attempts. */
  readonly #arrived = new Map<IkeMessage, Set<number>>();

  constructor(role: Role, path: Path, shape: Shape) {
    this.#role = role;
    this.#path = path;
    this.#shape = shape;
  }

  knows(sa: SaSpis, port: 500 | 4500): boolean {
    return this.#peers.get(sa)?.has(port) === true;
  }

  learns(sa: SaSpis, port: 500 | 4500, peer: Endpoint): void {
    const peers = this.#peers.get(sa) ?? new Map<500 | 4500, Endpoint>();
    this.#peers.set(sa, peers.set(port, peer));
  }

  /** The IKE SA that a rekey makes is of the same two. */
  inherits(old: SaSpis, fresh: SaSpis): void {
    const peers = this.#peers.get(old);
    if (peers !== undefined) this.#peers.set(fresh, new Map(peers));
  }

  forgets(): void {
    this.#peers.clear();
  }

  encodes(message: IkeMessage): readonly Uint8Array[] {
    const port = this.#portOf(message);
    return encode(message, this.#role, this.#endpoints(message.sa, port), this.#shape).map((bytes) =>
      onPort(port, bytes),
    );
  }

  transmits(message: IkeMessage, packets: readonly Uint8Array[]): void {
    const port = this.#portOf(message);
    const [, peer] = this.#endpoints(message.sa, port);
    const from =
      this.#role === "initiator" ? this.#path.outerEndpoint(port) : { address: this.#path.responder, port };
    const { request, isResponse, content } = message;
    for (const [index, payload] of packets.entries()) {
      const purpose = {
        kind: "ike",
        request,
        isResponse,
        isRefusal: isRefusal(message),
        is: content.is,
      } as const;
      const arrives = (): void => {
        if (this.receiver?.refusesPort(port, payload) === true) return;
        const parts = this.#arrived.get(message) ?? new Set();
        this.#arrived.set(message, parts.add(index));
        if (parts.size < packets.length) return;
        this.#arrived.delete(message);
        this.receiver?.takes(message, from, port);
      };
      const datagram = { from: this.#role, port, payload, purpose, arrives };
      this.#path.send(datagram, this.#role === "responder" ? peer : undefined);
    }
  }

  #portOf({ content }: IkeMessage): 500 | 4500 {
    const isFirst = content.is === "init" || content.is === "cookie" || content.is === "no-proposal";
    return isFirst || !this.floats ? 500 : 4500;
  }

  /** The addresses of this side and of the other, as this side knows them. */
  #endpoints(sa: SaSpis, port: 500 | 4500): readonly [Endpoint, Endpoint] {
    const responder = { address: this.#path.responder, port };
    return this.#role === "initiator"
      ? [this.#path.ownEndpoint(port), responder]
      : [responder, this.#peers.get(sa)?.get(port) ?? this.#path.outerEndpoint(port)];
  }
}
