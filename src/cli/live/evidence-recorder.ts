import { errorMessage } from "../exit.js";
import { type Message, say } from "../../texts/message.js";
import type { Address } from "../../bytes/address.js";
import type { Severity } from "../../diagnosis/severity.js";
import { liveEvidence } from "../../extract/live/evidence.js";
import { keysBetween } from "../../extract/live/frame-keeper.js";
import { Gathering } from "../../extract/live/gathering.js";
import type { LiveEvent } from "../../live/event.js";
import type { RecentFrames } from "../../live/recent-frames.js";
import { Complaint } from "./complaint.js";
import { atMost, Pause } from "./pause.js";
import type { EvidenceDir } from "./evidence-dir.js";
import { evidenceName } from "./evidence-name.js";
import { passOver } from "./pass-over.js";
import { isAtLeast } from "../../diagnosis/severity.js";

export type FindingRaised = Extract<LiveEvent, { readonly kind: "finding-raised" }>;

export interface EvidenceRecorderOptions {
  /** The interface, such as "eth0". */
  readonly interface: string;
  /** Name and version of the program. */
  readonly application: string;
  /** Findings below that are not recorded. */
  readonly severity: Severity;
  readonly say: (message: Message) => void;
  /** How long is waited for what follows a finding, milliseconds. */
  readonly waitMs?: number;
  /** The same finding of the same tunnel is not recorded again for so long, milliseconds. */
  readonly repeatMs?: number;
}

interface Job {
  readonly event: FindingRaised;
  readonly gathering: Gathering;
  /** When it is to be written, by the clock that only goes forward. */
  readonly due: number;
  isGathered: boolean;
}

/**
 * What followed a finding tells much: the next try, the answer that came late, an ICMP error. But on a busy gateway the
 * memory of packets reaches back no longer than that, so what came before is gathered at once, and the rest after the wait.
 */
const WAIT_MS = 5000;
const REPEAT_MS = 60_000;
/** Findings under way; each holds its frames, some 2 MB at most. */
const MOST_JOBS = 16;
const MOST_RECENT = 10_000;

/** Writes an evidence file for each finding that is raised. Never throws, and never keeps the capture waiting. */
export class EvidenceRecorder {
  readonly #recent: RecentFrames;
  readonly #dir: EvidenceDir;
  readonly #options: EvidenceRecorderOptions;
  readonly #trouble: Complaint;
  readonly #tooMany: Complaint;
  readonly #jobs: Job[] = [];
  /** When a finding was recorded last, by tunnel and code, the oldest first. */
  readonly #recorded = new Map<string, number>();
  #running: Promise<void> | null = null;
  #isEnding = false;
  readonly #pause = new Pause();
  #written = 0;
  #leftOut = 0;

  constructor(recent: RecentFrames, dir: EvidenceDir, options: EvidenceRecorderOptions) {
    this.#recent = recent;
    this.#dir = dir;
    this.#options = options;
    this.#trouble = new Complaint(options.say, Infinity);
    this.#tooMany = new Complaint(options.say, REPEAT_MS);
  }

  /** Files that were written, and findings for which there was no room or no disk. */
  get counts(): { readonly written: number; readonly leftOut: number } {
    return { written: this.#written, leftOut: this.#leftOut };
  }

  /** `addresses` are all that the ends of the tunnel are known by, where they are more than its two peers. */
  raised(event: FindingRaised, addresses: readonly Address[] = event.tunnel?.peers ?? []): void {
    const { finding, tunnel } = event;
    if (this.#isEnding || !isAtLeast(finding.severity, this.#options.severity)) return;
    const key = `${tunnel?.id ?? "capture"} ${finding.code}`;
    const now = performance.now();
    const last = this.#recorded.get(key);
    if (last !== undefined && now - last < (this.#options.repeatMs ?? REPEAT_MS)) return;
    if (this.#jobs.length >= MOST_JOBS) {
      this.#leftOut++;
      this.#tooMany.tell("more findings at once than evidence is written for: the first ones have theirs");
      return;
    }
    this.#remember(key, now);
    const gathering = new Gathering(this.#recent, {
      tunnels: [...(tunnel === null ? [] : [tunnel.id]), ...keysBetween(addresses)],
      addresses,
      cited: finding.evidence.map(({ frame }) => frame),
    });
    const due = now + (this.#options.waitMs ?? WAIT_MS);
    this.#jobs.push({ event, gathering, due, isGathered: false });
    this.#pause.cutShort();
    this.#run();
  }

  /** Writes what is under way, without waiting for what follows, for `graceMs` at most. */
  async end(graceMs: number): Promise<void> {
    this.#isEnding = true;
    this.#pause.cutShort();
    if (this.#running !== null) await atMost(graceMs, this.#running);
    this.#leftOut += this.#jobs.splice(0).length;
  }

  #remember(key: string, now: number): void {
    this.#recorded.delete(key);
    this.#recorded.set(key, now);
    if (this.#recorded.size <= MOST_RECENT) return;
    const [oldest] = this.#recorded.keys();
    if (oldest !== undefined) this.#recorded.delete(oldest);
  }

  #run(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
      if (this.#jobs.length > 0) this.#run();
    });
  }

  async #work(): Promise<void> {
    for (let [first] = this.#jobs; first !== undefined; [first] = this.#jobs) {
      const fresh = this.#jobs.find(({ isGathered }) => !isGathered);
      if (fresh !== undefined) {
        fresh.isGathered = true;
        await passOver(fresh.gathering);
        continue;
      }
      const wait = first.due - performance.now();
      if (wait > 0 && !this.#isEnding) {
        await this.#pause.wait(wait);
        continue;
      }
      await passOver(first.gathering);
      await this.#write(first);
      if (this.#jobs[0] === first) this.#jobs.shift();
    }
  }

  async #write({ event, gathering }: Job): Promise<void> {
    const { finding, tunnel, time } = event;
    const subject = { finding, tunnel, raisedAt: time, interface: this.#options.interface };
    const pieces = [...liveEvidence(gathering.frames(), subject, this.#options.application)];
    try {
      await this.#dir.write(evidenceName(time, tunnel?.peers ?? [], finding.code), Buffer.concat(pieces));
      this.#written++;
      this.#trouble.over();
    } catch (error) {
      this.#leftOut++;
      this.#trouble.tell(say`evidence of ${finding.code} was not written: ${errorMessage(error)}`);
    }
  }
}
