import type { Micros } from "../bytes/time.js";
import { exchangeName } from "../ike/registries/exchanges.js";
import { V2_FLAG } from "../ike/message.js";
import { isErrorNotify } from "../ike/registries/notify.js";
import type { EspStream } from "../esp/stream.js";
import type { Exchange } from "../session/model.js";
import type { Aside, SessionWatch } from "../session/watch.js";
import type { SeenMessage } from "../session/transmission.js";
import type { TunnelBuilder } from "../session/tunnel-builder.js";
import type { DueQueue } from "./due-queue.js";
import { Neighbours } from "./neighbours.js";
import { isSetupExchange } from "./setups.js";
import { isWorking } from "./state.js";
import type { StreamAccounts } from "./stream-accounts.js";
import type { Tally } from "./tally.js";
import { TunnelRecord } from "./tunnel-record.js";

/**
 * How soon a tunnel is judged after something was filed: where it may change, when an answer is overdue, and after an
 * exchange that changes nothing. The last is put off by the next one of its kind: what lives need not be judged, and
 * what ends in an exchange that looks alike (a delete) is, a while after it.
 */
const DUE = { soon: 300_000, unanswered: 2_500_000, routine: 45_000_000 } as const satisfies Record<
  string,
  Micros
>;

export interface RegistryOptions {
  readonly due: DueQueue<TunnelRecord>;
  readonly tally: Tally;
  /** Told of a tunnel that is given up. */
  readonly onGone: (record: TunnelRecord) => void;
}

/** The part of a capture that the registry needs; another one where the capture begins anew. */
export interface Filed {
  isStranger(tunnel: TunnelBuilder): boolean;
  /** It is one that stays. */
  settle(tunnel: TunnelBuilder): void;
  readonly streams: StreamAccounts;
}

/**
 * The tunnels that are known, by what is filed in the session. A peer that said one thing only is none: a flood of forged
 * addresses costs no more here than it does in the session.
 */
export class Registry implements SessionWatch {
  readonly neighbours = new Neighbours();
  readonly #options: RegistryOptions;
  readonly #byPeers = new Map<string, TunnelRecord>();
  readonly #byBuilder = new Map<TunnelBuilder, TunnelRecord>();
  readonly #byId = new Map<number, TunnelRecord>();
  #filed: Filed | null = null;
  #count = 0;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Tunnels that something is filed of. */
  get heard(): number {
    return this.#byBuilder.size;
  }

  all(): IterableIterator<TunnelRecord> {
    return this.#byId.values();
  }

  get(id: number): TunnelRecord | undefined {
    return this.#byId.get(id);
  }

  of(tunnel: TunnelBuilder): TunnelRecord | undefined {
    return this.#byBuilder.get(tunnel);
  }

  /** A capture begins: what is filed from now on is filed anew, the tunnels stay known. */
  begin(filed: Filed): void {
    this.#filed = filed;
    this.#byBuilder.clear();
    for (const record of this.#byId.values()) record.capturedAnew();
  }

  message(tunnel: TunnelBuilder, seen: SeenMessage, exchange: Exchange | null): void {
    const { message, sighting } = seen;
    const { header } = message;
    this.#options.tally.message(message);
    if (this.#filed?.isStranger(tunnel) === true && exchange?.response == null) return;
    const isNew = !this.#byBuilder.has(tunnel);
    const record = this.#recordOf(tunnel, sighting.time);
    record.lastTime = Math.max(record.lastTime, sighting.time);
    record.spokenAt = record.lastTime;
    const version = header.majorVersion === 1 ? 1 : 2;
    if (record.version === null && version === 2) {
      const fromInitiator = (header.flags & V2_FLAG.initiator) !== 0;
      record.rolesProven = true;
      record.putFirst(tunnel.canonical((fromInitiator ? sighting.source : sighting.destination).address));
    }
    record.version = version;
    const isRepeat = exchange !== null && triesOf(exchange, seen) > 1;
    if (isRepeat) {
      record.retransmissions++;
      this.#options.tally.retransmissions++;
    }
    if (exchange !== null) note(record, version, exchange, sighting.time);
    const isError = message.payloads.some(
      (payload) => payload.kind === "notify" && isErrorNotify(payload.notifyType),
    );
    const mayChange = isNew || isRepeat || isError || !isWorking(record.state);
    const isSoon = mayChange || isSetupExchange(version, header.exchangeType);
    const isOpen = exchange?.response == null;
    const goesOnAlone = record.spoke(record.directionOf(sighting.source.address));
    record.isRestless = isRepeat || isError || goesOnAlone || (isOpen && exchange?.expectsResponse !== false);
    const { due } = this.#options;
    if (isSoon) record.isNoted = true;
    const isCalm = !record.isNoted && !record.isRestless;
    if (isCalm) due.delete(record);
    const wait = isSoon ? DUE.soon : isOpen ? DUE.unanswered : DUE.routine;
    due.add(record, Math.min(sighting.time + wait, isCalm ? record.plannedAfter(sighting.time) : Infinity));
  }

  aside(tunnel: TunnelBuilder, kind: Aside): void {
    if (kind === "malformed") this.#options.tally.malformed++;
    if (kind === "keepalive" && !this.#byBuilder.has(tunnel)) return;
    // An error about a first message is worth a word; one about a stranger's few ESP packets is easily forged.
    const isWord = kind === "icmp" && tunnel.ikeSas.length > 0;
    if (this.#filed?.isStranger(tunnel) === true && !isWord) return;
    const record = this.#recordOf(tunnel, tunnel.lastTime);
    record.lastTime = Math.max(record.lastTime, tunnel.lastTime);
    if (kind !== "keepalive") record.spokenAt = record.lastTime;
    this.#options.due.add(record, tunnel.lastTime + (kind === "keepalive" ? DUE.routine : DUE.soon));
  }

  stream(tunnel: TunnelBuilder, stream: EspStream, number: number): void {
    const isKnown = this.#byBuilder.has(tunnel) || this.#filed?.isStranger(tunnel) === false;
    const record = isKnown ? this.#recordOf(tunnel, stream.firstTime) : null;
    this.#filed?.streams.began(number, stream, tunnel, record);
    if (record === null) return;
    // Those before it may be over with it.
    record.prunedAt = -Infinity;
    this.#options.due.add(record, stream.firstTime + DUE.unanswered);
  }

  /** Makes a tunnel known that was a stranger. */
  adopt(tunnel: TunnelBuilder, time: Micros): TunnelRecord {
    this.#filed?.settle(tunnel);
    return this.#recordOf(tunnel, time);
  }

  gone(tunnel: TunnelBuilder): void {
    const record = this.#byBuilder.get(tunnel);
    if (record !== undefined) this.forget(record);
    // A stranger has streams too: they must not make a tunnel known that nothing finds any more.
    else this.#filed?.streams.release(tunnel, () => true);
  }

  /** The tunnel is not known any more. */
  forget(record: TunnelRecord): void {
    if (record.builder !== null) {
      this.#byBuilder.delete(record.builder);
      this.#filed?.streams.release(record.builder, () => true);
    }
    this.#byPeers.delete(keyOf(record.peers));
    this.#byId.delete(record.id);
    this.neighbours.delete(record);
    this.#options.due.delete(record);
    this.#options.onGone(record);
  }

  /** Forgets tunnels that nothing was heard of since the capture began, the longest silent first, until there are `most`. */
  trim(most: number): void {
    const excess = this.size - most;
    if (excess <= 0) return;
    const silent = [...this.#byId.values()]
      .filter(({ builder }) => builder === null)
      .toSorted((a, b) => a.lastTime - b.lastTime);
    for (const record of silent.slice(0, excess)) this.forget(record);
  }

  #recordOf(tunnel: TunnelBuilder, time: Micros): TunnelRecord {
    let record = this.#byBuilder.get(tunnel);
    if (record === undefined) {
      const peers = [tunnel.first, tunnel.second] as const;
      const key = keyOf(peers);
      record = this.#byPeers.get(key);
      if (record === undefined) {
        record = new TunnelRecord(++this.#count, tunnel, peers, time);
        this.#byPeers.set(key, record);
        this.#byId.set(record.id, record);
        this.neighbours.add(record);
      }
      record.builder = tunnel;
      this.#byBuilder.set(tunnel, record);
    }
    return record;
  }
}

function keyOf([first, second]: readonly [string, string]): string {
  return first < second ? `${first}|${second}` : `${second}|${first}`;
}

/** How often the message was sent by now. */
function triesOf({ request, response }: Exchange, { sighting }: SeenMessage): number {
  const sent = [request, response].find((one) => one?.sightings.includes(sighting) === true);
  return sent?.tries ?? 1;
}

function note(record: TunnelRecord, version: 1 | 2, exchange: Exchange, time: Micros): void {
  record.lastExchange = {
    name: exchangeName(version, exchange.exchangeType),
    messageId: exchange.messageId,
    time,
    tries: exchange.request?.tries ?? 0,
    answered: exchange.response !== null || !exchange.expectsResponse,
  };
}
