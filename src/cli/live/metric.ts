import type { LiveSnapshot } from "../../live/snapshot.js";

/** One series of a metric at a moment. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Counts of another origin begin anew: the number of the tunnel that they are about. */
  readonly origin?: number;
}

/** A metric that is read when it is asked for. */
export interface Metric<Source = LiveSnapshot> {
  /** By the convention of Prometheus: base units, and "_total" behind what only grows. */
  readonly name: string;
  readonly kind: "counter" | "gauge";
  /** A sentence or two. */
  readonly help: string;
  readonly labels: readonly string[];
  /** Its series now; none where nothing is known. */
  read(source: Source): readonly Sample[];
}

/** The single series of a metric without labels. */
export function single(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}
