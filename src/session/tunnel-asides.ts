import type { Address } from "../bytes/address.js";
import { equalBytes } from "../bytes/hex.js";
import type { Micros } from "../bytes/time.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import type { EspStream } from "../esp/stream.js";
import type {
  BrokenEsp,
  IcmpAnswer,
  MalformedMessage,
  Moment,
  Sighting,
  TcpConnection,
  Tunnel,
} from "./model.js";

/** Bounds of what one tunnel keeps; what is beyond is not kept. */
const LIMIT = {
  icmp: 256,
  strayFragments: 64,
  brokenEsp: 64,
  duplicates: 64,
  malformed: 64,
  tcpConnections: 64,
  streams: 512,
} as const;
/** ICMP errors that are kept from the beginning; beside them the newest ones are, for the present state counts. */
const KEEP_FIRST = 40;

/** The newest ICMP errors, among which a copy is looked for. */
const COPIES_AMONG = 16;
/** Copies come within this time; a host that sends the same packet again waits longer. */
const COPY_WINDOW_US: Micros = 100_000;

const NOTHING_BROKEN: BrokenEsp = {
  count: 0,
  lost: 0,
  firstTime: Infinity,
  lastTime: -Infinity,
  examples: [],
};

/** The streams, ICMP errors, broken datagrams and TCP connections of a tunnel. Most tunnels of a large capture have none. */
export class TunnelAsides {
  #streams: EspStream[] = [];
  #streamsNotKept = 0;
  #streamsWholeFrom: Micros = -Infinity;
  #icmp: IcmpAnswer[] = [];
  #strayFragments: IncompleteDatagram[] = [];
  readonly #brokenEsp = new Map<Address, BrokenEsp>();
  readonly #keepalives = new Map<Address, number>();
  #copies: Moment[] = [];
  #malformed: MalformedMessage[] = [];
  #tcpConnections: TcpConnection[] = [];
  #duplicates = 0;
  readonly #notKept = { icmp: 0, malformed: 0, tcpConnections: 0 };
  #routed = false;

  get streams(): readonly EspStream[] {
    return this.#streams;
  }

  dropStreams(isGone: (stream: EspStream) => boolean): void {
    this.#keepStreams((stream) => !isGone(stream));
  }

  #keepStreams(isKept: (stream: EspStream) => boolean): void {
    const kept: EspStream[] = [];
    for (const stream of this.#streams) {
      if (isKept(stream)) kept.push(stream);
      else this.#streamsWholeFrom = Math.max(this.#streamsWholeFrom, stream.lastTime);
    }
    this.#streams = kept;
  }

  missesStreams(count: number): void {
    this.#streamsNotKept += count;
  }

  /** Lets go of what was seen before `time`, and counts anew. */
  forgetBefore(time: Micros): void {
    const isLater = (one: { readonly time: Micros }): boolean => one.time >= time;
    this.#icmp = this.#icmp.filter(isLater);
    this.#malformed = this.#malformed.filter(isLater);
    this.#strayFragments = this.#strayFragments.filter(({ fragments }) => fragments.some(isLater));
    for (const [source, { lastTime }] of this.#brokenEsp) {
      if (lastTime < time) this.#brokenEsp.delete(source);
    }
    const copies = this.#copies.filter(isLater);
    if (copies.length < this.#copies.length) this.#duplicates = copies.length;
    this.#copies = copies;
  }

  clearTcpConnections(): void {
    this.#tcpConnections = [];
    this.#notKept.tcpConnections = 0;
  }

  addStream(stream: EspStream): void {
    this.#streams.push(stream);
    if (this.#streams.length >= 2 * LIMIT.streams) this.#keepLargestStreams();
  }

  /** Keeps the streams with the most packets, and the later ones of equals. */
  #keepLargestStreams(): void {
    const kept = new Set(
      this.#streams
        .toSorted((a, b) => b.packets - a.packets || b.lastTime - a.lastTime)
        .slice(0, LIMIT.streams),
    );
    this.#streamsNotKept += this.#streams.length - kept.size;
    this.#keepStreams((stream) => kept.has(stream));
  }

  /** A copy of one that is known, as captures of several places have it, is left out. */
  addIcmp(answer: IcmpAnswer): void {
    if (this.#icmp.slice(-COPIES_AMONG).some((known) => isCopy(known, answer))) return;
    this.#icmp.push(answer);
    if (this.#icmp.length <= LIMIT.icmp) return;
    this.#icmp.splice(KEEP_FIRST, 1);
    this.#notKept.icmp++;
  }

  addStrayFragment(datagram: IncompleteDatagram): void {
    if (this.#strayFragments.length < LIMIT.strayFragments) this.#strayFragments.push(datagram);
  }

  addBrokenEsp(datagram: IncompleteDatagram): void {
    const { source, fragments, reason } = datagram;
    const known = this.#brokenEsp.get(source) ?? NOTHING_BROKEN;
    const times = fragments.map(({ time }) => time);
    this.#brokenEsp.set(source, {
      count: known.count + 1,
      lost: known.lost + (reason === "timeout" ? 1 : 0),
      firstTime: Math.min(known.firstTime, ...times),
      lastTime: Math.max(known.lastTime, ...times),
      examples: known.examples.length < LIMIT.brokenEsp ? [...known.examples, datagram] : known.examples,
    });
  }

  addKeepalive(source: Address): void {
    this.#keepalives.set(source, (this.#keepalives.get(source) ?? 0) + 1);
  }

  addDuplicate({ frames, time }: Sighting, routed: boolean): void {
    this.#duplicates++;
    this.#routed ||= routed;
    const frame = frames[0];
    if (frame !== undefined && this.#copies.length < LIMIT.duplicates) this.#copies.push({ frame, time });
  }

  get hasMalformed(): boolean {
    return this.#malformed.length > 0;
  }

  addMalformed(malformed: MalformedMessage): void {
    if (this.#malformed.length < LIMIT.malformed) this.#malformed.push(malformed);
    else this.#notKept.malformed++;
  }

  addTcpConnection(connection: TcpConnection): void {
    if (this.#tcpConnections.length < LIMIT.tcpConnections) this.#tcpConnections.push(connection);
    else this.#notKept.tcpConnections++;
  }

  /** Takes over what another one holds. */
  absorb(other: TunnelAsides): void {
    for (const stream of other.#streams) this.addStream(stream);
    this.#streamsNotKept += other.#streamsNotKept;
    this.#streamsWholeFrom = Math.max(this.#streamsWholeFrom, other.#streamsWholeFrom);
    for (const answer of other.#icmp) this.addIcmp(answer);
    for (const datagram of other.#strayFragments) this.addStrayFragment(datagram);
    for (const [source, broken] of other.#brokenEsp) {
      if (!this.#brokenEsp.has(source)) this.#brokenEsp.set(source, broken);
    }
    for (const [source, count] of other.#keepalives) {
      this.#keepalives.set(source, (this.#keepalives.get(source) ?? 0) + count);
    }
    for (const malformed of other.#malformed) this.addMalformed(malformed);
    for (const connection of other.#tcpConnections) this.addTcpConnection(connection);
    this.#duplicates += other.#duplicates;
    this.#copies.push(...other.#copies.slice(0, LIMIT.duplicates - this.#copies.length));
    this.#routed ||= other.#routed;
    this.#notKept.icmp += other.#notKept.icmp;
    this.#notKept.malformed += other.#notKept.malformed;
    this.#notKept.tcpConnections += other.#notKept.tcpConnections;
  }

  build() {
    if (this.#streams.length > LIMIT.streams) this.#keepLargestStreams();
    return {
      streams: this.#streams,
      streamsNotKept: this.#streamsNotKept,
      streamsWholeFrom: this.#streamsWholeFrom,
      icmp: this.#icmp.toSorted((a, b) => a.time - b.time),
      strayFragments: this.#strayFragments,
      brokenEsp: this.#brokenEsp,
      keepalives: this.#keepalives,
      duplicates: { count: this.#duplicates, copies: this.#copies, routed: this.#routed },
      malformed: this.#malformed,
      tcpConnections: this.#tcpConnections,
      notKept: { ...this.#notKept },
    } satisfies Partial<Tunnel>;
  }
}

/** One object for all tunnels that have nothing aside. */
export const NOTHING_ASIDE: ReturnType<TunnelAsides["build"]> = new TunnelAsides().build();

/** Whether both are one error, by what they quote: without addresses and ports, which a NAT device changes. */
function isCopy(one: IcmpAnswer, other: IcmpAnswer): boolean {
  const [error, again] = [one.error, other.error];
  return (
    other.time - one.time < COPY_WINDOW_US &&
    error.type === again.type &&
    error.code === again.code &&
    error.quoted.protocol === again.quoted.protocol &&
    error.quoted.ipLength === again.quoted.ipLength &&
    error.quoted.fragmentOffset === again.quoted.fragmentOffset &&
    error.quoted.payload.length > 0 &&
    equalBytes(error.quoted.payload, again.quoted.payload)
  );
}
