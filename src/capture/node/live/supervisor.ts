import { isSameMessage, type Message, say } from "../../../texts/message.js";
import { setTimeout as sleep } from "node:timers/promises";
import { printable } from "../../../bytes/text.js";
import { type LiveCapture, LiveError } from "./live-capture.js";

/** A change in how the capture runs; `text` is one sentence, fit for a terminal. */
export interface CaptureChange {
  /**
   * started: the first capture runs. lost: it ended by itself. waiting: it cannot be begun again yet, for a reason that was
   * not told before. resumed: it runs again.
   */
  readonly kind: "started" | "lost" | "waiting" | "resumed";
  readonly text: Message;
}

/** The clock that a supervisor waits by; tests have their own. */
export interface Waiting {
  /** Milliseconds that only go up. */
  now(): number;
  /** Rejects when the signal is given meanwhile. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface Supervision {
  readonly interface: string;
  /** Begins a capture; throws LiveError where it cannot. */
  readonly open: () => Promise<LiveCapture>;
  /** Ends everything: what the running capture still holds can be read, then the captures end. */
  readonly signal: AbortSignal;
  /** Is told what happens as it happens. */
  readonly onChange: (change: CaptureChange) => void;
  readonly waiting?: Waiting;
}

const SHORTEST_MS = 1000;
const LONGEST_MS = 60_000;
/** A capture that ran for so long had no fault of its own. */
const SUCCESS_MS = 60_000;
/** How often an interface that is away is looked for. */
const LOOK_MS = 1000;

const REAL_WAITING: Waiting = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};

/**
 * Captures on one interface, one after the other: when one ends by itself the next is begun, after 1 s at first, then
 * after twice as long each time, a minute at most. An interface that is away or down is looked for each second. A fault
 * of the very first start is thrown: it is for people to mend. Each capture is closed before the next is begun, and
 * when the caller leaves the loop.
 */
export async function* superviseCaptures(supervision: Supervision): AsyncGenerator<LiveCapture, void, void> {
  const { signal, onChange, waiting = REAL_WAITING } = supervision;
  const name = printable(supervision.interface);
  const pauses = new BackOff();
  let capture: LiveCapture | null = signal.aborted ? null : await supervision.open();
  if (capture !== null)
    onChange({ kind: "started", text: say`Capturing on ${name} with ${capture.backend}.` });
  while (capture !== null) {
    const begun = waiting.now();
    yield* oneCapture(capture, signal);
    if (signal.aborted) return;
    const lost = waiting.now();
    const { text } = await capture.ending;
    if (lost - begun >= SUCCESS_MS) pauses.reset();
    const pause = pauses.next();
    onChange({
      kind: "lost",
      text: say`The capture on ${name} was lost: ${text}; it is begun again in ${seconds(pause)}.`,
    });
    capture = await resume(supervision, waiting, pauses, pause);
    if (capture === null) return;
    const away = seconds(waiting.now() - lost);
    onChange({
      kind: "resumed",
      text: say`The capture on ${name} runs again; what passed in ${away} was not seen.`,
    });
  }
}

/** A capture until the caller has read it, or until it is to end. */
async function* oneCapture(
  capture: LiveCapture,
  signal: AbortSignal,
): AsyncGenerator<LiveCapture, void, void> {
  const stop = (): void => capture.stop();
  signal.addEventListener("abort", stop);
  // The signal may have come while it was opened.
  if (signal.aborted) stop();
  try {
    yield capture;
  } finally {
    signal.removeEventListener("abort", stop);
    await capture.close();
  }
}

/** Tries until a capture runs; null when all is to end. */
async function resume(
  { open, signal, onChange, interface: name }: Supervision,
  waiting: Waiting,
  pauses: BackOff,
  firstPause: number,
): Promise<LiveCapture | null> {
  let told: Message | null = null;
  for (let pause = firstPause; ;) {
    try {
      await waiting.sleep(pause, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      const isAway = error.kind === "missing-interface" || error.kind === "interface-down";
      // Looking for an interface is no failure that should be repeated more and more rarely.
      pause = isAway ? LOOK_MS : pauses.next();
      const text = isAway
        ? error.kind === "interface-down"
          ? say`The interface ${printable(name)} is down; the capture goes on when it is back.`
          : say`The interface ${printable(name)} is gone; the capture goes on when it is back.`
        : say`The capture cannot be begun again yet: ${error.said}.`;
      if (told === null || !isSameMessage(text, told)) onChange({ kind: "waiting", text });
      told = text;
    }
  }
}

/** How long to wait before the next try. */
class BackOff {
  #next = SHORTEST_MS;

  /** Milliseconds; the one after it is twice as long. */
  next(): number {
    const pause = this.#next;
    this.#next = Math.min(LONGEST_MS, pause * 2);
    return pause;
  }

  reset(): void {
    this.#next = SHORTEST_MS;
  }
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}
