import { StringDecoder } from "node:string_decoder";
import { PatientOutput } from "./patient-output.js";
import type { TerminalInput, TerminalStreams } from "./streams.js";

/** The other screen, which leaves the one of the shell as it is; no cursor; no colour left over. */
const ENTER = "\u001b[?1049h\u001b[?25l\u001b[0m\u001b[2J";
const LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";

/** Signals that end a program which does not listen to them. */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** ms after which a program that did not stop goes on. */
const NOT_STOPPED = 200;

export interface TerminalEvents {
  readonly text: (text: string) => void;
  /** Draw everything: the size is another, or something else was on the screen. */
  readonly changed: () => void;
  /** The output takes more again. */
  readonly idle: () => void;
  /** The terminal is gone. */
  readonly gone: () => void;
}

/**
 * Takes a terminal over, and gives it back as it was: when asked to, when the program is stopped for a while, when a
 * signal or an exception ends it, and at process.exit().
 */
export class Terminal {
  readonly #stdin: TerminalInput;
  readonly #stdout: TerminalStreams["stdout"];
  readonly #events: TerminalEvents;
  #output: PatientOutput | null = null;
  #wasRaw = false;
  #wasFlowing = false;
  #isWatching = false;
  #isGone = false;
  #decoder = new StringDecoder("utf8");

  constructor({ stdin, stdout }: TerminalStreams, events: TerminalEvents) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    this.#events = events;
  }

  /** Takes the terminal over. */
  enter(): void {
    this.#watch();
    this.#take();
  }

  /** Gives the terminal back; to be called as often as one likes. */
  leave(): void {
    this.#unwatch();
    this.#give();
  }

  get isBusy(): boolean {
    return this.#output?.isBusy ?? true;
  }

  write(text: string): void {
    this.#output?.write(text);
  }

  get size(): { readonly columns: number; readonly rows: number } {
    // A terminal that does not know its size says 0.
    return { columns: this.#stdout.columns || 80, rows: this.#stdout.rows || 24 };
  }

  /** Stops all programs of the job until `fg`, as Ctrl-Z does where the terminal does not take it for a key. */
  suspend(): void {
    this.#stop(0);
  }

  #take(): void {
    if (this.#output !== null) return;
    this.#output = new PatientOutput(this.#stdout, this.#events.idle, this.#onGone);
    this.#output.open();
    this.#listen();
    // Last, for this is where a terminal turns out to be gone: then all is given back.
    this.#output.write(ENTER);
  }

  #listen(): void {
    if (this.#stdin.isTTY !== true) return;
    this.#wasRaw = this.#stdin.isRaw === true;
    this.#wasFlowing = this.#stdin.readableFlowing === true;
    this.#stdin.setRawMode?.(true);
    this.#decoder = new StringDecoder("utf8");
    this.#stdin.on("data", this.#onData);
    this.#stdin.on("error", this.#onGone);
    this.#stdin.on("end", this.#onGone);
    this.#stdin.resume();
  }

  #give(): void {
    if (this.#output === null) return;
    this.#output.close(LEAVE);
    this.#output = null;
    if (this.#stdin.isTTY !== true) return;
    this.#stdin.off("data", this.#onData);
    // Else Node would go on reading, and the program would not end.
    if (!this.#wasFlowing) this.#stdin.pause();
    this.#stdin.setRawMode?.(this.#wasRaw);
    this.#stdin.off("error", this.#onGone);
    this.#stdin.off("end", this.#onGone);
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#stdout.on("resize", this.#events.changed);
    process.on("exit", this.#onExit);
    // Before the exception is printed: what is printed on the other screen is lost.
    process.on("uncaughtExceptionMonitor", this.#onExit);
    process.on("SIGTSTP", this.#onStop);
    process.on("SIGCONT", this.#onContinue);
    for (const signal of ENDING) process.on(signal, this.#onEnding);
  }

  #unwatch(): void {
    this.#isWatching = false;
    this.#stdout.off("resize", this.#events.changed);
    process.off("exit", this.#onExit);
    process.off("uncaughtExceptionMonitor", this.#onExit);
    process.off("SIGTSTP", this.#onStop);
    process.off("SIGCONT", this.#onContinue);
    for (const signal of ENDING) process.off(signal, this.#onEnding);
  }

  readonly #onData = (bytes: Buffer): void => this.#events.text(this.#decoder.write(bytes));

  /** A terminal that is gone fails in whatever is asked of it from now on, and that is no news. */
  readonly #onGone = (): void => {
    if (!this.#isGone) {
      this.#isGone = true;
      this.#stdin.on("error", () => undefined);
      this.#stdout.on("error", () => undefined);
    }
    this.#events.gone();
  };

  readonly #onExit = (): void => this.leave();

  /** Ends the display at a signal; another listener for it decides itself what the signal means. */
  readonly #onEnding = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    this.leave();
    process.kill(process.pid, signal);
  };

  readonly #onStop = (): void => this.#stop(process.pid);

  #stop(pid: number): void {
    this.#give();
    process.off("SIGTSTP", this.#onStop);
    process.kill(pid, "SIGTSTP");
    // If nobody could wake the program, the system does not stop it.
    setTimeout(() => {
      if (this.#output === null) this.#onContinue();
    }, NOT_STOPPED);
  }

  /** Also after a SIGSTOP, of which nothing was heard: the shell has set the terminal its own way since. */
  readonly #onContinue = (): void => {
    if (!this.#isWatching) return;
    if (!process.listeners("SIGTSTP").includes(this.#onStop)) process.on("SIGTSTP", this.#onStop);
    this.#give();
    this.#take();
    this.#events.changed();
  };
}
