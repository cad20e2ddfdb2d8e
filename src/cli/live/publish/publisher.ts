import { randomBytes } from "node:crypto";
import type { Micros } from "../../../bytes/time.js";
import type { AccountListener, CaptureStatus, TunnelAccount } from "../../../live/account/account.js";
import type { Origin, Published } from "../../../live/account/published.js";
import type { LiveEvent } from "../../../live/event.js";
import { jsonLine } from "../../../report/live/event-json.js";
import { publishedJson } from "../../../report/live/published-json.js";

/** A line that is published, and how it is called wherever it comes. */
export interface PublishedLine {
  readonly kind: string;
  /** Gateway, boot and sequence: the same each time that it is sent. */
  readonly id: string;
  readonly line: string;
}

/** Takes published lines, each at once, and never waits: what does not come through is kept or given up there. */
export interface PublishTarget {
  /** Throws UsageError where nothing will ever come through. */
  open(): Promise<void>;
  add(line: PublishedLine): void;
  /** Opens a file anew (SIGHUP). */
  reopen(): void;
  /** Hands over what waits, for so many milliseconds at most; resolves to whether all of it is handed over or kept for later. */
  end(graceMs: number): Promise<boolean>;
}

/** Numbers what a gateway tells, and hands it to a target. */
export class Publisher implements AccountListener {
  readonly #target: PublishTarget;
  readonly #gateway: string;
  readonly #labels: Origin["labels"];
  /** Distinct for each start, and in the order of the starts. */
  readonly #boot = Date.now().toString(36).padStart(9, "0") + randomBytes(3).toString("hex");
  #sequence = 0;

  constructor(target: PublishTarget, gateway: string, labels: Origin["labels"]) {
    this.#target = target;
    this.#gateway = gateway;
    this.#labels = labels;
  }

  event(event: LiveEvent): void {
    this.#publish(event);
  }

  status(status: CaptureStatus): void {
    this.#publish({ kind: "gateway-status", ...status });
  }

  accounts(accounts: readonly TunnelAccount[], time: Micros): void {
    this.#publish({ kind: "tunnel-accounts", time, accounts });
  }

  #publish(event: Published): void {
    const sequence = ++this.#sequence;
    const origin = { gateway: this.#gateway, labels: this.#labels, boot: this.#boot, sequence };
    this.#target.add({
      kind: event.kind,
      id: `${this.#gateway}:${this.#boot}:${sequence}`,
      line: jsonLine(publishedJson(event, origin)),
    });
  }
}
