import type { Phase } from "../../diagnosis/finding.js";
import type { SetupOutcome } from "../../live/event.js";
import { LabelSlots } from "./label-slots.js";
import type { Metric } from "./metric.js";
import { Tally } from "./tally.js";

/** In which a setup can end. */
const SETUP_PHASES: readonly Phase[] = [
  "IKE_SA_INIT",
  "IKE_INTERMEDIATE",
  "IKE_AUTH",
  "MAIN_MODE",
  "AGGRESSIVE_MODE",
  "QUICK_MODE",
  "TRANSACTION",
];
const OUTCOMES: readonly SetupOutcome["outcome"][] = ["established", "failed"];
/** Room for phases that are not in the list. */
const PHASES = 16;

/** Counts setups by how they ended. */
export class SetupCounts {
  readonly #phases = new LabelSlots(PHASES);
  readonly #tally = new Tally();

  /** All counts are there from the start with 0, or else the first failure would be no increase. */
  constructor() {
    for (const phase of SETUP_PHASES) {
      for (const outcome of OUTCOMES) {
        this.#tally.add({ outcome, phase: this.#phases.labelOf(phase) }, 0);
      }
    }
  }

  /** Counts a setup. */
  add({ outcome, phase }: SetupOutcome): void {
    this.#tally.add({ outcome, phase: this.#phases.labelOf(phase) }, 1);
  }

  /** The counts as a metric. */
  readonly metric: Metric = {
    name: "ikescope_setups_total",
    kind: "counter",
    help: "Setups of IKE SAs that ended, by outcome, and by the phase that failed, or the last one of those established.",
    labels: ["outcome", "phase"],
    read: () => this.#tally.samples(),
  };
}

/**
 * How long setups take. A path on a continent takes tens of milliseconds for each of two or three exchanges; what takes
 * seconds waited for a server behind the gateway, or for a message that was sent again (first after 0.5 to 4 s, then in
 * growing steps); after a minute most peers have given up.
 */
export const SETUP_DURATION = {
  name: "ikescope_setup_duration_seconds",
  help: "From the first message of a setup to the proof that the IKE SA is up, of those established.",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60],
} as const;
