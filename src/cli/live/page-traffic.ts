import type { Micros } from "../../bytes/time.js";
import type { KeptTunnel } from "../../session/model.js";
import { drawnStreams } from "../../report/html/charts.js";
import { type LiveTrafficMessage, moreTraffic, wholeTraffic } from "../../report/html/live/traffic.js";
import type { TimeSpan, TrafficAnswer } from "../../report/html/traffic/data.js";
import { trafficOfStream } from "../../report/html/traffic/stream-bins.js";
import { SERIES_BINS, TrafficSeries } from "../../report/html/traffic/traffic-series.js";
import type { PageView } from "./page-files.js";
import type { PagePackets } from "./page-packets.js";

/** The finest bin of a series, microseconds: the counters of ESP are read so often. */
const BIN: Micros = 2_000_000;
/** Tunnels whose ESP is followed, and looks for which one is that no page looks at: whoever comes back finds what was there. */
const MOST_FOLLOWED = 24;
const KEPT_LOOKS = 30;
/** Bins of a closer look, and such looks at a time: each is a pass over what is remembered. */
const CLOSE_BINS = 2048;
const MOST_LOOKS = 2;

/** A tunnel whose ESP is followed. */
interface Followed {
  readonly series: TrafficSeries;
  told: TrafficAnswer;
  /** Looks since a page last wanted it. */
  unwanted: number;
}

/** A message about a tunnel, and whether it is all there is. */
export interface TrafficNews {
  readonly isWhole: boolean;
  readonly message: LiveTrafficMessage;
}

/**
 * The ESP of the tunnels that pages look at closely. What is remembered of packets begins a series of a tunnel, and from then on its
 * counters are looked at with each tick; nothing is done for others.
 */
export class PageTraffic {
  readonly #view: PageView;
  readonly #packets: PagePackets | null;
  readonly #followed = new Map<number, Followed>();
  readonly #beginning = new Map<number, Promise<Followed | null>>();
  #looks = 0;

  constructor(view: PageView, packets: PagePackets | null) {
    this.#view = view;
    this.#packets = packets;
  }

  /** All of a tunnel's ESP up to what was told last, followed from now on; null where it is not known. */
  async begin(id: number): Promise<LiveTrafficMessage | null> {
    const known = this.#followed.get(id);
    if (known !== undefined) return wholeTraffic(known.told);
    let beginning = this.#beginning.get(id);
    if (beginning === undefined) {
      beginning = this.#begin(id).finally(() => this.#beginning.delete(id));
      this.#beginning.set(id, beginning);
    }
    const begun = await beginning;
    return begun === null ? null : wholeTraffic(begun.told);
  }

  /** Looks at the counters; the news of each tunnel that is followed. `wanted`: those that a page shows. */
  look(wanted: ReadonlySet<number>): ReadonlyMap<number, TrafficNews> {
    const news = new Map<number, TrafficNews>();
    if (this.#followed.size === 0) return news;
    const { time } = this.#view.snapshot();
    for (const [id, followed] of this.#followed) {
      followed.unwanted = wanted.has(id) ? 0 : followed.unwanted + 1;
      const tunnel = this.#view.tunnelOf(id);
      if (tunnel === null || followed.unwanted > KEPT_LOOKS) {
        this.#followed.delete(id);
        continue;
      }
      followed.series.look(tunnel, time);
      const now = followed.series.answer(time);
      const more = moreTraffic(followed.told, now);
      followed.told = now;
      news.set(id, { isWhole: more === null, message: more ?? wholeTraffic(now) });
    }
    return news;
  }

  /** A span of a tunnel's ESP by its packets, as far back as these are remembered; null where none of it is. */
  async close(id: number, { from, to }: TimeSpan): Promise<TrafficAnswer | null> {
    const packets = this.#packets;
    const tunnel = this.#view.tunnelOf(id);
    const oldest = packets?.oldest ?? null;
    if (packets === null || tunnel === null || oldest === null || this.#looks >= MOST_LOOKS) return null;
    const { time, counts } = this.#view.snapshot();
    const streams = drawnStreams(tunnel);
    const first = Math.min(...streams.map(({ firstTime }) => firstTime));
    const begin = oldest > Math.max(from, first) ? oldest : from;
    const end = Math.min(to, time + 1);
    if (!(end > begin)) return null;
    const bins = { from: begin, width: Math.max(1, (end - begin) / CLOSE_BINS), count: CLOSE_BINS };
    this.#looks++;
    try {
      const counted = await packets.trafficOf(streams, this.#view.addressesOf(id), bins, counts.packets);
      return {
        from: bins.from,
        width: bins.width,
        streams: counted.map((one) => trafficOfStream(tunnel, one)),
      };
    } finally {
      this.#looks--;
    }
  }

  async #begin(id: number): Promise<Followed | null> {
    const tunnel = this.#view.tunnelOf(id);
    if (tunnel === null) return null;
    const { time, counts } = this.#view.snapshot();
    const streams = drawnStreams(tunnel);
    const from = Math.min(time, Math.max(this.#packets?.oldest ?? time, firstTimeOf(tunnel, time)));
    let width = BIN;
    while ((time - from) / width > SERIES_BINS / 2) width *= 2;
    const series = new TrafficSeries({ from, width }, tunnel);
    const bins = { from, width, count: SERIES_BINS };
    const past = await this.#packets?.trafficOf(streams, this.#view.addressesOf(id), bins, counts.packets);
    series.recall(past ?? []);
    const followed: Followed = { series, told: series.answer(time), unwanted: 0 };
    this.#followed.set(id, followed);
    if (this.#followed.size > MOST_FOLLOWED) this.#forgetOne();
    return followed;
  }

  /** The one that no page has wanted for longest. */
  #forgetOne(): void {
    const [oldest] = [...this.#followed].toSorted(([, a], [, b]) => b.unwanted - a.unwanted);
    if (oldest !== undefined) this.#followed.delete(oldest[0]);
  }
}

function firstTimeOf(tunnel: KeptTunnel, otherwise: Micros): Micros {
  const times = drawnStreams(tunnel).map(({ firstTime }) => firstTime);
  return times.length === 0 ? otherwise : Math.min(...times);
}
