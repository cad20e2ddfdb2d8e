import { type Message, say } from "../texts/message.js";
import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { CaptureRecord, CaptureSource } from "../capture/source.js";
import { judge } from "../diagnosis/judge.js";
import type { Judgement } from "../diagnosis/judgement.js";
import { tunnelsOfClients } from "../session/clients/tunnels-of-clients.js";
import type { KeptTunnel } from "../session/model.js";
import { Accountant } from "./account/accountant.js";
import type { CaptureRun } from "./capture-run.js";
import { CaptureRuns } from "./capture-runs.js";
import { DueQueue } from "./due-queue.js";
import type { LiveListener } from "./event.js";
import { findingEvent } from "./finding-event.js";
import { halfOpenOf } from "./half-open.js";
import { Judging } from "./judging.js";
import type { LastLook } from "./last-look.js";
import { DEFAULTS, type LiveOptions, type WholeOptions } from "./options.js";
import { Registry } from "./registry.js";
import { Regularly } from "./regularly.js";
import type { Kept, LiveSnapshot } from "./snapshot.js";
import { quietAt } from "./state.js";
import { Tally } from "./tally.js";
import { tidy } from "./tidy.js";
import { SWEEP_EVERY, trafficWatch } from "./traffic-watch.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** How often things are done that are not done with each packet. */
const EVERY = {
  sweep: SWEEP_EVERY,
  account: SWEEP_EVERY,
  judgeCapture: 15_000_000,
  tidy: 60_000_000,
} as const;
/** Packets that lie so far before what was captured last are not late: the clock was set back. */
const CLOCK_STEP: Micros = 10_000_000;

/**
 * The verdicts of the offline analysis as they become true. `take` is given what was captured, `tick` the time; in between
 * nothing is done. Work per packet does not depend on how many tunnels there are: a tunnel is judged when something
 * was filed with it, or when time alone may change its verdict.
 */
export class LiveEngine {
  readonly #options: WholeOptions;
  readonly #listener: LiveListener;
  readonly #due = new DueQueue<TunnelRecord>();
  readonly #tally = new Tally();
  readonly #registry: Registry;
  readonly #judging: Judging;
  readonly #accountant: Accountant | null;
  readonly #runs: CaptureRuns;
  #now: Micros;
  #startedAt: Micros;
  readonly #regularly = new Regularly(EVERY);
  #isCapturing = false;
  /** Called with each frame that is looked at by itself, which ESP in order is not: where evidence is kept. */
  onFrame: ((record: CaptureRecord) => void) | null = null;

  constructor({ accounts, ...options }: LiveOptions, listener: LiveListener, now: Micros) {
    this.#options = { ...DEFAULTS, ...options };
    this.#listener = listener;
    this.#now = now;
    this.#startedAt = now;
    const [due, tally] = [this.#due, this.#tally];
    const registry = new Registry({ due, tally, onGone: (record) => this.#gone(record) });
    const runs = new CaptureRuns(this.#options, registry, now);
    const { interface: name, judging: limit } = this.#options;
    this.#registry = registry;
    this.#runs = runs;
    this.#judging = new Judging({ due, registry, tally, listener, limit });
    this.#accountant =
      accounts === undefined ? null : new Accountant(accounts, { interface: name, runs, registry });
  }

  /** The buffer that the source is to read into, so that its ESP is counted fast; another one after each {@link begin}. */
  get chunk(): Uint8Array<ArrayBuffer> {
    return this.#run.kernel.chunk;
  }

  /** The capture time up to which everything is taken. */
  get now(): Micros {
    return this.#now;
  }

  /** Packets that were taken. */
  get packets(): number {
    return this.#runs.packets;
  }

  /** Frames of all captures before this one. */
  get framesBefore(): number {
    return this.#runs.packetsBefore;
  }

  /**
   * A capture begins, the first one or another after a gap. What is filed is filed anew: across a gap neither silence nor
   * missing numbers prove anything. Tunnels and what is raised stay known. Where `now` lies before what was, the clock was
   * set back, and all that is remembered with it.
   */
  begin(now: Micros, text: Message): void {
    if (this.#runs.hasBegun) this.#endRun(now);
    else if (now < this.#now) this.#beginBefore(now);
    this.#runs.begin();
    this.#isCapturing = true;
    this.#listener.event({ kind: "capture-started", time: now, text });
  }

  /** The capture has stopped; the time until it begins again proves nothing. */
  lost(now: Micros, text: Message): void {
    this.#isCapturing = false;
    this.#listener.event({ kind: "capture-lost", time: now, text });
  }

  /** Packets were lost before they were read: the number since the capture began, null where it is not known. */
  dropped(dropped: number | null): void {
    const more = (dropped ?? 0) - (this.#run.dropped ?? 0);
    this.#run.noteDrops(dropped, this.#now);
    if (more <= 0) return;
    const text = say`${more} packets were lost before they were read: a larger --buffer or a narrower --filter helps`;
    this.#listener.event({ kind: "capture-dropped", time: this.#now, dropped: more, text });
  }

  /** How much is kept: bounded by the limits, and by what is forgotten. */
  get kept(): Kept {
    const { intake, streams } = this.#run;
    return {
      tunnels: this.#registry.size,
      heard: this.#registry.heard,
      filed: intake.session.tunnels.all().length,
      due: this.#due.size,
      streams: intake.streams.size,
      accounts: streams.size,
    };
  }

  /** Whether two addresses are the ends of a tunnel that is known. */
  knows(one: Address, other: Address): boolean {
    const { tunnels } = this.#run.intake.session;
    const tunnel = tunnels.existing(one, other);
    return tunnel !== undefined && !tunnels.isStranger(tunnel);
  }

  /** All addresses that the ends of a tunnel are known by. */
  addressesOf(id: number): readonly Address[] {
    const builder = this.#registry.get(id)?.builder;
    if (builder == null) return this.#registry.get(id)?.peers ?? [];
    return builder.addresses;
  }

  /** A tunnel as it is filed now; its streams go on counting. Null where nothing was heard of it since the capture began. */
  tunnelOf(id: number): KeptTunnel | null {
    return this.#registry.get(id)?.builder?.build(id) ?? null;
  }

  /** Takes everything that the source has in memory. */
  take(source: CaptureSource): void {
    const { intake } = this.#run;
    const { record } = source;
    let last = Infinity;
    for (;;) {
      intake.skim(source);
      if (!source.next()) break;
      intake.frame(record);
      last = record.time;
      this.onFrame?.(record);
    }
    if (last < this.#now - CLOCK_STEP) {
      this.begin(last, "the time of the capture went back: what was under way is not judged");
      return;
    }
    const { lastTime } = intake.observations();
    if (lastTime !== null && lastTime > this.#now) this.#now = lastTime;
  }

  /**
   * Does what is due by `now`, the capture time: the caller knows that nothing older is still under way. Cheap where
   * nothing is due; call it several times a second.
   */
  tick(now: Micros): void {
    if (now > this.#now) this.#now = now;
    if (!this.#isCapturing) return;
    this.#run.intake.advance(this.#now);
    if (this.#regularly.isTime("sweep", this.#now)) this.#sweep();
    this.#judging.tunnels(this.#run, this.#now);
    if (this.#regularly.isTime("account", this.#now)) this.#accountant?.tell(this.#now, true, false);
    if (this.#regularly.isTime("judgeCapture", this.#now)) this.#judging.capture(this.#run, this.#now);
    if (this.#regularly.isTime("tidy", this.#now)) {
      tidy(this.#run.intake.session.tunnels, this.#registry, this.#now, this.#options);
    }
  }

  /** Tells the accounts of all tunnels that anything was heard of since they were told last: before a capture ends. */
  accountForAll(): void {
    this.#accountant?.tell(this.#now, this.#isCapturing, true);
  }

  /** Judges the tunnels that were to be looked at later, before a capture ends, so that what the last report finds is known. */
  lastLook(): LastLook {
    return this.#judging.lastLook(this.#run, this.#now);
  }

  snapshot(): LiveSnapshot {
    return {
      time: this.#now,
      startedAt: this.#startedAt,
      interface: this.#options.interface,
      capturing: this.#isCapturing,
      tunnels: [...this.#registry.all()],
      strangers: this.#run.intake.session.tunnels.strangers,
      backlog: this.#due.backlog(this.#now),
      halfOpen: halfOpenOf(this.#registry.all()),
      findings: this.#judging.ofCapture,
      counts: this.#runs.counts(this.#tally),
    };
  }

  /** The judgement of one tunnel as it stands; null where nothing was heard of it since the capture began. */
  judgementOf(id: number): Judgement | null {
    const record = this.#registry.get(id);
    return record === undefined ? null : this.#judging.one(this.#run, record, this.#now);
  }

  /** Ends it, and judges all that is filed as the offline analysis does. */
  finish(): Judgement {
    this.#isCapturing = false;
    const { intake } = this.#run;
    const kept = [...this.#registry.all()].flatMap(({ id, builder }) =>
      builder === null ? [] : [builder.build(id)],
    );
    const { observations, clearFlows } = intake.finish();
    const { products } = this.#options;
    return judge({ tunnels: tunnelsOfClients(kept), clearFlows, observations }, [this.#run.file(this.#now)], {
      products,
    });
  }

  get #run(): CaptureRun {
    return this.#runs.current;
  }

  /** The packets were captured before the program began. */
  #beginBefore(now: Micros): void {
    [this.#now, this.#startedAt] = [now, now];
    this.#runs.renew(now);
  }

  #endRun(now: Micros): void {
    this.#sweep();
    this.#runs.end();
    if (now < this.#now) {
      for (const record of this.#registry.all()) record.setBack(now);
      this.#judging.setBack(now);
    }
    this.#now = now;
    this.#runs.renew(now);
    for (const record of this.#registry.all()) this.#due.add(record, quietAt(record));
  }

  #sweep(): void {
    this.#run.streams.sweep(this.#now, trafficWatch(this.#registry, this.#due, this.#now));
  }

  #gone(record: TunnelRecord): void {
    this.#accountant?.forget(record.id);
    for (const change of record.raised.clearAll("forgotten", this.#now)) {
      this.#listener.event(findingEvent(change, record, this.#now));
    }
  }
}
