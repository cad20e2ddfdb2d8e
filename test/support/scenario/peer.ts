import type { Address } from "../../../src/bytes/address.js";
import type { Endpoint, Role } from "../../../src/session/model.js";

export interface PeerOptions {
  readonly address?: Address;
  readonly ttl?: number;
  /** The peer sits behind a translator that gives it this outer address and these ports. */
  readonly nat?: { readonly address: Address; readonly port500: number; readonly port4500: number };
  /** Which side of the translator the capture shows. */
  readonly seen?: "outside" | "inside" | "both";
  /** IKE on other ports than 500 and 4500. */
  readonly port500?: number;
}

/** A host of the story, with the state that its IP stack has. */
export interface Peer {
  readonly role: Role;
  /** Its address on the wire where the capture was taken. */
  readonly address: Address;
  /** Its address as it knows it. */
  readonly own: Address;
  ttl: number;
  readonly seesBothSides: boolean;
  lastPacket: Uint8Array | null;
  nextIdentification(): number;
  /** The source of its packets at the sniffer; `ownPlace`: before a NAT device. */
  place(port: 500 | 4500): Endpoint;
  ownEndpoint(port: 500 | 4500): Endpoint;
  /** The address and port at which others reach it. */
  outerEndpoint(port: 500 | 4500): Endpoint;
}

export class Host implements Peer {
  readonly role: Role;
  readonly own: Address;
  readonly seesBothSides: boolean;
  ttl: number;
  lastPacket: Uint8Array | null = null;
  readonly #options: PeerOptions;
  #identification: number;

  constructor(role: Role, address: Address, ttl: number, options: PeerOptions = {}) {
    this.role = role;
    this.own = options.address ?? address;
    this.ttl = options.ttl ?? ttl;
    this.seesBothSides = options.seen === "both";
    this.#options = options;
    this.#identification = role === "initiator" ? 1000 : 40_000;
  }

  get address(): Address {
    return this.place(500).address;
  }

  nextIdentification(): number {
    this.#identification = (this.#identification + 1) & 0xffff;
    return this.#identification;
  }

  place(port: 500 | 4500): Endpoint {
    return this.#options.seen === "inside" ? this.ownEndpoint(port) : this.outerEndpoint(port);
  }

  ownEndpoint(port: 500 | 4500): Endpoint {
    return { address: this.own, port: port === 500 ? (this.#options.port500 ?? 500) : 4500 };
  }

  outerEndpoint(port: 500 | 4500): Endpoint {
    const { nat } = this.#options;
    if (nat === undefined) return this.ownEndpoint(port);
    return { address: nat.address, port: port === 500 ? nat.port500 : nat.port4500 };
  }
}
