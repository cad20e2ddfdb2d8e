import type { Address } from "../bytes/address.js";
import type { EspStream } from "../esp/stream.js";
import { V2_FLAG, ZERO_SPI, type IkeHeader } from "../ike/message.js";
import type { IncompleteDatagram } from "../packet/packet.js";
import { IkeSaBuilder } from "./ike-sa-builder.js";
import type { SeenMessage } from "./transmission.js";
import type { IcmpAnswer, MalformedMessage, Role, Sighting, TcpConnection, Tunnel } from "./model.js";
import { TunnelBuilder } from "./tunnel-builder.js";

/** Tunnels that are kept; those that come later are counted. A flood of forged addresses must not fill the memory. */
const TUNNEL_LIMIT = 50_000;

/**
 * Copies of one packet that a capture holds (mirror port, "-i any", both sides of a NAT) come within moments;
 * no daemon sends again before half a second.
 */
const COPY_WINDOW = 100_000;
const RECENT_LIMIT = 4096;

/** So many SYNs to port 4500 that nobody answers come from a peer that wants IKE over TCP. */
const EARNEST_TRIES = 3;

interface KnownSa {
  readonly builder: IkeSaBuilder;
  readonly tunnel: TunnelBuilder;
}

interface RecentMessage {
  readonly sighting: Sighting;
  readonly tunnel: TunnelBuilder;
}

/** Sorts messages, ICMP answers and streams into tunnels and IKE SAs. Expects messages in order of time. */
export class SessionBuilder {
  readonly #tunnels = new Map<string, TunnelBuilder>();
  readonly #sas = new Map<string, KnownSa[]>();
  readonly #recent = new Map<number, RecentMessage>();
  #saCount = 0;
  #tunnelCount = 0;
  tunnelsNotKept = 0;

  message(seen: SeenMessage): void {
    const { sighting } = seen;
    if (this.#isCopy(seen)) return;
    const known = this.#findSa(seen) ?? this.#openSa(seen);
    if (known === null) return;
    known.tunnel.seenAt(sighting.time);
    this.#remember(seen, known.tunnel);
    known.builder.add(seen, roleOf(seen, known));
  }

  icmp(answer: IcmpAnswer): void {
    this.#tunnelOf(answer.error.quoted.source, answer.error.quoted.destination)?.addIcmp(answer);
  }

  strayFragments(datagram: IncompleteDatagram): void {
    // Fragments of unknown content open no tunnel: they matter only between peers that speak IKE.
    this.#existing(datagram.source, datagram.destination)?.addStrayFragment(datagram);
  }

  keepalive(source: Address, destination: Address, time: number): void {
    this.#tunnelOf(source, destination)?.addKeepalive(source, time);
  }

  malformed(message: MalformedMessage): void {
    this.#tunnelOf(message.source.address, message.destination.address)?.addMalformed(message);
  }

  stream(stream: EspStream): void {
    this.#tunnelOf(stream.source, stream.destination)?.addStream(stream);
  }

  /** Call it when all messages are in: a connection that carried nothing matters to peers that speak IKE only. */
  tcpConnection(connection: TcpConnection): void {
    const { client, server, tries, accepted, ending } = connection;
    const [one, other] = [client.endpoint.address, server.endpoint.address];
    // Port scanners open connections too, but they do not repeat a SYN again and again.
    const isEarnest = tries >= EARNEST_TRIES && accepted === null && ending === null;
    const tunnel =
      connection.recognised || isEarnest ? this.#tunnelOf(one, other) : this.#existing(one, other);
    tunnel?.addTcpConnection(connection);
  }

  build(): Tunnel[] {
    const built = [...new Set(this.#tunnels.values())].map((tunnel) => tunnel.build());
    return built.toSorted((a, b) => a.id - b.id);
  }

  #isCopy(seen: SeenMessage): boolean {
    const recent = this.#recent.get(seen.digest);
    if (recent === undefined) return false;
    const { sighting } = seen;
    if (sighting.time - recent.sighting.time > COPY_WINDOW) return false;
    // An answer to each of two quick requests may be the same byte for byte, but it is another packet.
    if (sighting.identification !== recent.sighting.identification) return false;
    this.#joinViews(recent, sighting);
    recent.tunnel.addDuplicate(sighting, sighting.ttl !== recent.sighting.ttl);
    return true;
  }

  /** The same packet with other addresses: the sniffer stands on both sides of a translator. */
  #joinViews(recent: RecentMessage, sighting: Sighting): void {
    const { tunnel } = recent;
    const before = recent.sighting;
    const source = tunnel.canonical(before.source.address);
    const destination = tunnel.canonical(before.destination.address);
    if (sighting.source.address !== before.source.address) {
      tunnel.addAlias({ address: sighting.source.address, standsFor: source, kind: "nat-view" });
    }
    if (sighting.destination.address !== before.destination.address) {
      tunnel.addAlias({ address: sighting.destination.address, standsFor: destination, kind: "nat-view" });
    }
    this.#register(sighting.source.address, sighting.destination.address, tunnel);
  }

  #remember(seen: SeenMessage, tunnel: TunnelBuilder): void {
    const recent = this.#recent;
    recent.delete(seen.digest);
    recent.set(seen.digest, { sighting: seen.sighting, tunnel });
    if (recent.size > RECENT_LIMIT) {
      for (const oldest of recent.keys()) {
        recent.delete(oldest);
        break;
      }
    }
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
    this.#register(source.address, destination.address, known.tunnel);
  }

  #openSa(seen: SeenMessage): KnownSa | null {
    const { header } = seen.message;
    const { source, destination } = seen.sighting;
    const tunnel = this.#tunnelOf(source.address, destination.address);
    if (tunnel === null) return null;
    const builder = new IkeSaBuilder(`sa-${++this.#saCount}`, seen, startsAsInitiator(header));
    const dropped = tunnel.addIkeSa(builder);
    if (dropped !== null) this.#forget(dropped);
    const known = { builder, tunnel };
    const list = this.#sas.get(header.initiatorSpi);
    if (list === undefined) this.#sas.set(header.initiatorSpi, [known]);
    else if (list.length < 16) list.push(known);
    return known;
  }

  #forget(builder: IkeSaBuilder): void {
    const { initiatorSpi } = builder.sa;
    const others = this.#sas.get(initiatorSpi)?.filter((known) => known.builder !== builder) ?? [];
    if (others.length > 0) this.#sas.set(initiatorSpi, others);
    else this.#sas.delete(initiatorSpi);
  }

  #existing(one: Address, other: Address): TunnelBuilder | undefined {
    return this.#tunnels.get(pairKey(one, other));
  }

  #tunnelOf(one: Address, other: Address): TunnelBuilder | null {
    const known = this.#existing(one, other);
    if (known !== undefined) return known;
    if (this.#tunnels.size >= TUNNEL_LIMIT) {
      this.tunnelsNotKept++;
      return null;
    }
    const tunnel = new TunnelBuilder(++this.#tunnelCount, one, other);
    this.#tunnels.set(pairKey(one, other), tunnel);
    return tunnel;
  }

  #register(one: Address, other: Address, tunnel: TunnelBuilder): void {
    const key = pairKey(one, other);
    if (!this.#tunnels.has(key) && this.#tunnels.size < TUNNEL_LIMIT) this.#tunnels.set(key, tunnel);
  }
}

function pairKey(one: Address, other: Address): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
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
