import type { Micros } from "../../../src/bytes/time.js";
import type { CaptureRecord, CaptureSource } from "../../../src/capture/source.js";
import { emptyRecord } from "../../../src/capture/reader.js";
import type { LiveEvent, SetupOutcome } from "../../../src/live/event.js";
import { LiveEngine } from "../../../src/live/engine.js";
import type { LiveOptions } from "../../../src/live/options.js";

/** The engine is told the time so often, as the command does. */
const TICK: Micros = 200_000;

export interface Replayed {
  readonly engine: LiveEngine;
  readonly events: readonly LiveEvent[];
  readonly setups: readonly SetupOutcome[];
  readonly lastTime: Micros;
}

export interface ReplayOptions extends Partial<LiveOptions> {
  /** The silence behind the last packet, microseconds of capture time. */
  readonly after?: Micros;
  /** Called at each tick. */
  readonly onTick?: (engine: LiveEngine, now: Micros) => void;
  /** How often the engine is told the time; a life of many hours needs no look five times a second. */
  readonly tick?: Micros;
}

/** Plays a capture through the engine by its own clock: what was captured by a moment is taken, then that moment is told. */
export async function replay(source: CaptureSource, options: ReplayOptions = {}): Promise<Replayed> {
  const records = await recordsOf(source);
  const first = records[0]?.time ?? 0;
  const events: LiveEvent[] = [];
  const setups: SetupOutcome[] = [];
  const listener = {
    event: (event: LiveEvent) => void events.push(event),
    setup: (outcome: SetupOutcome) => void setups.push(outcome),
  };
  const engine = new LiveEngine(
    { interface: "replay", streams: 4096, judging: Infinity, ...options },
    listener,
    first,
  );
  engine.begin(first, "replayed");
  const lastTime = feed(engine, records, options);
  return { engine, events, setups, lastTime };
}

/** Gives records to an engine that runs, by their clock. Returns the time of the last one. */
export function feed(
  engine: LiveEngine,
  records: readonly CaptureRecord[],
  options: ReplayOptions = {},
): Micros {
  const { after = 0, onTick, tick = TICK } = options;
  const first = records[0]?.time ?? 0;
  const lastTime = records.reduce((latest, { time }) => Math.max(latest, time), first);
  const gate = new Gate(records);
  for (let now = first; ; now += tick) {
    gate.until = now;
    engine.take(gate);
    engine.tick(now);
    onTick?.(engine, now);
    if (now >= lastTime + after) return lastTime;
  }
}

/** Gives out records that were captured up to a moment. */
class Gate implements CaptureSource {
  readonly record: CaptureRecord = emptyRecord(0);
  readonly ready = null;
  readonly readyUntil = Infinity;
  until: Micros = -Infinity;
  readonly #records: readonly CaptureRecord[];
  #at = 0;

  constructor(records: readonly CaptureRecord[]) {
    this.#records = records;
  }

  next(): boolean {
    const next = this.#records[this.#at];
    if (next === undefined || next.time > this.until) return false;
    this.#at++;
    Object.assign(this.record, next);
    return true;
  }

  fill(): Promise<boolean> {
    return Promise.resolve(false);
  }

  summaries(): [] {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** All records of a capture, with bytes of their own. */
export async function recordsOf(source: CaptureSource): Promise<CaptureRecord[]> {
  const records: CaptureRecord[] = [];
  do {
    while (source.next()) {
      const { bytes, start, end } = source.record;
      const copy = bytes.slice(start, end);
      records.push({ ...source.record, bytes: copy, start: 0, end: copy.length });
    }
  } while (await source.fill());
  await source.close();
  return records;
}
