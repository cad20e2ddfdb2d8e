import type { Counter, Gauge, Histogram, Registry } from "prom-client";
import { printable } from "../../bytes/text.js";
import type { SetupOutcome } from "../../live/event.js";
import type { LiveSnapshot } from "../../live/snapshot.js";
import type { Metric, Sample } from "./metric.js";
import { processMetrics } from "./metric-process.js";
import { SETUP_DURATION, SetupCounts } from "./metric-setups.js";
import { metricTable } from "./metric-table.js";
import { tunnelMetrics } from "./metric-tunnels.js";

export interface ExpositionOptions {
  /** Of ikescope. */
  readonly version: string;
  /** How many tunnels get series of their own, 0 or more. */
  readonly peerLimit: number;
}

/** A metric without its values. */
interface Described extends Pick<Metric, "name" | "help" | "labels"> {
  readonly kind: Metric["kind"] | "histogram";
}

/** A metric, and how its series are replaced by those of now. */
interface Writer {
  readonly metric: Metric;
  readonly replace: (samples: readonly Sample[]) => void;
}

/** Writes what is known in the text format of Prometheus. */
export class Exposition {
  readonly #registry: Registry;
  readonly #setups: SetupCounts;
  readonly #durations: Histogram;
  readonly #writers: readonly Writer[];

  private constructor(
    registry: Registry,
    setups: SetupCounts,
    durations: Histogram,
    writers: readonly Writer[],
  ) {
    this.#registry = registry;
    this.#setups = setups;
    this.#durations = durations;
    this.#writers = writers;
  }

  /** Loads prom-client, which no other part of the command needs. */
  static async load({ version, peerLimit }: ExpositionOptions): Promise<Exposition> {
    const prom = await import("prom-client");
    const registry = new prom.Registry();
    const registers = [registry];
    const setups = new SetupCounts();
    const metrics = [
      ...metricTable(version),
      setups.metric,
      ...(peerLimit > 0 ? tunnelMetrics(peerLimit) : []),
      ...processMetrics(),
    ];
    const writers = metrics.map((metric): Writer => {
      const settings = { name: metric.name, help: metric.help, labelNames: metric.labels, registers };
      switch (metric.kind) {
        case "gauge":
          return gaugeWriter(metric, new prom.Gauge(settings));
        case "counter":
          return counterWriter(metric, new prom.Counter(settings));
      }
    });
    const { name, help, buckets } = SETUP_DURATION;
    const durations = new prom.Histogram({ name, help, buckets: [...buckets], registers });
    return new Exposition(registry, setups, durations, writers);
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** What there is to read, with the histogram of setups; the help says what each means. */
  described(): readonly Described[] {
    const { name, help } = SETUP_DURATION;
    return [...this.#writers.map(({ metric }) => metric), { name, help, kind: "histogram", labels: [] }];
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
    for (const { metric, replace } of this.#writers) replace(metric.read(snapshot));
    return this.#registry.metrics();
  }
}

function gaugeWriter(metric: Metric, gauge: Gauge): Writer {
  return {
    metric,
    replace: (samples) => {
      gauge.reset();
      // Without labels it would be 0 now, where nothing is known.
      if (metric.labels.length === 0) gauge.remove();
      for (const { labels, value } of samples) gauge.set(harmless(labels), value);
    },
  };
}

/** Totals are counted elsewhere. What is lost can be found again when a packet comes late; a counter stands still then. */
function counterWriter(metric: Metric, counter: Counter): Writer {
  let highest = new Map<string, Sample>();
  return {
    metric,
    replace: (samples) => {
      const before = highest;
      highest = new Map();
      counter.reset();
      if (metric.labels.length === 0) counter.remove();
      for (const sample of samples) {
        const key = JSON.stringify(sample.labels);
        const last = before.get(key);
        const stands = last !== undefined && last.origin === sample.origin && last.value > sample.value;
        const now = stands ? last : sample;
        highest.set(key, now);
        counter.inc(harmless(now.labels), now.value);
      }
    },
  };
}

/** The name of an interface is the user's word, and pages of metrics are read in terminals too. */
function harmless(labels: Sample["labels"]): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, printable(value)]));
}
