/** Milliseconds after the signal until which tunnels are judged. */
const JUDGING_AFTER_SIGNAL_MS = 1000;
/** Milliseconds that judging has in any case: the model of 50,000 tunnels is not made at once. */
const LEAST_JUDGING_MS = 500;

/** The effect of a signal. */
export type SignalEffect = "stop-reading" | "stop-reading-soon" | "stop-judging" | "exit";

/**
 * Which part of a command a signal ends. While a file is read, the first one ends the reading, and judging soon after. A pipe
 * ends by the same signal, so what it held is judged whole where it came to its end. A second signal ends the program, except
 * that it ends the judging of such a pipe.
 */
export class InterruptState {
  readonly #readsPipe: boolean;
  #phase: "reading" | "judging" | "over" = "reading";
  #first: number | null = null;
  #judgingSince = 0;
  #isReadingCut = false;
  #isJudgingCut = false;

  constructor(readsPipe: boolean) {
    this.#readsPipe = readsPipe;
  }

  /** A signal came; times are milliseconds of one clock. */
  signal(now: number): SignalEffect {
    if (this.#phase === "over" || this.#isJudgingCut) return "exit";
    if (this.#phase === "judging") {
      if (this.#first !== null && this.#isReadingCut) return "exit";
      this.#isJudgingCut = true;
      return "stop-judging";
    }
    if (this.#first !== null) return "exit";
    this.#first = now;
    if (this.#readsPipe) return "stop-reading-soon";
    this.#isReadingCut = true;
    return "stop-reading";
  }

  /** The pipe did not come to its end: reading ends here. */
  readingIsCut(): void {
    this.#isReadingCut = true;
  }

  /** Whether judging goes on; the first call says that it has begun. */
  judges(now: number): boolean {
    if (this.#phase === "reading") [this.#phase, this.#judgingSince] = ["judging", now];
    if (this.#isJudgingCut) return false;
    if (this.#first === null || !this.#isReadingCut) return true;
    return now < Math.max(this.#first + JUDGING_AFTER_SIGNAL_MS, this.#judgingSince + LEAST_JUDGING_MS);
  }

  /** From now on a signal ends the program at once. */
  over(): void {
    this.#phase = "over";
  }
}
