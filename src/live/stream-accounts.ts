import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import type { StreamTable } from "../esp/stream-table.js";
import type { TunnelBuilder } from "../session/tunnel-builder.js";
import type { TunnelRecord } from "./tunnel-record.js";

/** A stream with fewer packets may be forged, and says nothing of a tunnel. */
const ESTABLISHED = 8;

/** A stream as it stood at the last sweep. */
interface Account {
  readonly tunnel: TunnelBuilder;
  /** Null while it has too few packets to make a tunnel known. */
  owner: TunnelRecord | null;
  readonly stream: EspStream;
  packets: number;
  bytes: number;
  lost: number;
}

/** All that the streams carried, since the program began. */
export interface EspTotals {
  readonly packets: number;
  readonly bytes: number;
  readonly lost: number;
}

/** The listener of a sweep. */
export interface SweepWatch {
  /** A stream carries traffic between peers that were not known: the tunnel is, from now on. */
  adopt(tunnel: TunnelBuilder, time: Micros): TunnelRecord;
  /** The tunnel had ESP or AH since the last sweep. */
  active(record: TunnelRecord, lastTime: Micros): void;
  /** Traffic goes both ways that went one way before. */
  bothWays(record: TunnelRecord): void;
  /** Traffic flows in one direction of the tunnel only: that of the other has ended, or never began. */
  oneWay(record: TunnelRecord): void;
}

/**
 * Which stream belongs to which tunnel, and what it carried since it was looked at last. A packet costs nothing here: the
 * counters are read at each sweep, of the streams that had packets since.
 */
export class StreamAccounts {
  readonly #table: StreamTable;
  readonly #onOver: (stream: EspStream) => void;
  readonly #accounts: (Account | undefined)[] = [];
  readonly #records = new Map<TunnelBuilder, Set<number>>();
  /** Given up by us; the table hears of many at once, for it has to index anew. */
  #over: number[] = [];
  /** Tunnels whose rate is not zero. */
  #flowing = new Set<TunnelRecord>();
  #sweptAt: Micros = -Infinity;
  readonly #totals = { packets: 0, bytes: 0, lost: 0 };
  /** Tunnels of which the table gave up the last stream of a direction: the other one alone would look like a fault. */
  readonly #halved = new Set<TunnelBuilder>();

  /** `onOver` is told of each stream that is given up, while its counters are still its own. */
  constructor(table: StreamTable, onOver: (stream: EspStream) => void) {
    this.#table = table;
    this.#onOver = onOver;
  }

  get totals(): EspTotals {
    return this.#totals;
  }

  /** Streams that are accounted for; in a table that is not full as many as there are. */
  get size(): number {
    let size = 0;
    for (const records of this.#records.values()) size += records.size;
    return size;
  }

  /** A stream began; `owner` is null where its peers said nothing else yet. */
  began(record: number, stream: EspStream, tunnel: TunnelBuilder, owner: TunnelRecord | null): void {
    this.#accounts[record] = { tunnel, owner, stream, packets: 0, bytes: 0, lost: 0 };
    const records = this.#records.get(tunnel);
    if (records === undefined) this.#records.set(tunnel, new Set([record]));
    else records.add(record);
  }

  /** The table gave these up for want of room. */
  evicted(records: readonly number[]): void {
    const evicted = new Set(records);
    this.#over = this.#over.filter((record) => !evicted.has(record));
    const gone = new Map<TunnelBuilder, Set<EspStream>>();
    for (const record of records) {
      const account = this.#forget(record);
      if (account === undefined) continue;
      const { tunnel, stream } = account;
      const streams = gone.get(tunnel);
      if (streams === undefined) gone.set(tunnel, new Set([stream]));
      else streams.add(stream);
    }
    for (const [tunnel, streams] of gone) {
      tunnel.dropStreams((stream) => streams.has(stream));
      const left = new Set(tunnel.streams.map(({ source }) => source));
      if (![...streams].some(({ source }) => !left.has(source))) continue;
      tunnel.missesStreams(streams.size);
      if (left.size > 0) this.#halved.add(tunnel);
    }
  }

  /** Gives up the streams of a tunnel that `isOver` says of, or all. */
  release(tunnel: TunnelBuilder, isOver: (stream: EspStream) => boolean): void {
    const over = [...(this.#records.get(tunnel) ?? [])].filter((record) => {
      const account = this.#accounts[record];
      return account !== undefined && isOver(account.stream);
    });
    if (over.length === 0) return;
    tunnel.dropStreams(isOver);
    for (const record of over) this.#forget(record);
    this.#over.push(...over);
  }

  #forget(record: number): Account | undefined {
    const account = this.#accounts[record];
    if (account === undefined) return undefined;
    this.#accounts[record] = undefined;
    this.#onOver(account.stream);
    const records = this.#records.get(account.tunnel);
    records?.delete(record);
    if (records?.size === 0) this.#records.delete(account.tunnel);
    return account;
  }

  /** Reads the counters of all streams that had packets since the last sweep, and the rates of their tunnels. */
  sweep(now: Micros, watch: SweepWatch): void {
    const seconds = Math.max(0.001, (now - this.#sweptAt) / 1e6);
    const before = this.#flowing;
    this.#flowing = new Set();
    for (const { directions } of before) for (const direction of directions) direction.rate = 0;
    this.#table.sweep(this.#sweptAt, (record, packets, bytes, lost, lastTime) => {
      const account = this.#accounts[record];
      if (account === undefined) return;
      const more = packets - account.packets;
      if (more === 0) return;
      const { stream } = account;
      if (account.owner === null) {
        if (packets < ESTABLISHED) return;
        account.owner = watch.adopt(account.tunnel, stream.firstTime);
      }
      const { owner } = account;
      const direction = owner.directions[owner.directionOf(stream.source)];
      const [moreBytes, moreLost] = [bytes - account.bytes, Math.max(0, lost - account.lost)];
      account.packets = packets;
      account.bytes = bytes;
      account.lost = lost;
      direction.packets += more;
      direction.bytes += moreBytes;
      direction.lost += moreLost;
      if (Number.isFinite(seconds)) direction.rate += more / seconds;
      this.#totals.packets += more;
      this.#totals.bytes += moreBytes;
      this.#totals.lost += moreLost;
      this.#flowing.add(owner);
      watch.active(owner, lastTime);
    });
    this.#sweptAt = now;
    for (const owner of this.#flowing) {
      const isOneWay = owner.directions.some(({ rate }) => rate === 0);
      const wasOneWay = owner.oneWaySince !== null;
      if (isOneWay === wasOneWay) continue;
      owner.oneWaySince = isOneWay ? now : null;
      if (isOneWay) watch.oneWay(owner);
      else watch.bothWays(owner);
    }
    for (const tunnel of this.#halved) this.release(tunnel, () => true);
    this.#halved.clear();
    this.#table.release(this.#over);
    this.#over = [];
  }
}
