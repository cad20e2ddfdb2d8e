import type { SaSpis } from "../scenario/wire.js";
import type { Association } from "./association.js";
import type { ChildSas } from "./child-sas.js";
import type { Configuration, Surroundings } from "./configuration.js";
import type { IkeMessage } from "./exchange.js";
import type { IkeSas } from "./ike-sas.js";
import type { ChildPair, Kernel } from "./kernel.js";

interface Parts {
  readonly around: Surroundings;
  readonly configuration: Configuration;
  readonly kernel: Kernel;
  readonly ikeSas: IkeSas;
  readonly children: ChildSas;
  readonly isOn: () => boolean;
  readonly spis: () => SaSpis;
  /** The IKE SA that a rekey makes. */
  readonly successor: (old: Association, sa: SaSpis) => Association;
}

/** Keeps the IKE SAs of an IKEv2 daemon that are up: liveness checks and the rekey. */
export class Upkeep {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  begins(association: Association, child: ChildPair | null): void {
    const { around, configuration, children } = this.#parts;
    association.isUp = true;
    if (child !== null) children.installs(association, child, true);
    around.clock.after(configuration.ikeLifetime * around.draws.between(0.85, 1), () =>
      this.#renews(association),
    );
    around.clock.after(configuration.check, () => this.#checks(association));
  }

  takesRekey(association: Association, message: IkeMessage, fresh: SaSpis): void {
    if (this.#parts.configuration.refuses === "ike-rekey") {
      return association.responds(message, { is: "refused" });
    }
    const asks = association.asks?.is;
    if (asks === "rekey-ike" || asks === "rekey-child" || asks === "delete-child") {
      return association.responds(message, { is: "busy" });
    }
    association.responds(message, message.content);
    this.#succeeds(association, fresh);
  }

  hasRenewed(association: Association, fresh: SaSpis): void {
    this.#succeeds(association, fresh);
    association.request({ is: "delete-ike" });
  }

  triesLater(association: Association): void {
    const { clock, draws } = this.#parts.around;
    clock.after(draws.between(5, 20), () => this.#renews(association));
  }

  #renews(association: Association): void {
    const { isOn, ikeSas, spis } = this.#parts;
    if (!isOn() || association.isClosed || ikeSas.current !== association) return;
    association.request({ is: "rekey-ike", fresh: spis() });
  }

  #succeeds(old: Association, sa: SaSpis): void {
    const fresh = this.#parts.successor(old, sa);
    this.#parts.ikeSas.add(fresh);
    this.begins(fresh, null);
    old.handsOver(fresh);
  }

  #checks(association: Association): void {
    const { around, configuration, kernel, ikeSas, isOn } = this.#parts;
    if (!isOn() || association.isClosed) return;
    const { check, product } = configuration;
    const quiet = around.clock.now - Math.max(association.lastIn, kernel.lastIn);
    const isDue = !product.checksWhenIdle || quiet >= check - 0.01;
    if (ikeSas.current === association && !association.isBusy && isDue) association.request({ is: "check" });
    around.clock.after(product.checksWhenIdle ? Math.max(1, check - Math.max(0, quiet)) : check, () =>
      this.#checks(association),
    );
  }
}
