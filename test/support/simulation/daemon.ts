import type { Endpoint, Role } from "../../../src/session/model.js";
import type { SaSpis } from "../scenario/wire.js";
import { Association, type Transport } from "./association.js";
import { ChildSas } from "./child-sas.js";
import type { AnyDaemon, Configuration, Surroundings } from "./configuration.js";
import type { Content, IkeMessage } from "./exchange.js";
import { IkeSas } from "./ike-sas.js";
import { keepsMapping } from "./keepalives.js";
import type { Kernel } from "./kernel.js";
import { Post } from "./post.js";
import { Setup } from "./setup.js";
import { Upkeep } from "./upkeep.js";

/** An IKEv2 daemon of one host. */
export class Daemon implements AnyDaemon {
  readonly role: Role;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  isOn = true;
  readonly post: Post;
  readonly #around: Surroundings;
  readonly #transport: Transport;
  readonly #ikeSas: IkeSas;
  readonly #children: ChildSas;
  readonly #setup: Setup;
  readonly #upkeep: Upkeep;
  #lastSent = 0;

  constructor(role: Role, kernel: Kernel, configuration: Configuration, around: Surroundings) {
    this.role = role;
    this.kernel = kernel;
    this.configuration = configuration;
    this.#around = around;
    this.post = new Post(role, around.path, around.shape);
    const isOn = (): boolean => this.isOn;
    this.#ikeSas = new IkeSas(kernel);
    kernel.hasMoved = (peer) => this.#ikeSas.up.forEach(({ sa }) => this.post.learns(sa, 4500, peer));
    this.#children = new ChildSas(kernel, configuration, around, this.#ikeSas, isOn);
    this.#upkeep = new Upkeep({
      around,
      configuration,
      kernel,
      ikeSas: this.#ikeSas,
      children: this.#children,
      isOn,
      spis: () => this.#spis(),
      successor: (old, sa) => {
        this.post.inherits(old.sa, sa);
        return new Association(sa, this.#transport);
      },
    });
    this.#setup = new Setup({
      around,
      configuration,
      ikeSas: this.#ikeSas,
      children: this.#children,
      opens: () => this.opens(),
      isSetUp: (association, child) => this.#upkeep.begins(association, child),
      replaces: (association) => this.#replaces(association),
    });
    this.#transport = {
      clock: around.clock,
      waits: configuration.product.waits,
      encodes: (message) => this.post.encodes(message),
      transmits: (message, packets) => {
        this.#lastSent = around.clock.now;
        this.post.transmits(message, packets);
      },
      givesUp: (association) => this.#givesUp(association),
      isOn,
    };
    if (role === "initiator" && around.path.options.isNat) {
      keepsMapping(around.clock, around.path, {
        isUp: () => this.isOn && (this.current !== undefined || this.#setup.isAsking),
        lastOut: () => Math.max(kernel.lastOut, this.#lastSent),
      });
    }
  }

  get current(): Association | undefined {
    return this.#ikeSas.current;
  }

  opens(): void {
    if (!this.isOn) return;
    const association = new Association(this.#spis(), this.#transport);
    this.#ikeSas.add(association);
    association.request({ is: "init", hasCookie: false });
  }

  /** Loses everything: the host, or the daemon with its SAs, starts anew. */
  restarts(): void {
    this.#ikeSas.empties();
    this.kernel.empties();
    this.kernel.peer = null;
    this.post.forgets();
    this.isOn = true;
    this.kernel.isOn = true;
  }

  /** The initiator goes on from another address (RFC 4555). */
  moves(address: string): void {
    if (!this.isOn || this.current === undefined) return;
    this.#around.path.moves(address);
    this.current.request({ is: "move" });
  }

  /** The host lives and says that nobody listens, or it stays silent. */
  refusesPort(port: 500 | 4500, payload: Uint8Array): boolean {
    if (this.isOn || !this.kernel.isOn || !this.configuration.saysUnreachable) return false;
    this.#around.path.portUnreachable(this.role, port, payload);
    return true;
  }

  takes(message: IkeMessage, from: Endpoint, port: 500 | 4500): void {
    if (!this.isOn) return;
    const { content, sa, isResponse } = message;
    const isFollowed = this.configuration.followsNat || content.is === "move" || content.is === "init";
    if (this.role === "responder" && (isFollowed || !this.post.knows(sa, port))) {
      this.post.learns(sa, port, from);
      if (this.kernel.peer === null || port === 4500) this.kernel.peer = from;
    }
    const known = this.#ikeSas.of(sa);
    if (isResponse) this.#takesResponse(known, message);
    else this.#takesRequest(known, message);
  }

  #takesResponse(association: Association | undefined, message: IkeMessage): void {
    const asked = association?.answered(message);
    if (association === undefined || asked === null || asked === undefined) return;
    if (!this.#setup.answered(association, asked, message.content)) {
      this.#answered(association, asked, message.content);
    }
    association.goesOn();
  }

  #answered(association: Association, asked: Content, answer: Content): void {
    const isRefused = answer.is === "refused" || answer.is === "busy";
    if (asked.is === "delete-ike") return this.#ikeSas.closes(association);
    if (asked.is === "delete-child") return this.#children.removesSoon(association, asked.child);
    if (asked.is === "rekey-child") {
      if (isRefused) return this.#children.triesLater(association, asked.old);
      return this.#children.hasRenewed(association, asked.old, asked.fresh);
    }
    if (asked.is === "rekey-ike") {
      if (isRefused) return this.#upkeep.triesLater(association);
      this.#upkeep.hasRenewed(association, asked.fresh);
    }
  }

  #takesRequest(known: Association | undefined, message: IkeMessage): void {
    const { content, sa } = message;
    if (known === undefined && content.is !== "init") return;
    const association = known ?? new Association(sa, this.#transport);
    if (!association.takes(message) || association.isClosed) return;
    if (this.#setup.takes(association, message)) return;
    switch (content.is) {
      case "rekey-child":
        return this.#children.takesRekey(association, message, content.old, content.fresh);
      case "rekey-ike":
        return this.#upkeep.takesRekey(association, message, content.fresh);
      case "delete-child":
        return this.#children.takesDelete(association, message, content.child);
      case "delete-ike":
      case "rejects":
        association.responds(message, content);
        return this.#ikeSas.closes(association);
      default:
        return association.responds(message, content);
    }
  }

  /** Older IKE SAs of the same client end: it said INITIAL_CONTACT, or they are deleted. */
  #replaces(association: Association): void {
    const { replaces } = this.configuration.product;
    if (replaces === "never") return;
    for (const old of this.#ikeSas.up) {
      if (old === association) continue;
      if (replaces === "silently") this.#ikeSas.closes(old);
      else {
        this.#ikeSas.dropsChildren(old);
        old.request({ is: "delete-ike" });
      }
    }
  }

  #spis(): SaSpis {
    const { draws } = this.#around;
    return { initiatorSpi: draws.hex(8), responderSpi: draws.hex(8), startedBy: this.role };
  }

  #givesUp(association: Association): void {
    const isOfUse = association === this.current || !association.isUp;
    this.#ikeSas.closes(association);
    const { retry } = this.configuration;
    if (retry !== null && this.role === "initiator" && isOfUse)
      this.#around.clock.after(retry, () => this.opens());
  }
}
