import type { Association } from "./association.js";
import type { Configuration, Surroundings } from "./configuration.js";
import type { IkeMessage } from "./exchange.js";
import type { IkeSas } from "./ike-sas.js";
import type { ChildPair, Kernel } from "./kernel.js";

/** Packets on their way to an old SA are still taken. */
const OLD_SA_STAYS = 3;

/** The Child SAs of an IKEv2 daemon: installed, renewed, deleted (RFC 7296 sections 1.3 and 2.8). */
export class ChildSas {
  readonly #kernel: Kernel;
  readonly #configuration: Configuration;
  readonly #around: Surroundings;
  readonly #ikeSas: IkeSas;
  readonly #isOn: () => boolean;
  /** Old Child SAs that the other side has renewed meanwhile. */
  readonly #renewedByPeer = new Map<ChildPair, ChildPair>();

  constructor(
    kernel: Kernel,
    configuration: Configuration,
    around: Surroundings,
    ikeSas: IkeSas,
    isOn: () => boolean,
  ) {
    this.#kernel = kernel;
    this.#configuration = configuration;
    this.#around = around;
    this.#ikeSas = ikeSas;
    this.#isOn = isOn;
  }

  installs(association: Association, child: ChildPair, sends: boolean): void {
    const { clock, draws } = this.#around;
    const { childLifetime } = this.#configuration;
    association.children.add(child);
    this.#kernel.takesIn(child);
    if (sends) this.#kernel.sendsTo(child);
    clock.after(childLifetime * draws.between(0.85, 1), () => this.#renews(child));
    clock.after(childLifetime * 1.2, () => this.#expires(child));
  }

  /** A new pair: each side's SPI. */
  pair(): ChildPair {
    const { draws } = this.#around;
    return { spi: { initiator: draws.spi(), responder: draws.spi() } };
  }

  takesRekey(association: Association, message: IkeMessage, old: ChildPair, fresh: ChildPair): void {
    if (this.#configuration.refuses === "child-rekey")
      return association.responds(message, { is: "refused" });
    if (!association.children.has(old) || association.asks?.is === "rekey-ike") {
      return association.responds(message, { is: "busy" });
    }
    this.#renewedByPeer.set(old, fresh);
    this.installs(association, fresh, this.#configuration.product.usesNewAtOnce);
    association.responds(message, message.content);
  }

  takesDelete(association: Association, message: IkeMessage, child: ChildPair): void {
    const fresh = this.#renewedByPeer.get(child);
    if (fresh !== undefined) this.#kernel.sendsTo(fresh);
    this.#kernel.stopsSendingTo(child);
    this.removesSoon(association, child);
    association.responds(message, message.content);
  }

  triesLater(association: Association, old: ChildPair): void {
    if (!association.children.has(old)) return;
    this.#around.clock.after(this.#around.draws.between(5, 20), () => this.#renews(old));
  }

  hasRenewed(association: Association, old: ChildPair, fresh: ChildPair): void {
    const theirs = this.#renewedByPeer.get(old);
    this.installs(association, fresh, true);
    if (theirs !== undefined && theirs.spi.initiator > fresh.spi.initiator) {
      this.#kernel.sendsTo(theirs);
      association.request({ is: "delete-child", child: fresh });
      return;
    }
    this.#renewedByPeer.set(old, fresh);
    association.request({ is: "delete-child", child: old });
  }

  removesSoon(association: Association, child: ChildPair): void {
    association.children.delete(child);
    this.#kernel.stopsSendingTo(child);
    this.#around.clock.after(OLD_SA_STAYS, () => this.#kernel.removes(child));
  }

  #renews(old: ChildPair): void {
    const association = this.#ikeSas.holding(old);
    if (!this.#isOn() || association === undefined || this.#renewedByPeer.has(old)) return;
    association.request({ is: "rekey-child", old, fresh: this.pair() });
  }

  /** The lifetime of a Child SA that was not renewed is over. */
  #expires(child: ChildPair): void {
    const association = this.#ikeSas.holding(child);
    if (!this.#isOn() || association === undefined) return;
    association.children.delete(child);
    this.#kernel.removes(child);
    association.request({ is: "delete-child", child });
  }
}
