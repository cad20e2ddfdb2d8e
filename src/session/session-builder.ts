import type { Address } from "../bytes/address.js";
import { quotedInitiatorSpi } from "./quoted-ike.js";
import { hex64At } from "../bytes/hex.js";
import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import { joinViews } from "./aliases.js";
import { StreamTunnels } from "./esp/stream-tunnels.js";
import type { IkeSaBuilder } from "./ike-sa-builder.js";
import { IkeSaIndex } from "./ike-sa-index.js";
import { LateFiling } from "./late-filing.js";
import type { SealedMessage } from "./log/check/side.js";
import type { ExchangeLimit } from "./log/limits.js";
import type { IcmpAnswer, KeptTunnel, MalformedMessage, TcpConnection } from "./model.js";
import { RecentMessages } from "./recent-messages.js";
import { roleByAddress, roleOf } from "./role.js";
import type { SeenMessage } from "./transmission.js";
import type { IkeSaLimit, TunnelBuilder } from "./tunnel-builder.js";
import { tunnelOfConnection } from "./tcp-tunnel.js";
import { type TunnelLimit, TunnelTable } from "./tunnel-table.js";
import type { SessionWatch } from "./watch.js";

/** Datagrams of peers that are not known yet. */
const BROKEN_ESP_HELD = 1024;
const NO_BYTES = new Uint8Array(0);

/** Options of a program that watches; a capture that is read to its end needs none. */
export interface SessionOptions {
  readonly watch?: SessionWatch;
  readonly limit?: TunnelLimit;
  /** IKE SAs that a tunnel keeps, and exchanges that an IKE SA keeps. */
  readonly ikeSas?: IkeSaLimit;
  readonly exchanges?: ExchangeLimit;
}

/** An undecoded message with the digest of its bytes. */
type UndecodedMessage = SealedMessage & { readonly digest: number };

/** Sorts messages, ICMP answers and streams into tunnels and IKE SAs. Expects messages in order of time. */
export class SessionBuilder {
  readonly #tunnels: TunnelTable;
  readonly #sas: IkeSaIndex;
  readonly #recent = new RecentMessages();
  readonly #late: LateFiling;
  readonly #watch: SessionWatch | null;
  readonly #streams: StreamTunnels;
  readonly #brokenEsp: IncompleteDatagram[] = [];

  constructor({ watch, limit, ikeSas, exchanges }: SessionOptions = {}) {
    this.#watch = watch ?? null;
    this.#tunnels = new TunnelTable((tunnel) => {
      for (const sa of tunnel.ikeSas) this.#sas.forget(sa);
      this.#watch?.gone(tunnel);
    }, limit);
    this.#sas = new IkeSaIndex(this.#tunnels, ikeSas, exchanges);
    this.#late = new LateFiling(this.#tunnels, this.#sas, this.#recent);
    this.#streams = new StreamTunnels(this.#tunnels, this.#watch !== null);
  }

  get tunnels(): TunnelTable {
    return this.#tunnels;
  }

  /** Messages of tunnels that were not kept, because there were too many. */
  get tunnelsNotKept(): number {
    return this.#tunnels.notKept;
  }

  /** Whether an IKE SA with this initiator SPI was seen. */
  knowsIkeSa(initiatorSpi: string): boolean {
    return this.#sas.has(initiatorSpi) || this.#tunnels.unfiled.has(initiatorSpi);
  }

  message(seen: SeenMessage): void {
    const { message, sighting } = seen;
    this.#late.fileOf(message.header.initiatorSpi);
    this.#late.fileBetween(sighting.source.address, sighting.destination.address);
    if (this.#isCopy(seen)) return;
    const found = this.#sas.find(seen);
    if (found === undefined && this.#watch === null && this.#late.keeps(seen)) return;
    const known = found ?? this.#sas.open(seen);
    if (known === null) return;
    const { tunnel } = known;
    tunnel.seenAt(sighting.time);
    this.#tunnels.heard(tunnel, sighting.source.address);
    this.#recent.add(seen, tunnel);
    const from = known.provenRole(seen, roleOf(seen, known, tunnel));
    if (this.#watch === null && known.addRepeat(seen, from)) return;
    const exchange = known.add(seen, from);
    this.#watch?.message(tunnel, seen, exchange);
  }

  /**
   * Files a whole sealed message (`isSealedInformational`, or of IKEv1) without decoding it, where it is a liveness check as a tunnel
   * makes thousands of. False where it may be more than that, or somebody watches; then nothing was done.
   */
  check(seen: UndecodedMessage): boolean {
    return this.#fileUndecoded(seen, (builder, tunnel) =>
      builder.majorVersion === 1
        ? builder.addCheckV1(seen, roleByAddress(seen.sighting.source, builder, tunnel))
        : builder.addCheck(seen),
    );
  }

  /**
   * Counts an IKE_SA_INIT request (`isOpeningRequest`) without decoding it, where its bytes were seen before and had no fault.
   * False where that is not so, or somebody watches; then nothing was done.
   */
  openingAgain(seen: UndecodedMessage): boolean {
    // A fault is told anew each time that it is seen.
    return this.#fileUndecoded(
      seen,
      (builder, tunnel) => !tunnel.hasMalformed && builder.addOpeningAgain(seen),
    );
  }

  #fileUndecoded(
    seen: UndecodedMessage,
    file: (builder: IkeSaBuilder, tunnel: TunnelBuilder) => boolean,
  ): boolean {
    const { bytes, sighting } = seen;
    if (!this.#late.isEmpty) this.#late.fileOf(hex64At(bytes, 0));
    if (this.#watch !== null || this.#recent.originalOf(seen) !== undefined) return false;
    const known = this.#sas.findSealed(seen);
    if (known === null) return false;
    const { tunnel } = known;
    if (!file(known, tunnel)) return false;
    tunnel.seenAt(sighting.time);
    this.#tunnels.heard(tunnel, sighting.source.address);
    this.#recent.add(seen, tunnel);
    return true;
  }

  icmp(answer: IcmpAnswer): void {
    const { source, destination, payload } = answer.error.quoted;
    this.#late.fileBetween(source, destination);
    // Behind one outer address of a NAT device there may be several clients, of which the capture shows the inner ones too.
    const initiatorSpi = quotedInitiatorSpi(payload);
    if (initiatorSpi !== null) this.#late.fileOf(initiatorSpi);
    const tunnel =
      (initiatorSpi === null ? undefined : this.#sas.tunnelOfQuoted(initiatorSpi, source, destination)) ??
      this.#tunnels.between(source, destination);
    if (tunnel === null) return;
    tunnel.addIcmp(answer);
    this.#watch?.aside(tunnel, "icmp");
  }

  strayFragments(datagram: IncompleteDatagram): void {
    this.#late.fileBetween(datagram.source, datagram.destination);
    // Fragments of unknown content open no tunnel: they matter only between peers that speak IKE.
    const tunnel = this.#tunnels.existing(datagram.source, datagram.destination);
    if (tunnel === undefined) return;
    tunnel.addStrayFragment(datagram);
    this.#watch?.aside(tunnel, "fragment");
  }

  /**
   * ESP in IP fragments of which some are missing. It opens no tunnel: where the peers are not known yet, their streams may
   * follow.
   */
  brokenEsp(broken: IncompleteDatagram): void {
    const datagram = { ...broken, head: NO_BYTES };
    this.#late.fileBetween(datagram.source, datagram.destination);
    const tunnel = this.#tunnels.existing(datagram.source, datagram.destination);
    if (tunnel !== undefined) {
      tunnel.addBrokenEsp(datagram);
      this.#watch?.aside(tunnel, "fragment");
    } else if (this.#watch === null && this.#brokenEsp.length < BROKEN_ESP_HELD) {
      this.#brokenEsp.push(datagram);
    }
  }

  keepalive(source: Address, destination: Address, time: number): void {
    this.#late.fileBetween(source, destination);
    const tunnel = this.#tunnels.between(source, destination);
    if (tunnel === null) return;
    tunnel.addKeepalive(source, time);
    this.#tunnels.heard(tunnel, source);
    this.#watch?.aside(tunnel, "keepalive");
  }

  malformed(message: MalformedMessage): void {
    const { address } = message.source;
    this.#late.fileBetween(address, message.destination.address);
    const tunnel = this.#tunnels.between(address, message.destination.address);
    if (tunnel === null) return;
    tunnel.addMalformed(message);
    // A message with a fault in it is counted as a message too.
    if (message.what === "datagram") this.#tunnels.heard(tunnel, address);
    this.#watch?.aside(tunnel, "malformed");
  }

  /** A stream that began just now, of which nothing but its first number and time is known yet; `record` is its number. */
  streamBegan(stream: EspStream, record: number): void {
    const tunnel = this.#streams.fileBegun(stream);
    if (tunnel === null) return;
    this.#tunnels.heard(tunnel, stream.source);
    this.#watch?.stream(tunnel, stream, record);
  }

  /** A stream that began is given up. Its counters are still its own. */
  streamOver(stream: EspStream): void {
    this.#streams.forget(stream);
  }

  /** Lets go of what is over in a tunnel since before `time`. */
  forgetBefore(tunnel: TunnelBuilder, time: Micros): void {
    for (const sa of tunnel.forgetBefore(time)) this.#sas.forget(sa);
  }

  /** The connections that there are now, in place of those of before. */
  tcpConnections(connections: readonly TcpConnection[]): void {
    const byTunnel = new Map<TunnelBuilder, TcpConnection[]>();
    for (const connection of connections) {
      const tunnel = tunnelOfConnection(this.#tunnels, connection);
      if (tunnel === null) continue;
      const known = byTunnel.get(tunnel);
      if (known === undefined) byTunnel.set(tunnel, [connection]);
      else known.push(connection);
    }
    for (const [tunnel, own] of byTunnel) {
      tunnel.setTcpConnections(own);
      this.#watch?.aside(tunnel, "tcp");
    }
  }

  /** All streams, in the order of their beginnings, when all messages are in. */
  streams(all: readonly EspStream[]): void {
    this.#late.fileAll();
    this.#streams.file(all);
  }

  /** Call it when all messages are in: a connection that carried nothing matters to peers that speak IKE only. */
  tcpConnection(connection: TcpConnection): void {
    this.#late.fileAll();
    tunnelOfConnection(this.#tunnels, connection)?.addTcpConnection(connection);
  }

  build(): KeptTunnel[] {
    this.#late.fileAll();
    for (const datagram of this.#brokenEsp.splice(0)) {
      this.#tunnels.existing(datagram.source, datagram.destination)?.addBrokenEsp(datagram);
    }
    return this.#tunnels.all().map((tunnel, index) => tunnel.build(index + 1));
  }

  #isCopy(seen: SeenMessage): boolean {
    const original = this.#recent.originalOf(seen);
    if (original === undefined) return false;
    const { tunnel, sighting } = original;
    if (tunnel !== null) {
      joinViews(tunnel, sighting, seen.sighting, this.#tunnels);
      tunnel.addDuplicate(seen.sighting, seen.sighting.ttl !== sighting.ttl);
    }
    return true;
  }
}
