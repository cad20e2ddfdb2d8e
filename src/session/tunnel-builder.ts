import type { Address } from "../bytes/address.js";
import type { FrameRef } from "../bytes/frame.js";
import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import { pairChildSas } from "./esp/child-sas.js";
import type { IkeSaBuilder } from "./ike-sa-builder.js";
import type {
  AddressAlias,
  IcmpAnswer,
  IkeSa,
  MalformedMessage,
  Sighting,
  TcpConnection,
  Tunnel,
} from "./model.js";

/** Bounds of what one tunnel keeps; what is beyond is not kept. */
const LIMIT = {
  ikeSas: 256,
  icmp: 256,
  strayFragments: 64,
  aliases: 16,
  duplicates: 64,
  malformed: 64,
  tcpConnections: 64,
  streams: 512,
} as const;
/** Of IKE SAs and ICMP errors the first so many stay, and of the others the newest: the present state counts. */
const KEEP_FIRST = 40;

/** Collects what two peers do; becomes a {@link Tunnel} when the capture is over. */
export class TunnelBuilder {
  readonly id: number;
  readonly #first: Address;
  readonly #second: Address;
  readonly #sas: IkeSaBuilder[] = [];
  #streams: EspStream[] = [];
  #streamsNotKept = 0;
  readonly #aliases: AddressAlias[] = [];
  readonly #icmp: IcmpAnswer[] = [];
  readonly #strayFragments: IncompleteDatagram[] = [];
  readonly #keepalives = new Map<Address, number>();
  readonly #copies: { readonly frame: FrameRef; readonly time: Micros }[] = [];
  readonly #malformed: MalformedMessage[] = [];
  readonly #tcpConnections: TcpConnection[] = [];
  #ikeSasNotKept = 0;
  #duplicates = 0;
  #routed = false;
  #firstTime = Infinity;
  #lastTime = -Infinity;

  constructor(id: number, first: Address, second: Address) {
    this.id = id;
    this.#first = first;
    this.#second = second;
  }

  get ikeSaCount(): number {
    return this.#sas.length;
  }

  /** Returns the IKE SA that had to make room, or null. */
  addIkeSa(sa: IkeSaBuilder): IkeSaBuilder | null {
    this.#sas.push(sa);
    if (this.#sas.length <= LIMIT.ikeSas) return null;
    this.#ikeSasNotKept++;
    return this.#sas.splice(KEEP_FIRST, 1)[0] ?? null;
  }

  joins(address: Address): boolean {
    return address === this.#first || address === this.#second || this.#aliasOf(address) !== undefined;
  }

  /** The tunnel's own address that `address` stands for; itself where it is no alias. */
  canonical(address: Address): Address {
    return this.#aliasOf(address)?.standsFor ?? address;
  }

  addAlias(alias: AddressAlias): void {
    if (alias.address === this.#first || alias.address === this.#second) return;
    if (this.#aliases.length < LIMIT.aliases && this.#aliasOf(alias.address) === undefined) {
      this.#aliases.push(alias);
    }
  }

  #aliasOf(address: Address): AddressAlias | undefined {
    return this.#aliases.find((alias) => alias.address === address);
  }

  seenAt(time: Micros): void {
    if (time < this.#firstTime) this.#firstTime = time;
    if (time > this.#lastTime) this.#lastTime = time;
  }

  addStream(stream: EspStream): void {
    this.#streams.push(stream);
    this.seenAt(stream.firstTime);
    this.seenAt(stream.lastTime);
    if (this.#streams.length >= 2 * LIMIT.streams) this.#keepLargestStreams();
  }

  /** Of many streams those with the most packets stay, of equal ones the later. */
  #keepLargestStreams(): void {
    const kept = new Set(
      this.#streams
        .toSorted((a, b) => b.packets - a.packets || b.lastTime - a.lastTime)
        .slice(0, LIMIT.streams),
    );
    this.#streamsNotKept += this.#streams.length - kept.size;
    this.#streams = this.#streams.filter((stream) => kept.has(stream));
  }

  addIcmp(answer: IcmpAnswer): void {
    this.seenAt(answer.time);
    this.#icmp.push(answer);
    if (this.#icmp.length > LIMIT.icmp) this.#icmp.splice(KEEP_FIRST, 1);
  }

  addStrayFragment(datagram: IncompleteDatagram): void {
    for (const fragment of datagram.fragments) this.seenAt(fragment.time);
    if (this.#strayFragments.length < LIMIT.strayFragments) this.#strayFragments.push(datagram);
  }

  addKeepalive(source: Address, time: Micros): void {
    this.seenAt(time);
    this.#keepalives.set(source, (this.#keepalives.get(source) ?? 0) + 1);
  }

  addDuplicate({ frames, time }: Sighting, routed: boolean): void {
    this.#duplicates++;
    this.#routed ||= routed;
    const frame = frames[0];
    if (frame !== undefined && this.#copies.length < LIMIT.duplicates) this.#copies.push({ frame, time });
  }

  addMalformed(malformed: MalformedMessage): void {
    this.seenAt(malformed.time);
    if (this.#malformed.length < LIMIT.malformed) this.#malformed.push(malformed);
  }

  addTcpConnection(connection: TcpConnection): void {
    this.seenAt(connection.firstTime);
    this.seenAt(connection.lastTime);
    if (this.#tcpConnections.length < LIMIT.tcpConnections) this.#tcpConnections.push(connection);
  }

  build(): Tunnel {
    if (this.#streams.length > LIMIT.streams) this.#keepLargestStreams();
    const ikeSas: IkeSa[] = this.#sas
      .map((builder) => builder.sa)
      .toSorted((a, b) => a.firstTime - b.firstTime);
    const initiator = ikeSas[0]?.initiator.address;
    const addresses: Tunnel["addresses"] =
      initiator === this.#second ? [this.#second, this.#first] : [this.#first, this.#second];
    const parts = { addresses, aliases: this.#aliases, ikeSas, streams: this.#streams };
    return {
      id: this.id,
      ...parts,
      ikeSasNotKept: this.#ikeSasNotKept,
      streamsNotKept: this.#streamsNotKept,
      childSas: pairChildSas(parts),
      icmp: this.#icmp.toSorted((a, b) => a.time - b.time),
      strayFragments: this.#strayFragments,
      keepalives: this.#keepalives,
      duplicates: { count: this.#duplicates, copies: this.#copies, routed: this.#routed },
      malformed: this.#malformed,
      tcpConnections: this.#tcpConnections,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
    };
  }
}
