import type { Endpoint, Role } from "../../../src/session/model.js";
import { type Message, SUITES } from "../scenario/index.js";
import type { Configuration, Surroundings } from "./configuration.js";
import type { Kernel } from "./kernel.js";
import { onPort } from "./path.js";

/** An IKEv1 message on its way. */
export interface Letter {
  readonly message: Message;
  /** The step, where it is one of an exchange that has several. */
  readonly is?: string;
  /** One object for all attempts of a request and its answer. */
  readonly request: object;
  readonly isResponse: boolean;
  readonly isRefusal?: boolean;
  readonly arrives: () => void;
}

/** Sends the IKEv1 messages of one daemon: in phase 1 from port 500, then from 4500 where NAT was found. */
export class PostV1 {
  lastSent = 0;
  /** The daemon at the other end: its post learns the address. */
  receiver: PostV1 | null = null;
  readonly isOn: () => boolean;
  readonly #role: Role;
  readonly #kernel: Kernel;
  readonly #configuration: Configuration;
  readonly #around: Surroundings;
  #peer: Endpoint | null = null;

  constructor(
    role: Role,
    kernel: Kernel,
    configuration: Configuration,
    around: Surroundings,
    isOn: () => boolean,
  ) {
    this.#role = role;
    this.#kernel = kernel;
    this.#configuration = configuration;
    this.#around = around;
    this.isOn = isOn;
  }

  forgets(): void {
    this.#peer = null;
    this.#kernel.peer = null;
  }

  sends({ message, is = "v1", request, isResponse, isRefusal = false, arrives }: Letter): void {
    const { path, clock, shape } = this.#around;
    const { sa } = message;
    if (!this.isOn() || sa === undefined) return;
    this.lastSent = clock.now;
    const port = message.opens === true || !path.options.isNat ? 500 : 4500;
    const responder = { address: path.responder, port };
    const isClient = this.#role === "initiator";
    const peer = isClient ? responder : this.#peerAt(port);
    const bytes = message.encode({
      sa,
      fromInitiator: isClient,
      own: isClient ? path.ownEndpoint(port) : responder,
      peer,
      agreed: SUITES[shape.suite],
    });
    const from = path.outerEndpoint(port);
    path.send(
      {
        from: this.#role,
        port,
        payload: onPort(port, bytes),
        purpose: { kind: "ike", is, request, isResponse, isRefusal },
        arrives: () => {
          if (isClient) this.receiver?.learns(from, port);
          arrives();
        },
      },
      isClient ? undefined : peer,
    );
  }

  learns(from: Endpoint, port: 500 | 4500): void {
    const isKept = this.#peer !== null && !this.#configuration.followsNat;
    if (!this.isOn() || (isKept && port === 4500 && this.#kernel.peer !== null)) return;
    if (port === 4500 || !this.#around.path.options.isNat) this.#kernel.peer = from;
    this.#peer = from;
  }

  #peerAt(port: 500 | 4500): Endpoint {
    const outer = this.#around.path.outerEndpoint(port);
    return this.#peer !== null && port === 4500 ? (this.#kernel.peer ?? outer) : outer;
  }
}
