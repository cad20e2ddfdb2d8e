import type { Role } from "../../../src/session/model.js";
import type { SaSpis } from "../scenario/wire.js";
import { checksPeer } from "./checks-v1.js";
import type { AnyDaemon, Configuration, Surroundings } from "./configuration.js";
import { phaseOne, quickModeBy } from "./exchanges-v1.js";
import { keepsMapping } from "./keepalives.js";
import type { ChildPair, Kernel } from "./kernel.js";
import { PartyV1 } from "./party-v1.js";
import { runs } from "./run-v1.js";

/** Packets on their way to an old SA are still taken. */
const OLD_SA_STAYS = 3;

/** An IKEv1 daemon of one host: a phase 1, Quick Mode, the rekeys of both, DPD. */
export class DaemonV1 implements AnyDaemon {
  readonly role: Role;
  readonly kernel: Kernel;
  readonly configuration: Configuration;
  readonly #around: Surroundings;
  readonly #party: PartyV1;
  #other: DaemonV1 | null = null;
  /** The IKE SA in use. */
  #sa: SaSpis | null = null;
  #isUp = false;

  constructor(role: Role, kernel: Kernel, configuration: Configuration, around: Surroundings) {
    this.role = role;
    this.kernel = kernel;
    this.configuration = configuration;
    this.#around = around;
    this.#party = new PartyV1(role, kernel, configuration, around);
    if (role === "initiator" && around.path.options.isNat) {
      keepsMapping(around.clock, around.path, {
        isUp: () => this.isOn && this.#isUp,
        lastOut: () => Math.max(kernel.lastOut, this.#party.post.lastSent),
      });
    }
  }

  get isOn(): boolean {
    return this.#party.isOn;
  }

  set isOn(isOn: boolean) {
    this.#party.isOn = isOn;
  }

  meets(other: DaemonV1): void {
    this.#other = other;
    this.#party.post.receiver = other.#party.post;
  }

  opens(): void {
    const other = this.#other;
    if (!this.isOn || this.role !== "initiator" || other === null) return;
    this.#begins((sa) => {
      for (const daemon of [this, other]) daemon.#keeps(sa);
      this.#quick(null);
    });
  }

  restarts(): void {
    this.#forgets();
    this.#party.post.forgets();
    this.isOn = true;
    this.kernel.isOn = true;
  }

  #forgets(): void {
    this.#sa = null;
    this.#isUp = false;
    this.#party.forgets();
    this.kernel.empties();
  }

  /** A phase 1 up to where Quick Mode may come. */
  #begins(done: (sa: SaSpis) => void): void {
    const { draws } = this.#around;
    const other = this.#other;
    if (other === null) return;
    const sa: SaSpis = { initiatorSpi: draws.hex(8), responderSpi: draws.hex(8), startedBy: this.role };
    this.#party.known.add(sa);
    const isOver = (): void => {
      if (other.configuration.refuses !== "xauth") return done(sa);
      other.#party.tellsBriefly(sa);
      other.#forgets();
      this.#givesUp(sa);
    };
    this.#runs(phaseOne(this.configuration.phaseOne), sa, isOver);
  }

  #runs(
    steps: Parameters<typeof runs>[0]["steps"],
    sa: SaSpis,
    done: () => void,
    beforeLast = (): void => undefined,
    isRekey = false,
  ): void {
    const other = this.#other;
    if (other === null) return;
    const [from, to] = [this.#party, other.#party];
    // A rekey that fails leaves the IKE SA as it is.
    const givesUp = (party: PartyV1): void => {
      if (!isRekey) (party === from ? this : other).#givesUp(sa);
    };
    runs({ steps, sa, from, to, around: this.#around, isRekey, beforeLast, done, givesUp });
  }

  /** Uses an IKE SA, and before its lifetime ends makes a new one; the Child SAs stay. */
  #keeps(sa: SaSpis): void {
    const { clock, draws } = this.#around;
    const { check, ikeLifetime } = this.configuration;
    const other = this.#other;
    if (other === null) return;
    this.#sa = sa;
    checksPeer({
      around: this.#around,
      sa,
      idle: check,
      own: this.#party.post,
      other: other.#party.post,
      isKnownHere: () => this.isOn && this.#sa === sa,
      isKnownThere: () => other.isOn && other.#party.known.has(sa),
      lastIn: () => Math.max(this.#party.lastIn, this.kernel.lastIn),
      hears: () => (this.#party.lastIn = clock.now),
      givesUp: () => this.#givesUp(sa),
    });
    clock.after(ikeLifetime * draws.between(0.85, 1), () => {
      if (this.role !== "initiator" || !this.isOn || this.#sa !== sa) return;
      this.#begins((fresh) => {
        for (const daemon of [this, other]) daemon.#keeps(fresh);
        this.#party.tellsBriefly(sa);
      });
    });
  }

  #quick(old: ChildPair | null): void {
    const { clock, draws } = this.#around;
    const other = this.#other;
    const sa = this.#sa;
    if (sa === null || other === null) return;
    const pair: ChildPair = { spi: { initiator: draws.spi(), responder: draws.spi() } };
    const installs = (daemon: DaemonV1): void => {
      daemon.#isUp = true;
      daemon.kernel.takesIn(pair);
      daemon.kernel.sendsTo(pair);
      if (old !== null) clock.after(OLD_SA_STAYS, () => daemon.kernel.removes(old));
      const lifetime = daemon.configuration.childLifetime * draws.between(0.85, 1);
      clock.after(lifetime, () => {
        if (daemon.isOn && daemon.#isUp && daemon.kernel.sendsIn === pair) daemon.#quick(pair);
      });
      clock.after(daemon.configuration.childLifetime * 1.2, () => daemon.#expires(pair));
    };
    const done = (): void => {
      installs(other);
      if (old !== null) clock.after(0.5, () => this.#party.tellsBriefly(sa));
    };
    this.#runs(quickModeBy(this.role), sa, done, () => installs(this), old !== null);
  }

  /** The lifetime of a Child SA that was not renewed is over: the initiator begins anew where there is a retry. */
  #expires(pair: ChildPair): void {
    const { kernel, configuration } = this;
    if (!this.isOn || kernel.sendsIn !== pair) return;
    kernel.removes(pair);
    if (this.#sa !== null) this.#party.tellsBriefly(this.#sa);
    if (configuration.retry !== null) this.#around.clock.after(configuration.retry, () => this.#quick(null));
  }

  /** A phase 1 that comes to nothing leaves the one before it alone. */
  #givesUp(sa: SaSpis): void {
    const isOfUse = this.#sa === null || this.#sa === sa;
    this.#party.known.delete(sa);
    if (!isOfUse) return;
    this.#forgets();
    const { retry } = this.configuration;
    if (retry !== null) this.#around.clock.after(retry, () => this.opens());
  }
}
