import type { Histogram } from "prom-client";
import type { SetupOutcome } from "../../live/event.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import type { Metric } from "./metric.js";
import { processMetrics } from "./metric-process.js";
import { SETUP_DURATION, SetupCounts } from "./metric-setups.js";
import { MetricRegistry } from "./metric-registry.js";
import { metricTable } from "./metric-table.js";
import { tunnelMetrics } from "./metric-tunnels.js";

export interface ExpositionOptions {
  /** The version of ikescope. */
  readonly version: string;
  /** How many tunnels get series of their own, 0 or more. */
  readonly peerLimit: number;
}

/** A metric without its values. */
interface Described extends Pick<Metric, "name" | "help" | "labels"> {
  readonly kind: Metric["kind"] | "histogram";
}

/** Writes what is known in the text format of Prometheus. */
export class Exposition {
  readonly #metrics: MetricRegistry<LiveSnapshot>;
  readonly #setups: SetupCounts;
  readonly #durations: Histogram;

  private constructor(metrics: MetricRegistry<LiveSnapshot>, setups: SetupCounts, durations: Histogram) {
    this.#metrics = metrics;
    this.#setups = setups;
    this.#durations = durations;
  }

  /** Loads prom-client, which no other part of the command needs. */
  static async load({ version, peerLimit }: ExpositionOptions): Promise<Exposition> {
    const setups = new SetupCounts();
    const metrics = await MetricRegistry.load<LiveSnapshot>([
      ...metricTable(version),
      setups.metric,
      ...(peerLimit > 0 ? tunnelMetrics(peerLimit) : []),
      ...processMetrics(),
    ]);
    const prom = await import("prom-client");
    const { name, help, buckets } = SETUP_DURATION;
    const registers = [metrics.registry];
    const durations = new prom.Histogram({ name, help, buckets: [...buckets], registers });
    return new Exposition(metrics, setups, durations);
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.#metrics.contentType;
  }

  /** All metrics, with the histogram of setups; the help says what each means. */
  described(): readonly Described[] {
    const { name, help } = SETUP_DURATION;
    return [...this.#metrics.metrics, { name, help, kind: "histogram", labels: [] }];
  }

  /** Counts a setup that ended. */
  setup(outcome: SetupOutcome): void {
    this.#setups.add(outcome);
    const { seconds } = outcome;
    // Clocks of captures can lie.
    if (seconds !== null && Number.isFinite(seconds) && seconds >= 0) this.#durations.observe(seconds);
  }

  /** All metrics as they stand in the snapshot. */
  async text(snapshot: LiveSnapshot): Promise<string> {
    return this.#metrics.text(snapshot);
  }
}
