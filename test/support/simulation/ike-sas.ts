import type { SaSpis } from "../scenario/wire.js";
import type { Association } from "./association.js";
import type { ChildPair, Kernel } from "./kernel.js";

/** The IKE SAs of one daemon, with the Child SAs that end with them. */
export class IkeSas {
  readonly #kernel: Kernel;
  #list: Association[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** The IKE SA in use. */
  get current(): Association | undefined {
    return this.#list.findLast(({ isUp, isClosed }) => isUp && !isClosed);
  }

  get up(): readonly Association[] {
    return this.#list.filter(({ isUp, isClosed }) => isUp && !isClosed);
  }

  of(sa: SaSpis): Association | undefined {
    return this.#list.find((one) => one.sa === sa);
  }

  holding(child: ChildPair): Association | undefined {
    return this.#list.find(({ children, isClosed }) => !isClosed && children.has(child));
  }

  add(association: Association): void {
    this.#list.push(association);
  }

  closes(association: Association): void {
    association.closes();
    this.dropsChildren(association);
    this.#list = this.#list.filter((one) => one !== association || one.isUp);
  }

  dropsChildren(association: Association): void {
    for (const child of association.children) this.#kernel.removes(child);
    association.children.clear();
  }

  empties(): void {
    for (const association of this.#list) association.closes();
    this.#list = [];
  }
}
