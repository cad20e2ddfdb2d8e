import type { Micros } from "../bytes/time.js";
import { EspKernel } from "../esp/kernel.js";
import { CaptureRun } from "./capture-run.js";
import type { WholeOptions } from "./options.js";
import type { Registry } from "./registry.js";
import type { LiveCounts } from "./snapshot.js";
import type { Tally } from "./tally.js";
import { Totals } from "./totals.js";

/** The captures of an engine one after another: the one that is under way, and what was counted in those before it. */
export class CaptureRuns {
  readonly #options: WholeOptions;
  readonly #registry: Registry;
  readonly #totals = new Totals();
  #current: CaptureRun;

  constructor(options: WholeOptions, registry: Registry, now: Micros) {
    this.#options = options;
    this.#registry = registry;
    this.#current = this.#newRun(now);
  }

  /** The capture that is under way, or waited for. */
  get current(): CaptureRun {
    return this.#current;
  }

  /** Whether a capture has begun at all. */
  get hasBegun(): boolean {
    return this.#totals.hasBegun;
  }

  /** Packets of all captures. */
  get packets(): number {
    return this.#totals.packetsBefore + this.#current.intake.observations().packets;
  }

  /** Packets of the captures before this one. */
  get packetsBefore(): number {
    return this.#totals.packetsBefore;
  }

  /** The capture has begun. */
  begin(): void {
    this.#totals.begin();
  }

  /** The capture has ended: what it counted is kept. */
  end(): void {
    this.#totals.end(this.#current);
  }

  /** Files what comes from `now` on anew. */
  renew(now: Micros): void {
    this.#current = this.#newRun(now);
  }

  counts(tally: Tally): LiveCounts {
    return this.#totals.counts(this.#current, tally);
  }

  #newRun(now: Micros): CaptureRun {
    const { interface: name, filter, tunnels, streams, products } = this.#options;
    const run = new CaptureRun(
      { name, filter, products },
      new EspKernel(streams),
      tunnels,
      this.#registry,
      now,
    );
    this.#registry.begin(run);
    return run;
  }
}
