import type { Endpoint, Role } from "../../../src/session/model.js";
import type { SaSpis } from "../scenario/wire.js";
import { Association, type Transport } from "./association.js";
import type { Clock } from "./clock.js";
import type { Draws } from "./draws.js";
import type { Shape } from "./encoding.js";
import type { Content, IkeMessage } from "./exchange.js";
import { keepsMapping } from "./keepalives.js";
import type { ChildPair, Kernel } from "./kernel.js";
import type { Path } from "./path.js";
import { Post } from "./post.js";
import type { Product } from "./products.js";

/** The configuration of a daemon; a fault changes it. */
export interface Configuration {
  readonly product: Product;
  /** Seconds, each drawn a little shorter. */
  readonly check: number;
  readonly childLifetime: number;
  readonly ikeLifetime: number;
  readonly demandsCookie: boolean;
  /** Seconds before a failed setup is tried again; null: never. */
  readonly retry: number | null;
  /** Whether the host sends to where packets come from. */
  readonly followsNat: boolean;
  /** A fault: the step that it refuses. */
  refuses: "nothing" | "proposal" | "authentication" | "response" | "child" | "child-rekey" | "ike-rekey";
  /** Its host sends ICMP port unreachable when the daemon has ended. */
  readonly saysUnreachable: boolean;
}

/** A daemon of either version, as faults find it. */
export interface AnyDaemon {
  isOn: boolean;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  readonly opens: () => void;
  readonly restarts: () => void;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly draws: Draws;
  readonly path: Path;
  readonly shape: Shape;
}

/** Packets on their way to an old SA are still taken. */
const OLD_SA_STAYS = 3;

/** An IKEv2 daemon of one host. */
export class Daemon implements AnyDaemon {
  readonly role: Role;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  isOn = true;
  readonly post: Post;
  readonly #around: Surroundings;
  readonly #transport: Transport;
  #associations: Association[] = [];
  /** Old Child SAs that the other side has renewed meanwhile. */
  readonly #renewedByPeer = new Map<ChildPair, ChildPair>();
  #lastSent = 0;

  constructor(role: Role, kernel: Kernel, configuration: Configuration, around: Surroundings) {
    this.role = role;
    this.kernel = kernel;
    this.configuration = configuration;
    this.#around = around;
    this.post = new Post(role, around.path, around.shape);
    this.#transport = {
      clock: around.clock,
      waits: configuration.product.waits,
      encodes: (message) => this.post.encodes(message),
      transmits: (message, packets) => {
        this.#lastSent = around.clock.now;
        this.post.transmits(message, packets);
      },
      givesUp: (association) => this.#givesUp(association),
      isOn: () => this.isOn,
    };
    if (role === "initiator" && around.path.options.isNat) {
      keepsMapping(around.clock, around.path, {
        isUp: () => this.isOn && this.current !== undefined,
        lastOut: () => Math.max(kernel.lastOut, this.#lastSent),
      });
    }
  }

  /** The IKE SA in use. */
  get current(): Association | undefined {
    return this.#associations.findLast(({ isUp, isClosed }) => isUp && !isClosed);
  }

  opens(): void {
    if (!this.isOn) return;
    const { draws } = this.#around;
    const sa: SaSpis = { initiatorSpi: draws.hex(8), responderSpi: draws.hex(8), startedBy: this.role };
    const association = new Association(sa, this.#transport);
    this.#associations.push(association);
    association.request({ is: "init", hasCookie: false });
  }

  /** Loses everything: the host, or the daemon with its SAs, starts anew. */
  restarts(): void {
    for (const association of this.#associations) association.closes();
    this.#associations = [];
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
    const { is } = message.content;
    const isFollowed = this.configuration.followsNat || is === "move" || is === "init";
    if (this.role === "responder" && (isFollowed || !this.post.knows(port))) {
      this.post.learns(port, from);
      if (this.kernel.peer === null || port === 4500) this.kernel.peer = from;
    }
    const known = this.#associations.find(({ sa }) => sa === message.sa);
    if (message.isResponse) this.#takesResponse(known, message);
    else this.#takesRequest(known, message);
  }

  #takesResponse(association: Association | undefined, message: IkeMessage): void {
    const asked = association?.answered(message);
    if (association === undefined || asked === null || asked === undefined) return;
    this.#answered(association, asked, message.content);
    association.goesOn();
  }

  #answered(association: Association, asked: Content, answer: Content): void {
    const { draws } = this.#around;
    const { refuses, retry } = this.configuration;
    const again = (): void => {
      association.closes();
      if (retry !== null) this.#around.clock.after(retry, () => this.opens());
    };
    if (answer.is === "cookie") return association.restarts({ is: "init", hasCookie: true });
    if (answer.is === "no-proposal" || answer.is === "auth-refused") return again();
    if (asked.is === "init") {
      return association.request({
        is: "auth",
        child: { spi: { initiator: draws.spi(), responder: draws.spi() } },
      });
    }
    if (answer.is === "set-up") {
      if (refuses === "response") return association.request({ is: "rejects" });
      return this.#isSetUp(association, answer.child);
    }
    if (asked.is === "rejects") return again();
    if (asked.is === "delete-ike") return this.#closes(association);
    if (asked.is === "delete-child") return this.#removesSoon(association, asked.child);
    if (asked.is === "rekey-child") {
      if (answer.is === "refused" || answer.is === "busy") return this.#triesLater(association, asked.old);
      return this.#hasRenewed(association, asked.old, asked.fresh);
    }
    if (asked.is === "rekey-ike") {
      if (answer.is === "refused" || answer.is === "busy") {
        this.#around.clock.after(draws.between(5, 20), () => this.#renewsIke(association));
        return;
      }
      this.#succeeds(association, asked.fresh);
      association.request({ is: "delete-ike" });
    }
  }

  #takesRequest(known: Association | undefined, message: IkeMessage): void {
    const { content, sa } = message;
    const { refuses, demandsCookie } = this.configuration;
    if (known === undefined && content.is !== "init") return;
    const association = known ?? new Association(sa, this.#transport);
    if (!association.takes(message) || association.isClosed) return;
    if (content.is === "init") {
      if (demandsCookie && !content.hasCookie) return association.responds(message, { is: "cookie" });
      if (refuses === "proposal") return association.responds(message, { is: "no-proposal" });
      this.#associations.push(association);
      return association.responds(message, { is: "init", hasCookie: false });
    }
    switch (content.is) {
      case "auth": {
        if (refuses === "authentication") {
          association.responds(message, { is: "auth-refused" });
          return association.closes();
        }
        const child = refuses === "child" ? null : content.child;
        if (this.configuration.product.replaces) {
          for (const old of this.#associations) if (old !== association && old.isUp) this.#closes(old);
        }
        this.#isSetUp(association, child);
        return association.responds(message, { is: "set-up", child });
      }
      case "rekey-child": {
        const { old, fresh } = content;
        if (refuses === "child-rekey") return association.responds(message, { is: "refused" });
        if (!association.children.has(old) || association.asks?.is === "rekey-ike") {
          return association.responds(message, { is: "busy" });
        }
        this.#renewedByPeer.set(old, fresh);
        this.#installs(association, fresh, this.configuration.product.usesNewAtOnce);
        return association.responds(message, content);
      }
      case "rekey-ike": {
        if (refuses === "ike-rekey") return association.responds(message, { is: "refused" });
        const asks = association.asks?.is;
        if (asks === "rekey-ike" || asks === "rekey-child" || asks === "delete-child") {
          return association.responds(message, { is: "busy" });
        }
        association.responds(message, content);
        this.#succeeds(association, content.fresh);
        return;
      }
      case "delete-child": {
        const fresh = this.#renewedByPeer.get(content.child);
        if (fresh !== undefined) this.kernel.sendsTo(fresh);
        this.kernel.stopsSendingTo(content.child);
        this.#removesSoon(association, content.child);
        return association.responds(message, content);
      }
      case "delete-ike":
      case "rejects":
        association.responds(message, content);
        return this.#closes(association);
      default:
        return association.responds(message, content);
    }
  }

  #isSetUp(association: Association, child: ChildPair | null): void {
    association.isUp = true;
    const { clock, draws } = this.#around;
    const { check, ikeLifetime } = this.configuration;
    if (child !== null) this.#installs(association, child, true);
    clock.after(ikeLifetime * draws.between(0.85, 1), () => this.#renewsIke(association));
    clock.after(check, () => this.#checks(association));
  }

  #installs(association: Association, child: ChildPair, sends: boolean): void {
    const { clock, draws } = this.#around;
    association.children.add(child);
    this.kernel.takesIn(child);
    if (sends) this.kernel.sendsTo(child);
    const lifetime = this.configuration.childLifetime * draws.between(0.85, 1);
    clock.after(lifetime, () => this.#renewsChild(child));
    clock.after(this.configuration.childLifetime * 1.2, () => this.#expires(child));
  }

  #holder(child: ChildPair): Association | undefined {
    return this.#associations.find(({ children, isClosed }) => !isClosed && children.has(child));
  }

  #renewsChild(old: ChildPair): void {
    const association = this.#holder(old);
    if (!this.isOn || association === undefined || this.#renewedByPeer.has(old)) return;
    const { draws } = this.#around;
    const fresh: ChildPair = { spi: { initiator: draws.spi(), responder: draws.spi() } };
    association.request({ is: "rekey-child", old, fresh });
  }

  #triesLater(association: Association, old: ChildPair): void {
    if (!association.children.has(old)) return;
    this.#around.clock.after(this.#around.draws.between(5, 20), () => this.#renewsChild(old));
  }

  #hasRenewed(association: Association, old: ChildPair, fresh: ChildPair): void {
    const theirs = this.#renewedByPeer.get(old);
    this.#installs(association, fresh, true);
    if (theirs !== undefined && theirs.spi.initiator > fresh.spi.initiator) {
      this.kernel.sendsTo(theirs);
      association.request({ is: "delete-child", child: fresh });
      return;
    }
    this.#renewedByPeer.set(old, fresh);
    association.request({ is: "delete-child", child: old });
  }

  /** The lifetime of a Child SA that was not renewed is over. */
  #expires(child: ChildPair): void {
    const association = this.#holder(child);
    if (!this.isOn || association === undefined) return;
    association.children.delete(child);
    this.kernel.removes(child);
    association.request({ is: "delete-child", child });
  }

  #removesSoon(association: Association, child: ChildPair): void {
    association.children.delete(child);
    this.kernel.stopsSendingTo(child);
    this.#around.clock.after(OLD_SA_STAYS, () => this.kernel.removes(child));
  }

  #renewsIke(association: Association): void {
    const { draws } = this.#around;
    if (!this.isOn || association.isClosed || this.current !== association) return;
    const fresh: SaSpis = { initiatorSpi: draws.hex(8), responderSpi: draws.hex(8), startedBy: this.role };
    association.request({ is: "rekey-ike", fresh });
  }

  #succeeds(old: Association, sa: SaSpis): Association {
    const fresh = new Association(sa, this.#transport);
    this.#associations.push(fresh);
    this.#isSetUp(fresh, null);
    old.handsOver(fresh);
    return fresh;
  }

  #checks(association: Association): void {
    if (!this.isOn || association.isClosed) return;
    const { clock } = this.#around;
    const { check, product } = this.configuration;
    const last = Math.max(association.lastIn, this.kernel.lastIn);
    if (
      this.current === association &&
      !association.isBusy &&
      (!product.checksWhenIdle || clock.now - last >= check - 0.01)
    ) {
      association.request({ is: "check" });
    }
    clock.after(product.checksWhenIdle ? Math.max(1, check - Math.max(0, clock.now - last)) : check, () =>
      this.#checks(association),
    );
  }

  #closes(association: Association): void {
    association.closes();
    for (const child of association.children) this.kernel.removes(child);
    association.children.clear();
    this.#associations = this.#associations.filter((one) => one !== association || one.isUp);
  }

  #givesUp(association: Association): void {
    this.#closes(association);
    const { retry } = this.configuration;
    if (retry !== null && this.role === "initiator") this.#around.clock.after(retry, () => this.opens());
  }
}
