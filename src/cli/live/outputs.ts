import { type Message, say, verbatim } from "../../texts/message.js";
import type { AccountListener } from "../../live/account/account.js";
import type { LiveEngine } from "../../live/engine.js";
import type { LiveEvent, LiveListener, SetupOutcome } from "../../live/event.js";
import { RecentFrames } from "../../live/recent-frames.js";
import { FrameKeeper } from "../../extract/live/frame-keeper.js";
import { paintFor } from "../../report/paint.js";
import { UsageError, literal } from "../exit.js";
import { isSameFile } from "../outputs/destination.js";
import { VERSION } from "../version.js";
import { EvidenceDir } from "./evidence-dir.js";
import { EvidenceRecorder } from "./evidence-recorder.js";
import { EventOutput, JSON_EVENTS, textEvents } from "./event-output.js";
import { FileTarget, standardOutput, writeWithin } from "./line-target.js";
import type { LivePage } from "./live-page.js";
import { type Metrics, startMetrics } from "./metrics.js";
import { FindingHook } from "./on-finding.js";
import { publishingOf, type Publishing } from "./publish/open-publisher.js";
import { isAtLeast } from "../../diagnosis/severity.js";
import type { WatchTerms } from "./terms.js";
import { systemReason } from "../../capture/node/system-error.js";
import { complain } from "../standard-error.js";

/** ms for which a reader of an output may take nothing, when all ends, and of the final report after them. */
const GRACE = { events: 2000, report: 1000 } as const;
/** ms that a command of --on-finding has to end by itself, and once more after it is told to. */
const COMMAND_GRACE = GRACE.events / 2;
/** As files name who wrote them. */
const APPLICATION = `ikescope ${VERSION}`;

export interface OutputOptions {
  /** Says a trouble to the operator, a line without its end. */
  readonly say: (message: Message) => void;
  /** The reader of standard output went away. */
  readonly onGone: () => void;
  /** A table is on the terminal: events do not go there. */
  readonly hasTable: boolean;
}

/** Everything that is told what happens, as the terms want it. */
export class LiveOutputs implements LiveListener {
  readonly #terms: WatchTerms;
  readonly #options: OutputOptions;
  readonly #events: readonly EventOutput[];
  /** The file of --json; null where it is not given, or goes to standard output. */
  readonly #file: FileTarget | null;
  readonly #hook: FindingHook | null;
  readonly #publishing: Publishing | null;
  #recent: RecentFrames | null = null;
  #recorder: EvidenceRecorder | null = null;
  #metrics: Metrics | null = null;
  #page: LivePage | null = null;
  #engine: LiveEngine | null = null;

  constructor(terms: WatchTerms, options: OutputOptions) {
    this.#terms = terms;
    this.#options = options;
    const { severity, onFinding, publish } = terms;
    const file = terms.json?.file ?? null;
    this.#file = file === null ? null : new FileTarget(file);
    this.#events = eventOutputs(terms, this.#file, options);
    this.#publishing = publish === null ? null : publishingOf(publish, options.say);
    this.#hook =
      onFinding === null
        ? null
        : new FindingHook(onFinding, { severity, say: options.say, graceMs: COMMAND_GRACE });
  }

  /** The memory of recent frames that the capture passes; null where neither evidence nor the page wants its packets. */
  get recent(): RecentFrames | null {
    return this.#recent;
  }

  /** The listener for accounts; null where nothing is published. */
  get accountListener(): AccountListener | null {
    return this.#publishing?.publisher ?? null;
  }

  /** Opens what may fail, once there is something to tell of. Throws UsageError. */
  async open(engine: LiveEngine): Promise<void> {
    const { interface: name, evidence, metrics, page, hosts, severity, presentation } = this.#terms;
    const { say } = this.#options;
    this.#engine = engine;
    await this.#checkFile();
    await this.#publishing?.target.open();
    if (evidence !== null) {
      const dir = await EvidenceDir.open(evidence.folder, { size: evidence.size });
      this.#recorder = new EvidenceRecorder(this.#remember(engine), dir, {
        interface: name,
        application: APPLICATION,
        severity,
        say,
      });
    }
    if (page !== null) {
      // The server is loaded only if it is asked for.
      const { startLivePage } = await import("./live-page.js");
      const { PagePackets } = await import("./page-packets.js");
      const packets = new PagePackets(this.#remember(engine), APPLICATION);
      this.#page = await startLivePage(page, engine, { presentation, packets, hosts });
    }
    if (metrics === null) return;
    this.#metrics = await startMetrics(metrics.address, engine, {
      version: VERSION,
      peerLimit: metrics.peers,
      hosts,
    });
  }

  /** One memory of packets for all that want one. */
  #remember(engine: LiveEngine): RecentFrames {
    if (this.#recent !== null) return this.#recent;
    const recent = new RecentFrames();
    const keeper = new FrameKeeper(recent, (one, other) => engine.knows(one, other));
    engine.onFrame = (record) => keeper.frame(record, record.frame);
    this.#recent = recent;
    return recent;
  }

  /** Lines that tell where the metrics and the page are. */
  get places(): readonly Message[] {
    return [
      ...(this.#metrics === null ? [] : [say`metrics are at ${verbatim(this.#metrics.url)}`]),
      ...(this.#page === null ? [] : [say`the page is at ${verbatim(this.#page.url)}`]),
    ];
  }

  /** Says where the metrics and the page are, once the capture runs: before, it would stand above the reason why it cannot. */
  announce(): void {
    for (const place of this.places) this.#options.say(place);
  }

  async #checkFile(): Promise<void> {
    const { namesFile: names, publish } = this.#terms;
    const json = this.#terms.json?.file ?? null;
    if (json !== null && names !== null && (await isSameFile(json, names))) {
      throw new UsageError(say`--json ${literal(json)}: it would overwrite the names ${literal(names)}`);
    }
    const published = publish?.to.kind === "file" ? publish.to.file : null;
    for (const other of [names, json]) {
      if (published === null || other === null) continue;
      if (published === other || (await isSameFile(published, other))) {
        throw new UsageError(
          say`--publish ${literal(published)}: it would be written into ${literal(other)}`,
        );
      }
    }
    try {
      await this.#file?.check();
    } catch (error) {
      throw new UsageError(say`--json ${literal(json ?? "-")}: ${systemReason(error)}`);
    }
  }

  event(event: LiveEvent): void {
    if (isFinding(event) && !isAtLeast(event.finding.severity, this.#terms.severity)) return;
    for (const output of this.#events) output.event(event);
    this.#hook?.event(event);
    this.#publishing?.publisher.event(event);
    if (event.kind === "finding-raised") {
      const addresses = event.tunnel === null ? undefined : this.#engine?.addressesOf(event.tunnel.id);
      this.#recorder?.raised(event, addresses);
    }
  }

  setup(outcome: SetupOutcome): void {
    this.#metrics?.setup(outcome);
  }

  /** Opens files anew that were moved away. */
  reopen(): void {
    for (const output of this.#events) output.reopen();
    this.#publishing?.target.reopen();
  }

  /** Writes what waits, and ends all; resolves within ten seconds, two where they stand still, to whether the readers took everything. */
  async end(): Promise<boolean> {
    const [areTaken] = await Promise.all([
      Promise.all([
        ...this.#events.map((output) => output.end(GRACE.events)),
        this.#publishing?.target.end(GRACE.events) ?? true,
      ]),
      this.#recorder?.end(GRACE.events),
      this.#hook?.end(),
      this.#metrics?.close(),
      this.#page?.close(),
    ]);
    return areTaken.every(Boolean);
  }
}

function isFinding(
  event: LiveEvent,
): event is Extract<LiveEvent, { readonly kind: "finding-raised" | "finding-cleared" }> {
  return event.kind === "finding-raised" || event.kind === "finding-cleared";
}

function eventOutputs(
  { json, presentation }: WatchTerms,
  file: FileTarget | null,
  { say, onGone, hasTable }: OutputOptions,
): EventOutput[] {
  const outputs: EventOutput[] = [];
  if (file !== null) outputs.push(new EventOutput(file, JSON_EVENTS, { say }));
  if (json !== null && file === null)
    outputs.push(new EventOutput(standardOutput(), JSON_EVENTS, { say, onGone }));
  else if (!hasTable) {
    const isColoured = process.stdout.isTTY && !process.env["NO_COLOR"];
    outputs.push(
      new EventOutput(standardOutput(), textEvents(paintFor(isColoured), presentation), { say, onGone }),
    );
  }
  return outputs;
}

/** Writes the final report to standard output; resolves to whether its reader took it, within a second where that one stands still. */
export function finalReport(text: string): Promise<boolean> {
  return writeWithin(standardOutput(), new TextEncoder().encode(text), GRACE.report);
}

/** A line on standard error, where no table is in its way. */
export function sayOnStderr(message: Message): void {
  complain(message);
}
