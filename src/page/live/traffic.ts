import { label } from "../../report/html/client/labels.js";
import { type LiveTrafficMessage, trafficAfter } from "../../report/html/live/traffic.js";
import type { TimeSpan, TrafficAnswer } from "../../report/html/traffic/data.js";
import type { TrafficSource } from "../app/traffic/traffic-view.js";

/** Access of a tunnel's traffic to the server, by the page that shows it. */
export interface TrafficPage {
  /** Has the server tell of the tunnel's ESP with all else. */
  listen(): void;
  /** A span of it by its packets. Rejects where they are not remembered. */
  closer(span: TimeSpan): Promise<LiveTrafficMessage>;
}

/** The ESP of a tunnel of a running capture: as the server tells it, and by packets where these are remembered. */
export class LiveTraffic implements TrafficSource {
  readonly #page: TrafficPage;
  #whole: TrafficAnswer | null = null;
  #isWanted = false;
  #onMore: ((whole: TrafficAnswer) => void) | null = null;
  #first: {
    readonly resolve: (whole: TrafficAnswer) => void;
    readonly reject: (reason: Error) => void;
  } | null = null;

  constructor(page: TrafficPage) {
    this.#page = page;
  }

  /** Somebody looks at it. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  readonly follow = (onMore: (whole: TrafficAnswer) => void): void => {
    this.#onMore = onMore;
  };

  async ask(span: TimeSpan | null): Promise<TrafficAnswer> {
    if (span !== null) return trafficAfter(null, await this.#page.closer(span));
    this.#isWanted = true;
    const first = new Promise<TrafficAnswer>((resolve, reject) => (this.#first = { resolve, reject }));
    this.#page.listen();
    return first;
  }

  /** The server tells all of it, or what changed. */
  told(message: LiveTrafficMessage, isWhole: boolean): void {
    // Differences say nothing without that to which they are one.
    if (this.#whole === null && !isWhole) return;
    this.#whole = trafficAfter(isWhole ? null : this.#whole, message);
    if (this.#first === null) this.#onMore?.(this.#whole);
    else this.#first.resolve(this.#whole);
    this.#first = null;
  }

  gone(): void {
    this.#first?.reject(new Error(label`The tunnel is not known any more.`));
    this.#first = null;
  }
}
