import { literal } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import type { Severity } from "../../diagnosis/severity.js";
import type { LiveEvent } from "../../live/event.js";
import { eventJson, jsonLine } from "../../report/live/event-json.js";
import { BoundedCommand, type CommandLimits } from "./bounded-command.js";
import { Complaint } from "./complaint.js";
import type { FindingRaised } from "./evidence-recorder.js";
import { isAtLeast } from "../../diagnosis/severity.js";

export interface HookOptions extends Partial<CommandLimits> {
  /** Findings below that are not handed on. */
  readonly severity: Severity;
  readonly say: (message: Message) => void;
  /** Runs in each minute at most. */
  readonly perMinute?: number;
  /** Length of a minute, milliseconds; shorter in tests. */
  readonly minuteMs?: number;
}

const LIMITS: CommandLimits = { limitMs: 10_000, graceMs: 2000 };
const PER_MINUTE = 10;
const MINUTE_MS = 60_000;
const QUEUE = 100;
const USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
/** Environment variables that a command gets; no secret of ours is among them. */
const PASSED_ON = ["HOME", "LANG"] as const;

/**
 * Runs a command for each finding that is raised, with the event as a line of JSON on its standard input: one at a time, not
 * too many a minute, and not for long. A finding that was cleared before its turn is not handed on. Never throws.
 */
export class FindingHook {
  readonly #command: readonly string[];
  readonly #options: HookOptions;
  readonly #failed: Complaint;
  readonly #tooMany: Complaint;
  readonly #queue: FindingRaised[] = [];
  /** When the runs of the last minute began. */
  #starts: number[] = [];
  #running: BoundedCommand | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;
  #leftOut = 0;
  #runs = 0;

  /** `command` is a program, by its path or a name that PATH leads to, and its arguments. */
  constructor(command: readonly string[], options: HookOptions) {
    this.#command = command;
    this.#options = options;
    this.#failed = new Complaint(options.say, options.minuteMs ?? MINUTE_MS);
    this.#tooMany = new Complaint(options.say, options.minuteMs ?? MINUTE_MS);
  }

  /** Times that the command was run, and findings that it was not run for as there were too many. */
  get counts(): { readonly runs: number; readonly leftOut: number } {
    return { runs: this.#runs, leftOut: this.#leftOut };
  }

  event(event: LiveEvent): void {
    if (this.#isEnding) return;
    if (event.kind === "finding-cleared") this.#forget(event.tunnel?.id, event.finding.code);
    if (event.kind !== "finding-raised" || !isAtLeast(event.finding.severity, this.#options.severity)) return;
    if (this.#queue.length >= QUEUE) {
      this.#leftOut++;
      this.#tooMany.tell(
        say`--on-finding: too many findings at once; not handed on so far: ${this.#leftOut}`,
      );
      return;
    }
    this.#queue.push(event);
    this.#next();
  }

  /** Nothing is run any more; what runs may end by itself for as long as it may after SIGTERM, and is then ended. */
  async end(): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#timer);
    this.#leftOut += this.#queue.splice(0).length;
    if (this.#leftOut > 0) this.#options.say(say`--on-finding: findings not handed on: ${this.#leftOut}`);
    const running = this.#running;
    if (running === null) return;
    const timer = setTimeout(() => running.stop(), this.#options.graceMs ?? LIMITS.graceMs);
    await running.done;
    clearTimeout(timer);
  }

  #forget(tunnel: number | undefined, code: string): void {
    const at = this.#queue.findIndex((event) => event.tunnel?.id === tunnel && event.finding.code === code);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  #next(): void {
    if (this.#running !== null || this.#isEnding || this.#queue.length === 0) return;
    const now = performance.now();
    const minute = this.#options.minuteMs ?? MINUTE_MS;
    this.#starts = this.#starts.filter((start) => now - start < minute);
    const [first] = this.#starts;
    if (first !== undefined && this.#starts.length >= (this.#options.perMinute ?? PER_MINUTE)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#next(), first + minute - now + 1);
      return;
    }
    const event = this.#queue.shift();
    if (event === undefined) return;
    this.#starts.push(now);
    void this.#run(event);
  }

  async #run(event: FindingRaised): Promise<void> {
    const { code, severity } = event.finding;
    const env = { ...surroundings(), IKESCOPE_CODE: code, IKESCOPE_SEVERITY: severity };
    this.#runs++;
    const { limitMs = LIMITS.limitMs, graceMs = LIMITS.graceMs } = this.#options;
    this.#running = new BoundedCommand(this.#command, `${jsonLine(eventJson(event))}\n`, env, {
      limitMs,
      graceMs,
    });
    const failure = await this.#running.done;
    this.#running = null;
    if (failure !== null && !this.#isEnding) {
      const { reason, lastLine } = failure;
      this.#failed.tell(
        say`--on-finding ${literal(this.#command.join(" "))}: ${reason}${lastLine === "" ? "" : say`: ${literal(lastLine)}`}`,
      );
    }
    this.#next();
  }
}

function surroundings(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { PATH: process.env["PATH"] ?? USUAL_PATH };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
