import type { Counter, Gauge, Registry } from "prom-client";
import { printable } from "../../bytes/text.js";
import type { Metric, Sample } from "./metric.js";

/** A metric, and how its series are replaced by those of now. */
interface Writer<Source> {
  readonly metric: Metric<Source>;
  readonly replace: (samples: readonly Sample[]) => void;
}

/** Writes metrics in the text format of Prometheus, each read from a source when it is asked for. */
export class MetricRegistry<Source> {
  /** Others may be registered in it beside. */
  readonly registry: Registry;
  readonly #writers: readonly Writer<Source>[];

  private constructor(registry: Registry, writers: readonly Writer<Source>[]) {
    this.registry = registry;
    this.#writers = writers;
  }

  /** Loads prom-client, which no other part of the command needs. */
  static async load<Source>(metrics: readonly Metric<Source>[]): Promise<MetricRegistry<Source>> {
    const prom = await import("prom-client");
    const registry = new prom.Registry();
    const writers = metrics.map((metric): Writer<Source> => {
      const { name, help, labels: labelNames } = metric;
      const settings = { name, help, labelNames, registers: [registry] };
      switch (metric.kind) {
        case "gauge":
          return { metric, replace: gaugeWriter(metric, new prom.Gauge(settings)) };
        case "counter":
          return { metric, replace: counterWriter(metric, new prom.Counter(settings)) };
      }
    });
    return new MetricRegistry(registry, writers);
  }

  /** The media type of {@link text}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  get metrics(): readonly Metric<Source>[] {
    return this.#writers.map(({ metric }) => metric);
  }

  /** All metrics as they stand in the source. */
  async text(source: Source): Promise<string> {
    for (const { metric, replace } of this.#writers) replace(metric.read(source));
    return this.registry.metrics();
  }
}

function gaugeWriter(
  { labels: names }: Pick<Metric, "labels">,
  gauge: Gauge,
): (samples: readonly Sample[]) => void {
  return (samples) => {
    gauge.reset();
    // Without labels it would be 0 now, where nothing is known.
    if (names.length === 0) gauge.remove();
    for (const { labels, value } of samples) gauge.set(harmless(labels), value);
  };
}

/** Totals are counted elsewhere. What is lost can be found again when a packet comes late; a counter stands still then. */
function counterWriter(
  { labels: names }: Pick<Metric, "labels">,
  counter: Counter,
): (samples: readonly Sample[]) => void {
  let highest = new Map<string, Sample>();
  return (samples) => {
    const before = highest;
    highest = new Map();
    counter.reset();
    if (names.length === 0) counter.remove();
    for (const sample of samples) {
      const key = JSON.stringify(sample.labels);
      const last = before.get(key);
      const stands = last !== undefined && last.origin === sample.origin && last.value > sample.value;
      const now = stands ? last : sample;
      highest.set(key, now);
      counter.inc(harmless(now.labels), now.value);
    }
  };
}

/** The name of an interface is the user's word, and pages of metrics are read in terminals too. */
function harmless(labels: Sample["labels"]): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, printable(value)]));
}
