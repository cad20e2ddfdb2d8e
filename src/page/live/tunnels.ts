import type {
  LiveChangeMessage,
  LiveRow,
  LiveSnapshotMessage,
  LiveState,
} from "../../report/html/live/data.js";

/** The tunnels as they stand, from a snapshot and what changed since. */
export class LiveTunnels {
  #state: LiveState | null = null;
  readonly #rows = new Map<number, LiveRow>();
  #order: readonly number[] = [];

  /** Null before the first snapshot. */
  get state(): LiveState | null {
    return this.#state;
  }

  /** In the order of the server: the worst first. */
  get rows(): readonly LiveRow[] {
    return this.#order.flatMap((id) => this.#rows.get(id) ?? []);
  }

  /** A text that is another one once a tunnel would be judged otherwise; empty for one that is not there. */
  judgedBy(id: number): string {
    const row = this.#rows.get(id);
    return row === undefined ? "" : `${row.state} ${row.phase ?? ""} ${row.codes.join(" ")}`;
  }

  replace({ state, rows }: LiveSnapshotMessage): void {
    this.#state = state;
    this.#rows.clear();
    for (const row of rows) this.#rows.set(row.id, row);
    this.#order = rows.map(({ id }) => id);
  }

  change({ state, rows, order }: LiveChangeMessage): void {
    this.#state = state;
    for (const row of rows) this.#rows.set(row.id, row);
    if (order === null) return;
    this.#order = order;
    const kept = new Set(order);
    for (const id of this.#rows.keys()) if (!kept.has(id)) this.#rows.delete(id);
  }
}
