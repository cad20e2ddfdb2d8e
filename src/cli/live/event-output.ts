import { errorMessage, literal } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import type { Micros } from "../../bytes/time.js";
import type { LiveEvent } from "../../live/event.js";
import { eventJson, eventsLostJson, jsonLine } from "../../report/live/event-json.js";
import { eventsLostText, eventText } from "../../report/live/event-text.js";
import type { Paint } from "../../report/paint.js";
import { PLAIN, type Presentation } from "../../report/presentation.js";
import { forTerminal } from "../outputs/charset.js";
import { Complaint } from "./complaint.js";
import { Pause, whileItGoesOn } from "./pause.js";
import { LineQueue, type QueueLimits } from "./line-queue.js";
import type { LineTarget } from "./line-target.js";

/** How events become lines. */
export interface EventFormat<Event = LiveEvent> {
  readonly event: (event: Event) => string;
  /** The line that stands for so many that were given up; null where the lines themselves show that some are missing. */
  readonly lost: ((count: number, time: Micros) => string) | null;
}

/** `--json`: NDJSON by `live-event.schema.json`. */
export const JSON_EVENTS = {
  event: (event) => jsonLine(eventJson(event)),
  lost: (count, time) => jsonLine(eventsLostJson(count, time)),
} as const satisfies EventFormat;

export function textEvents(paint: Paint, presentation: Presentation = PLAIN) {
  return {
    event: (event) => forTerminal(eventText(event, paint, presentation), presentation.texts.language),
    lost: (count, time) => eventsLostText(count, time, paint, presentation),
  } satisfies EventFormat;
}

export interface EventOutputOptions {
  /** Says a trouble to the operator, a line without its end. */
  readonly say: (message: Message) => void;
  /** Called once, when the reader went away: nothing more is written, unless the output is opened anew. */
  readonly onGone?: () => void;
  readonly limits?: QueueLimits;
  /** Milliseconds before a failed write is tried again; doubled from try to try, up to 64 times. */
  readonly retryMs?: number;
}

const LIMITS: QueueLimits = { lines: 10_000, bytes: 8 * 1024 * 1024 };
const RETRY_MS = 100;
const LONGEST_RETRY = 64;
const NEWLINE = 0x0a;

/**
 * Writes events to one place, each at once. Never blocks and never throws: where the reader is slower than the events, or the
 * disk is full, a bounded number of lines waits; the oldest of them give way, and a line in their place says how many.
 */
export class EventOutput<Event extends { readonly kind: string } = LiveEvent> {
  readonly #target: LineTarget;
  readonly #format: EventFormat<Event>;
  readonly #options: EventOutputOptions;
  readonly #queue: LineQueue;
  readonly #trouble: Complaint;
  readonly #retryMs: number;
  /** The bytes that are being written, and how far that came. */
  #batch: Uint8Array = new Uint8Array(0);
  #written = 0;
  /** Bytes that were taken since the beginning. */
  #taken = 0;
  #running: Promise<void> | null = null;
  #reopen = false;
  #isGone = false;
  #isClosed = false;
  #retries = 0;
  readonly #pause = new Pause();

  constructor(target: LineTarget, format: EventFormat<Event>, options: EventOutputOptions) {
    this.#target = target;
    this.#format = format;
    this.#options = options;
    // Packets carry the clock of this host: so do words about them.
    const { lost } = format;
    this.#queue = new LineQueue(
      options.limits ?? LIMITS,
      lost === null ? null : (count) => lost(count, Date.now() * 1000),
    );
    this.#trouble = new Complaint(options.say, Infinity);
    this.#retryMs = options.retryMs ?? RETRY_MS;
  }

  event(event: Event): void {
    if (this.#isGone || this.#isClosed) return;
    this.#queue.add(this.#format.event(event), event.kind === "ended");
    this.#run();
  }

  /** Closes the file and opens it again under its name (SIGHUP): a log that was moved away ends with a whole line. */
  reopen(): void {
    if (this.#isClosed) return;
    this.#reopen = true;
    this.#pause.cutShort();
    this.#run();
  }

  /**
   * Writes what waits, and closes; resolves to whether all of it was written. Gives up where nothing is taken for `graceMs`, and
   * after five times that.
   */
  async end(graceMs: number): Promise<boolean> {
    await whileItGoesOn(
      graceMs,
      () => this.#running,
      () => this.#taken,
    );
    const isDone = this.#running === null && this.#queue.isEmpty && !this.#isGone;
    this.#isClosed = true;
    this.#pause.cutShort();
    // A write that never comes back would keep its file open: the end of the program closes that.
    if (this.#running === null) await this.#target.close();
    return isDone;
  }

  #run(): void {
    this.#running ??= this.#write().finally(() => {
      this.#running = null;
      // Lines that came since the last look at the queue.
      if (this.#isWritable() && (this.#reopen || !this.#queue.isEmpty)) this.#run();
    });
  }

  /** Writes until nothing waits; the first write is begun before this returns. */
  async #write(): Promise<void> {
    while (this.#isWritable()) {
      try {
        if (this.#reopen) {
          await this.#openAnew();
          continue;
        }
        if (this.#written === this.#batch.length) {
          this.#batch = this.#queue.take();
          this.#written = 0;
          if (this.#batch.length === 0) return;
        }
        const taken = await this.#target.write(this.#batch.subarray(this.#written));
        this.#written += taken;
        this.#taken += taken;
        this.#retries = 0;
        this.#trouble.over();
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  #isWritable(): boolean {
    return !this.#isClosed && (!this.#isGone || this.#reopen);
  }

  async #openAnew(): Promise<void> {
    this.#reopen = false;
    if (!(await this.#target.reopen())) return;
    this.#isGone = false;
    if (this.#written === this.#batch.length) return;
    // A line that was cut by a full disk begins again in the new file.
    this.#written = this.#written === 0 ? 0 : this.#batch.lastIndexOf(NEWLINE, this.#written - 1) + 1;
  }

  async #failed(error: unknown): Promise<void> {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (this.#target.isGone(code)) {
      this.#isGone = true;
      this.#batch = new Uint8Array(0);
      this.#written = 0;
      this.#options.onGone?.();
      return;
    }
    if (code !== "EAGAIN") {
      this.#trouble.tell(
        say`events cannot be written to ${literal(this.#target.name)} (tried again): ${errorMessage(error)}`,
      );
    }
    await this.#pause.wait(this.#retryMs * Math.min(LONGEST_RETRY, 2 ** this.#retries));
    this.#retries++;
  }
}
