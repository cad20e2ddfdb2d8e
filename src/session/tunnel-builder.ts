import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import type { IkeSaBuilder } from "./ike-sa-builder.js";
import type {
  AddressAlias,
  IcmpAnswer,
  KeptIkeSa,
  KeptTunnel,
  MalformedMessage,
  Sighting,
  TcpConnection,
} from "./model.js";
import { canonicalAddress } from "./model/queries.js";
import { NOTHING_ASIDE, TunnelAsides } from "./tunnel-asides.js";

/** IKE SAs that one tunnel keeps: the first ones stay, and of the others the newest, for the present state counts. */
export interface IkeSaLimit {
  readonly all: number;
  readonly first: number;
}
const ALIASES = 16;
const NO_ALIASES: readonly AddressAlias[] = [];

/** Collects what two peers do; becomes a {@link KeptTunnel} when the capture is over. */
export class TunnelBuilder {
  /** The key that it is found by. */
  readonly key: string;
  /** Counts the tunnels of the capture. */
  readonly number: number;
  readonly first: Address;
  readonly second: Address;
  #sas: readonly IkeSaBuilder[] = [];
  #aliases: AddressAlias[] | null = null;
  #asides: TunnelAsides | null = null;
  #ikeSasNotKept = 0;
  #firstTime = Infinity;
  #lastTime = -Infinity;

  constructor(key: string, number: number, first: Address, second: Address) {
    this.key = key;
    this.number = number;
    this.first = first;
    this.second = second;
  }

  get ikeSas(): readonly IkeSaBuilder[] {
    return this.#sas;
  }

  /** Both ends, and what else they are known by. */
  get addresses(): readonly Address[] {
    return [this.first, this.second, ...(this.#aliases ?? []).map(({ address }) => address)];
  }

  get firstTime(): Micros {
    return this.#firstTime;
  }

  get lastTime(): Micros {
    return this.#lastTime;
  }

  /** Streams that are kept, in the order in which they were added. */
  get streams(): readonly EspStream[] {
    return this.#asides?.streams ?? [];
  }

  get hasAliases(): boolean {
    return this.#aliases !== null;
  }

  /** Returns the IKE SA that had to make room, or null. */
  addIkeSa(sa: IkeSaBuilder, { all, first }: IkeSaLimit): IkeSaBuilder | null {
    // Most tunnels have one or two; an array that grows, by a spread too, takes room for sixteen more.
    const sas = this.#sas.concat(sa);
    this.#sas = sas;
    if (sas.length <= all) return null;
    this.#ikeSasNotKept++;
    return sas.splice(first, 1)[0] ?? null;
  }

  /** Whether these are its own two addresses. */
  isBetween(one: Address, other: Address): boolean {
    return (one === this.first && other === this.second) || (one === this.second && other === this.first);
  }

  /** Takes over what is seen of another one beside IKE SAs. */
  absorb(other: TunnelBuilder): void {
    if (other.#asides !== null) this.#aside.absorb(other.#asides);
    this.seenAt(other.#firstTime);
    this.seenAt(other.#lastTime);
  }

  joins(address: Address): boolean {
    return address === this.first || address === this.second || this.#aliasOf(address) !== undefined;
  }

  /** The tunnel's own address that `address` stands for; itself where it is no alias. */
  canonical(address: Address): Address {
    return canonicalAddress(this.#aliases ?? [], address);
  }

  addAlias(alias: AddressAlias): void {
    if (alias.address === this.first || alias.address === this.second) return;
    this.#aliases ??= [];
    if (this.#aliases.length < ALIASES && this.#aliasOf(alias.address) === undefined) {
      this.#aliases.push(alias);
    }
  }

  #aliasOf(address: Address): AddressAlias | undefined {
    return this.#aliases?.find((alias) => alias.address === address);
  }

  seenAt(time: Micros): void {
    if (time < this.#firstTime) this.#firstTime = time;
    if (time > this.#lastTime) this.#lastTime = time;
  }

  addStream(stream: EspStream): void {
    this.#aside.addStream(stream);
    this.seenAt(stream.firstTime);
    this.seenAt(stream.lastTime);
  }

  /** Lets go of streams: their counters are about to be used by others. */
  dropStreams(isGone: (stream: EspStream) => boolean): void {
    this.#asides?.dropStreams(isGone);
  }

  /** Streams were given up that nothing of their direction is left of: that it is silent proves nothing any more. */
  missesStreams(count: number): void {
    this.#asides?.missesStreams(count);
  }

  /** Lets go of what is over since before `time`; returns the IKE SAs among it. The newest IKE SA stays. */
  forgetBefore(time: Micros): readonly IkeSaBuilder[] {
    this.#asides?.forgetBefore(time);
    const newest = this.#sas.reduce((last, sa) => Math.max(last, sa.lastTime), -Infinity);
    const gone = this.#sas.filter((sa) => sa.lastTime < time && sa.lastTime < newest);
    if (gone.length > 0) this.#sas = this.#sas.filter((builder) => !gone.includes(builder));
    return gone;
  }

  addIcmp(answer: IcmpAnswer): void {
    this.seenAt(answer.time);
    this.#aside.addIcmp(answer);
  }

  addStrayFragment(datagram: IncompleteDatagram): void {
    for (const fragment of datagram.fragments) this.seenAt(fragment.time);
    this.#aside.addStrayFragment(datagram);
  }

  addBrokenEsp(datagram: IncompleteDatagram): void {
    for (const fragment of datagram.fragments) this.seenAt(fragment.time);
    this.#aside.addBrokenEsp(datagram);
  }

  addKeepalive(source: Address, time: Micros): void {
    this.seenAt(time);
    this.#aside.addKeepalive(source);
  }

  addDuplicate(sighting: Sighting, routed: boolean): void {
    this.#aside.addDuplicate(sighting, routed);
  }

  addMalformed(malformed: MalformedMessage): void {
    this.seenAt(malformed.time);
    this.#aside.addMalformed(malformed);
  }

  /** Whether a message with a fault in it was seen. */
  get hasMalformed(): boolean {
    return this.#asides?.hasMalformed === true;
  }

  addTcpConnection(connection: TcpConnection): void {
    this.seenAt(connection.firstTime);
    this.seenAt(connection.lastTime);
    this.#aside.addTcpConnection(connection);
  }

  /** Takes the place of all connections that were added before. */
  setTcpConnections(connections: readonly TcpConnection[]): void {
    this.#aside.clearTcpConnections();
    for (const connection of connections) this.addTcpConnection(connection);
  }

  get #aside(): TunnelAsides {
    this.#asides ??= new TunnelAsides();
    return this.#asides;
  }

  build(id: number): KeptTunnel {
    const ikeSas: KeptIkeSa[] = this.#sas.toSorted((a, b) => a.firstTime - b.firstTime);
    const initiator = ikeSas[0]?.initiator.address;
    const aside = this.#asides?.build() ?? NOTHING_ASIDE;
    return {
      id,
      addresses: initiator === this.second ? [this.second, this.first] : [this.first, this.second],
      aliases: this.#aliases ?? NO_ALIASES,
      ikeSas,
      ikeSasNotKept: this.#ikeSasNotKept,
      streams: aside.streams,
      streamsNotKept: aside.streamsNotKept,
      streamsWholeFrom: aside.streamsWholeFrom,
      icmp: aside.icmp,
      strayFragments: aside.strayFragments,
      brokenEsp: aside.brokenEsp,
      keepalives: aside.keepalives,
      duplicates: aside.duplicates,
      malformed: aside.malformed,
      tcpConnections: aside.tcpConnections,
      notKept: aside.notKept,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
      client: null,
    };
  }
}
