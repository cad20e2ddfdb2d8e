import type { Address } from "../bytes/address.js";
import type { Micros } from "../bytes/time.js";
import type { EspStream } from "../esp/stream.js";
import { V2_FLAG, ZERO_SPI, type IkeHeader } from "../ike/message.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import { IkeSaBuilder } from "./ike-sa-builder.js";
import { Archive } from "./kept/archive.js";
import type { ExchangeLimit } from "./kept/exchange-log.js";
import type { IcmpAnswer, KeptTunnel, MalformedMessage, Role, Sighting, TcpConnection } from "./model.js";
import { type RecentMessage, RecentMessages } from "./recent-messages.js";
import type { SeenMessage } from "./transmission.js";
import type { IkeSaLimit, TunnelBuilder } from "./tunnel-builder.js";
import { type TunnelLimit, TunnelTable } from "./tunnel-table.js";
import type { SessionWatch } from "./watch.js";

/** IKE SAs that a tunnel keeps, and where all tunnels together have very many. */
const IKE_SAS: IkeSaLimit = { all: 256, first: 40 };
const IKE_SAS_OF_MANY: IkeSaLimit = { all: 8, first: 2 };
const MANY_IKE_SAS = 150_000;

/** So many SYNs to port 4500 that nobody answers come from a peer that wants IKE over TCP. */
const EARNEST_TRIES = 3;

/** What a program that watches says; a capture that is read to its end needs nothing of it. */
export interface SessionOptions {
  readonly watch?: SessionWatch;
  readonly limit?: TunnelLimit;
  /** IKE SAs that a tunnel keeps, and exchanges that an IKE SA keeps. */
  readonly ikeSas?: IkeSaLimit;
  readonly exchanges?: ExchangeLimit;
}

interface KnownSa {
  readonly builder: IkeSaBuilder;
  readonly tunnel: TunnelBuilder;
}

/** Sorts messages, ICMP answers and streams into tunnels and IKE SAs. Expects messages in order of time. */
export class SessionBuilder {
  readonly #tunnels: TunnelTable;
  readonly #sas = new Map<string, KnownSa[]>();
  readonly #recent = new RecentMessages();
  readonly #archive: Archive;
  readonly #watch: SessionWatch | null;
  readonly #ikeSas: IkeSaLimit;
  #saCount = 0;
  #forgotten = 0;

  constructor({ watch, limit, ikeSas, exchanges }: SessionOptions = {}) {
    this.#watch = watch ?? null;
    this.#ikeSas = ikeSas ?? IKE_SAS;
    this.#archive = new Archive(exchanges);
    this.#tunnels = new TunnelTable((tunnel) => {
      for (const sa of tunnel.ikeSas) this.#forget(sa);
      this.#watch?.gone(tunnel);
    }, limit);
  }

  get tunnels(): TunnelTable {
    return this.#tunnels;
  }

  /** Messages of tunnels that were not kept, because there were too many. */
  get tunnelsNotKept(): number {
    return this.#tunnels.notKept;
  }

  message(seen: SeenMessage): void {
    const { sighting } = seen;
    if (this.#isCopy(seen)) return;
    const known = this.#findSa(seen) ?? this.#openSa(seen);
    if (known === null) return;
    known.tunnel.seenAt(sighting.time);
    this.#tunnels.heard(known.tunnel, sighting.source.address);
    this.#recent.add(seen, known.tunnel);
    const exchange = known.builder.add(seen, roleOf(seen, known));
    this.#watch?.message(known.tunnel, seen, exchange);
  }

  icmp(answer: IcmpAnswer): void {
    const { source, destination } = answer.error.quoted;
    const tunnel = this.#tunnels.between(source, destination);
    if (tunnel === null) return;
    tunnel.addIcmp(answer);
    this.#watch?.aside(tunnel, "icmp");
  }

  strayFragments(datagram: IncompleteDatagram): void {
    // Fragments of unknown content open no tunnel: they matter only between peers that speak IKE.
    const tunnel = this.#tunnels.existing(datagram.source, datagram.destination);
    if (tunnel === undefined) return;
    tunnel.addStrayFragment(datagram);
    this.#watch?.aside(tunnel, "fragment");
  }

  keepalive(source: Address, destination: Address, time: number): void {
    const tunnel = this.#tunnels.between(source, destination);
    if (tunnel === null) return;
    tunnel.addKeepalive(source, time);
    this.#tunnels.heard(tunnel, source);
    this.#watch?.aside(tunnel, "keepalive");
  }

  malformed(message: MalformedMessage): void {
    const { address } = message.source;
    const tunnel = this.#tunnels.between(address, message.destination.address);
    if (tunnel === null) return;
    tunnel.addMalformed(message);
    // A message with a fault in it is counted as a message too.
    if (message.what === "datagram") this.#tunnels.heard(tunnel, address);
    this.#watch?.aside(tunnel, "malformed");
  }

  /** A stream that began just now, of which nothing is known yet; `record` is its number. */
  streamBegan(stream: EspStream, record: number): void {
    const tunnel = this.#tunnels.between(stream.source, stream.destination);
    if (tunnel === null) return;
    tunnel.addStream(stream);
    this.#tunnels.heard(tunnel, stream.source);
    this.#watch?.stream(tunnel, stream, record);
  }

  /** Lets go of what is over in a tunnel since before `time`. */
  forgetBefore(tunnel: TunnelBuilder, time: Micros): void {
    for (const sa of tunnel.forgetBefore(time)) this.#forget(sa);
  }

  /** The connections that there are now, in place of those of before. */
  tcpConnections(connections: readonly TcpConnection[]): void {
    const byTunnel = new Map<TunnelBuilder, TcpConnection[]>();
    for (const connection of connections) {
      const tunnel = this.#tunnelOf(connection);
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

  stream(stream: EspStream): void {
    const tunnel = this.#tunnels.between(stream.source, stream.destination);
    if (tunnel === null) return;
    tunnel.addStream(stream);
    this.#tunnels.settle(tunnel);
  }

  /** Call it when all messages are in: a connection that carried nothing matters to peers that speak IKE only. */
  tcpConnection(connection: TcpConnection): void {
    this.#tunnelOf(connection)?.addTcpConnection(connection);
  }

  #tunnelOf(connection: TcpConnection): TunnelBuilder | null {
    const { client, server, tries, accepted, ending } = connection;
    const [one, other] = [client.endpoint.address, server.endpoint.address];
    // Port scanners open connections too, but they do not repeat a SYN again and again.
    const isEarnest = tries >= EARNEST_TRIES && accepted === null && ending === null;
    const tunnel =
      connection.recognised || isEarnest
        ? this.#tunnels.between(one, other)
        : this.#tunnels.existing(one, other);
    if (tunnel == null) return null;
    this.#tunnels.settle(tunnel);
    return tunnel;
  }

  build(): KeptTunnel[] {
    return this.#tunnels.all().map((tunnel, index) => tunnel.build(index + 1));
  }

  #isCopy(seen: SeenMessage): boolean {
    const original = this.#recent.originalOf(seen);
    if (original === undefined) return false;
    this.#joinViews(original, seen.sighting);
    original.tunnel.addDuplicate(seen.sighting, seen.sighting.ttl !== original.sighting.ttl);
    return true;
  }

  /** The same packet with other addresses: the sniffer stands on both sides of a translator. */
  #joinViews({ tunnel, sighting: before }: RecentMessage, sighting: Sighting): void {
    const source = tunnel.canonical(before.source.address);
    const destination = tunnel.canonical(before.destination.address);
    if (sighting.source.address !== before.source.address) {
      tunnel.addAlias({ address: sighting.source.address, standsFor: source, kind: "nat-view" });
    }
    if (sighting.destination.address !== before.destination.address) {
      tunnel.addAlias({ address: sighting.destination.address, standsFor: destination, kind: "nat-view" });
    }
    this.#joinAddresses(sighting, tunnel);
  }

  /** SPIs decide, not addresses: a message with known SPIs from elsewhere belongs to the same IKE SA. */
  #findSa(seen: SeenMessage): KnownSa | undefined {
    const { header } = seen.message;
    const { source, destination } = seen.sighting;
    const candidates = this.#sas.get(header.initiatorSpi);
    if (candidates === undefined) return undefined;
    const fits = candidates.filter((known) => known.builder.sa.majorVersion === versionOf(header));
    const home = fits.find(
      ({ tunnel, builder }) =>
        tunnel.joins(source.address) && tunnel.joins(destination.address) && agrees(builder, header),
    );
    if (home !== undefined) return home;
    const moved = fits.find(
      ({ tunnel, builder }) =>
        builder.sa.responderSpi !== ZERO_SPI &&
        builder.sa.responderSpi === header.responderSpi &&
        (tunnel.joins(source.address) || tunnel.joins(destination.address)),
    );
    if (moved !== undefined) this.#move(moved, seen);
    return moved;
  }

  #move(known: KnownSa, seen: SeenMessage): void {
    const { source, destination } = seen.sighting;
    const { sa } = known.builder;
    const fromInitiator = (seen.message.header.flags & V2_FLAG.initiator) !== 0;
    const [initiator, responder] = fromInitiator ? [source, destination] : [destination, source];
    const alias = (address: Address, standsFor: Address): void => {
      if (!known.tunnel.joins(address)) known.tunnel.addAlias({ address, standsFor, kind: "moved" });
    };
    alias(initiator.address, sa.initiator.address);
    alias(responder.address, sa.responder.address);
    this.#joinAddresses(seen.sighting, known.tunnel);
  }

  #openSa(seen: SeenMessage): KnownSa | null {
    const { header } = seen.message;
    const { source, destination } = seen.sighting;
    const tunnel = this.#tunnels.between(source.address, destination.address);
    if (tunnel === null) return null;
    const id = `sa-${++this.#saCount}`;
    const builder = new IkeSaBuilder(id, seen, startsAsInitiator(header), this.#archive);
    const areMany = this.#saCount - this.#forgotten > MANY_IKE_SAS;
    const dropped = tunnel.addIkeSa(builder, areMany ? IKE_SAS_OF_MANY : this.#ikeSas);
    if (dropped !== null) this.#forget(dropped);
    const known = { builder, tunnel };
    const list = this.#sas.get(header.initiatorSpi);
    if (list === undefined) this.#sas.set(header.initiatorSpi, [known]);
    else if (list.length < 16) list.push(known);
    return known;
  }

  #forget(builder: IkeSaBuilder): void {
    this.#forgotten++;
    builder.sa.log.release();
    const { initiatorSpi } = builder.sa;
    const others = this.#sas.get(initiatorSpi)?.filter((known) => known.builder !== builder) ?? [];
    if (others.length > 0) this.#sas.set(initiatorSpi, others);
    else this.#sas.delete(initiatorSpi);
  }

  /** Lets the tunnel be found by the addresses of this sighting, too. */
  #joinAddresses({ source, destination }: Sighting, tunnel: TunnelBuilder): void {
    // Both may be those that it has already.
    if (this.#tunnels.existing(source.address, destination.address) !== tunnel) {
      this.#tunnels.alias(source.address, destination.address, tunnel);
    }
  }
}

function versionOf(header: IkeHeader): 1 | 2 {
  return header.majorVersion === 1 ? 1 : 2;
}

function agrees(builder: IkeSaBuilder, header: IkeHeader): boolean {
  const { responderSpi } = builder.sa;
  return (
    responderSpi === ZERO_SPI ||
    header.responderSpi === ZERO_SPI ||
    header.responderSpi === responderSpi ||
    builder.sa.majorVersion === 1
  );
}

/** Of the first message of an SA: IKEv2 says who the initiator is; in IKEv1 the first speaker is taken for it. */
function startsAsInitiator(header: IkeHeader): boolean {
  return header.majorVersion === 1 || (header.flags & V2_FLAG.initiator) !== 0;
}

function roleOf(seen: SeenMessage, known: KnownSa): Role {
  const { header } = seen.message;
  if (header.majorVersion !== 1) {
    return (header.flags & V2_FLAG.initiator) !== 0 ? "initiator" : "responder";
  }
  const { initiator, responder } = known.builder.sa;
  const { source } = seen.sighting;
  if (initiator.address === responder.address) {
    return source.port === initiator.port ? "initiator" : "responder";
  }
  return known.tunnel.canonical(source.address) === initiator.address ? "initiator" : "responder";
}
