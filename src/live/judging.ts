import type { Micros } from "../bytes/time.js";
import type { CaptureContext } from "../diagnosis/context.js";
import { judgeCapture } from "../diagnosis/judge.js";
import { judgementOf } from "../diagnosis/judgement-of.js";
import { judgeClients } from "./judge-clients.js";
import type { Judgement } from "../diagnosis/judgement.js";
import { NearAddresses } from "../diagnosis/near-addresses.js";
import type { CaptureRun } from "./capture-run.js";
import type { DueQueue } from "./due-queue.js";
import type { LiveListener } from "./event.js";
import type { LastLook } from "./last-look.js";
import { findingEvent } from "./finding-event.js";
import { judgeRecord } from "./judge-record.js";
import { replacedStreams, streamsBefore } from "./over.js";
import type { RaisedFinding } from "./raised.js";
import { RaisedFindings } from "./raised-findings.js";
import type { Registry } from "./registry.js";
import type { Tally } from "./tally.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** History that is over is kept for so long: what happened before has no part in a judgement any more. */
const HISTORY: Micros = 6 * 3600e6;
const PRUNE_EVERY: Micros = 300_000_000;
/** The end of the program waits so long for the last findings, at most. */
const LAST_LOOK_MS = 2_000;
/** A capture without any IPsec is worth a word after this time, not at once. */
const CAPTURE_WARM_UP: Micros = 60_000_000;

export interface JudgingParts {
  readonly due: DueQueue<TunnelRecord>;
  readonly registry: Registry;
  readonly tally: Tally;
  readonly listener: LiveListener;
  /** Milliseconds of processor time that it may take at a time. */
  readonly limit: number;
}

/** Judges tunnels that are due, and the capture itself, and tells what is news. */
export class Judging {
  readonly #parts: JudgingParts;
  readonly #near = new NearAddresses();
  readonly #ofCapture = new RaisedFindings();

  constructor(parts: JudgingParts) {
    this.#parts = parts;
  }

  /** The findings that are raised about the capture itself. */
  get ofCapture(): readonly RaisedFinding[] {
    return this.#ofCapture.active();
  }

  /** The clock was set back to `now`. */
  setBack(now: Micros): void {
    this.#ofCapture.setBack(now);
  }

  /** Judges the tunnels that are due by `now`, as far as the time allows. */
  tunnels(run: CaptureRun, now: Micros): void {
    const { due, registry, limit } = this.#parts;
    const until = performance.now() + limit;
    const again: [TunnelRecord, Micros][] = [];
    // A failure shows in messages that are unanswered, sent again or refused: tunnels with such come first.
    for (const record of due.take(now, ({ isRestless }) => isRestless)) {
      again.push([record, this.#judge(run, record, now)]);
      if (performance.now() > until) break;
    }
    for (const [record, next] of again) {
      record.nextLook = next;
      if (Number.isFinite(next) && registry.get(record.id) === record) due.add(record, next);
    }
  }

  /**
   * Judges at the end the tunnels that were to be looked at later. What it finds is raised only where it has stood for long enough, for the
   * end of a program is no failure of a tunnel.
   */
  lastLook(run: CaptureRun, now: Micros): LastLook {
    const { due, registry } = this.#parts;
    const until = performance.now() + LAST_LOOK_MS;
    for (const record of due.take(Infinity, ({ isRestless }) => isRestless)) {
      this.#judge(run, record, now);
      if (performance.now() > until) break;
    }
    return { left: due.size, waiting: [...registry.all()].flatMap(({ raised }) => raised.waiting()) };
  }

  /** Judges what is true of the capture as a whole. */
  capture(run: CaptureRun, now: Micros): void {
    run.intake.refreshTcp(now - HISTORY);
    if (now - run.began < CAPTURE_WARM_UP) return;
    const found = judgeCapture(run.context(now, () => []));
    for (const change of this.#ofCapture.update(found, now, false, true)) {
      this.#parts.listener.event(findingEvent(change, null, now));
    }
  }

  /** The judgement of one tunnel as it stands; null where nothing was heard of it since the capture began. */
  one(run: CaptureRun, record: TunnelRecord, now: Micros): Judgement | null {
    if (record.builder === null) return null;
    const context = this.#context(run, record, now);
    const { judged } = judgeClients(record.builder.build(record.id), context, this.#near);
    return judgementOf([judged], context, []);
  }

  #judge(run: CaptureRun, record: TunnelRecord, now: Micros): Micros {
    this.#parts.tally.judgements++;
    record.isNoted = false;
    if (now - record.prunedAt >= PRUNE_EVERY) prune(run, record, now);
    return judgeRecord(record, now, {
      listener: this.#parts.listener,
      near: this.#near,
      context: (one) => this.#context(run, one, now),
      began: run.began,
    });
  }

  #context(run: CaptureRun, record: TunnelRecord, now: Micros): CaptureContext {
    return run.context(now, () =>
      this.#parts.registry.neighbours
        .of(record)
        .flatMap(({ id, builder }) => (builder === null ? [] : [builder.build(id)])),
    );
  }
}

/** Lets go of what is over in a tunnel. */
function prune({ intake, streams }: CaptureRun, record: TunnelRecord, now: Micros): void {
  const { builder } = record;
  record.prunedAt = now;
  if (builder === null) return;
  intake.session.forgetBefore(builder, now - HISTORY);
  const begun = builder.ikeSas.filter(({ startSeen }) => startSeen).map(({ firstTime }) => firstTime);
  const before = streamsBefore(builder.streams, Math.max(-Infinity, ...begun));
  const over = before.size > 0 ? before : replacedStreams(builder.streams, now);
  if (over.size > 0) streams.release(builder, (stream) => over.has(stream));
}
