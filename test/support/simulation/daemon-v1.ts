import type { Endpoint, Role } from "../../../src/session/model.js";
import { informationalV1, mainMode, type Message, quickMode, transaction } from "../scenario/index.js";
import { SUITES } from "../scenario/suites.js";
import type { SaSpis } from "../scenario/wire.js";
import type { Configuration, Surroundings } from "./daemon.js";
import type { ChildPair, Kernel } from "./kernel.js";
import { keepsMapping } from "./keepalives.js";
import { onPort } from "./path.js";

/** A step of a phase: who sends it, and whether the other side is to answer. */
interface Step {
  readonly by: Role;
  readonly make: (sa: SaSpis, messageId: number) => Message;
  readonly isResponse: boolean;
}

const step = (by: Role, isResponse: boolean, make: Step["make"]): Step => ({ by, isResponse, make });
const [I, R] = ["initiator", "responder"] as const;

const MAIN_MODE: readonly Step[] = ([1, 2, 3, 4, 5, 6] as const).map((number) =>
  step(number % 2 === 1 ? I : R, number % 2 === 0, (sa) => mainMode(number, { sa })),
);
const XAUTH: readonly Step[] = [R, I, R, I].map((by, index) =>
  step(by, index % 2 === 1, (sa, messageId) => transaction({ sa, messageId: messageId + (index >> 1) })),
);
const QUICK_MODE: readonly Step[] = ([1, 2, 3] as const).map((number) =>
  step(number === 2 ? R : I, number === 2, (sa, messageId) => quickMode(number, { sa, messageId })),
);

const CHECKS = 5;
const CHECK_INTERVAL = 10;

/** An IKEv1 daemon of one host: main mode, XAUTH if asked for, quick mode and its rekeys, DPD (RFC 3706). */
export class DaemonV1 {
  readonly role: Role;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  isOn = true;
  other: DaemonV1 | null = null;
  readonly #around: Surroundings;
  readonly #hasXauth: boolean;
  #sa: SaSpis | null = null;
  #isUp = false;
  #lastIn = 0;
  #lastSent = 0;
  #peer: Endpoint | null = null;
  /** Steps that were taken: a repeated message is answered again, with the same bytes. */
  readonly #answers = new Map<object, () => void>();
  readonly #known = new Set<SaSpis>();

  constructor(
    role: Role,
    kernel: Kernel,
    configuration: Configuration,
    around: Surroundings,
    hasXauth: boolean,
  ) {
    this.role = role;
    this.kernel = kernel;
    this.configuration = configuration;
    this.#around = around;
    this.#hasXauth = hasXauth;
    if (role === I && around.path.options.isNat) {
      keepsMapping(around.clock, around.path, {
        isUp: () => this.isOn && this.#isUp,
        lastOut: () => Math.max(kernel.lastOut, this.#lastSent),
      });
    }
  }

  opens(): void {
    if (!this.isOn || this.role !== I) return;
    const { draws } = this.#around;
    const sa: SaSpis = { initiatorSpi: draws.hex(8), responderSpi: draws.hex(8), startedBy: this.role };
    this.#sa = sa;
    this.#known.add(sa);
    const phase1 = [...MAIN_MODE, ...(this.#hasXauth ? XAUTH : [])];
    this.#runs(phase1, sa, () => this.#quick(sa, null));
  }

  restarts(): void {
    this.#forgets();
    this.#peer = null;
    this.kernel.peer = null;
    this.isOn = true;
    this.kernel.isOn = true;
  }

  #forgets(): void {
    this.#sa = null;
    this.#isUp = false;
    this.#known.clear();
    this.#answers.clear();
    this.kernel.empties();
  }

  #quick(sa: SaSpis, old: ChildPair | null): void {
    const { clock, draws } = this.#around;
    const pair: ChildPair = { spi: { initiator: draws.spi(), responder: draws.spi() } };
    const installs = (daemon: DaemonV1): void => {
      daemon.#isUp = true;
      daemon.#sa = sa;
      daemon.kernel.takesIn(pair);
      daemon.kernel.sendsTo(pair);
      if (old !== null) clock.after(3, () => daemon.kernel.removes(old));
    };
    this.#runs(
      QUICK_MODE,
      sa,
      () => {
        if (this.other !== null) installs(this.other);
        if (old === null) {
          this.#checks(sa);
          if (this.other !== null) this.other.#checks(sa);
        } else {
          clock.after(0.5, () => this.#sends(informationalV1({ sa }), {}, false, () => undefined));
        }
      },
      () => installs(this),
    );
    const lifetime = this.configuration.childLifetime * draws.between(0.85, 1);
    clock.after(lifetime, () => {
      if (this.isOn && this.#sa === sa && this.#isUp && this.kernel.sendsIn === pair) this.#quick(sa, pair);
    });
  }

  /** The steps one behind the other; each is repeated by its sender until the next one comes. */
  #runs(steps: readonly Step[], sa: SaSpis, done: () => void, beforeLast?: () => void): void {
    const messageId = 1 + this.#around.draws.below(0xffff_fff0);
    let request: object = {};
    let before: Message | null = null;
    const take = (index: number): void => {
      const next = steps[index];
      const sender = next?.by === this.role ? this : this.other;
      if (next === undefined || sender === null) return;
      if (!next.isResponse) request = {};
      const own = request;
      const isLast = index === steps.length - 1;
      if (isLast) beforeLast?.();
      const message = next.make(sa, messageId);
      let isTaken = false;
      const arrives = (): void => {
        const receiver = sender.other;
        if (receiver === null || !receiver.isOn) return;
        if (index === 0 && steps !== QUICK_MODE) receiver.#known.add(sa);
        if (!receiver.#known.has(sa)) return;
        if (isTaken) return receiver.#answers.get(message)?.();
        isTaken = true;
        receiver.#lastIn = this.#around.clock.now;
        if (isLast) return done();
        take(index + 1);
      };
      const send = (): void => sender.#sends(message, own, next.isResponse, arrives);
      if (before !== null) sender.#answers.set(before, send);
      before = message;
      sender.#repeats(send, next.isResponse || isLast, () => isTaken, sa);
    };
    take(0);
  }

  #repeats(send: () => void, isOnce: boolean, isTaken: () => boolean, sa: SaSpis): void {
    const { clock } = this.#around;
    const { waits } = this.configuration.product;
    const attempt = (number: number): void => {
      if (!this.isOn || isTaken() || (number > 0 && this.#sa !== null && this.#sa !== sa)) return;
      const wait = waits[number];
      if (number > 0 && wait === undefined) return this.#givesUp(sa);
      send();
      if (!isOnce) clock.after(wait ?? 0, () => attempt(number + 1));
    };
    attempt(0);
  }

  #givesUp(sa: SaSpis): void {
    if (this.#sa !== null && this.#sa !== sa) return;
    this.#forgets();
    const { retry } = this.configuration;
    if (retry !== null) this.#around.clock.after(retry, () => this.opens());
  }

  #checks(sa: SaSpis): void {
    const { clock } = this.#around;
    const { check } = this.configuration;
    const looks = (): void => {
      if (!this.isOn || this.#sa !== sa) return;
      if (clock.now - Math.max(this.#lastIn, this.kernel.lastIn) < check - 0.01)
        return clock.after(check, looks);
      const series = {};
      let isAnswered = false;
      const asks = (number: number): void => {
        if (!this.isOn || isAnswered || this.#sa !== sa) return;
        if (number >= CHECKS) return this.#givesUp(sa);
        this.#sends(informationalV1({ sa }), series, false, () => {
          const other = this.other;
          if (other === null || !other.isOn || other.#sa !== sa) return;
          other.#sends(informationalV1({ sa }), series, true, () => {
            if (!this.isOn) return;
            isAnswered = true;
            this.#lastIn = clock.now;
          });
        });
        clock.after(CHECK_INTERVAL, () => asks(number + 1));
      };
      asks(0);
      clock.after(Math.max(check, CHECK_INTERVAL * CHECKS), looks);
    };
    clock.after(check, looks);
  }

  #sends(message: Message, request: object, isResponse: boolean, arrives: () => void): void {
    const { path, clock } = this.#around;
    if (!this.isOn) return;
    this.#lastSent = clock.now;
    const port = message.opens === true || !path.options.isNat ? 500 : 4500;
    const sa = message.sa;
    if (sa === undefined) return;
    const responder = { address: path.responder, port };
    const isClient = this.role === I;
    const peer = isClient
      ? responder
      : this.#peer?.port === undefined
        ? path.outerEndpoint(port)
        : this.#peerAt(port);
    const bytes = message.encode({
      sa,
      fromInitiator: isClient,
      own: isClient ? path.ownEndpoint(port) : responder,
      peer,
      agreed: SUITES[this.#around.shape.suite],
    });
    const from = path.outerEndpoint(port);
    path.send(
      {
        from: this.role,
        port,
        payload: onPort(port, bytes),
        purpose: { kind: "ike", is: "v1", request, isResponse, isRefusal: false },
        arrives: () => {
          if (isClient) this.other?.learns(from, port);
          arrives();
        },
      },
      isClient ? undefined : peer,
    );
  }

  learns(from: Endpoint, port: 500 | 4500): void {
    if (
      !this.isOn ||
      (this.#peer !== null && !this.configuration.followsNat && port === 4500 && this.kernel.peer !== null)
    )
      return;
    if (port === 4500 || !this.#around.path.options.isNat) this.kernel.peer = from;
    this.#peer = from;
  }

  #peerAt(port: 500 | 4500): Endpoint {
    const { path } = this.#around;
    return port === 4500 ? (this.kernel.peer ?? path.outerEndpoint(port)) : path.outerEndpoint(port);
  }
}
