import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import { type EspStream, SIZE_BIN_WIDTH } from "../../esp/stream.js";
import { exchangeName } from "../../ike/registries/exchanges.js";
import { openTunnel } from "../../session/log/open-tunnel.js";
import type { Exchange, IkeSa, Transmission } from "../../session/model.js";
import { firstSighting, firstTimeOf, lastTimeOf } from "../../session/sightings.js";
import type { TunnelRecord } from "../tunnel-record.js";
import type {
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  AccountedStream,
  PeerIndex,
  TunnelAccount,
} from "./account.js";
import { certificatesOf } from "./certificates.js";

/** Limits of the lists in an account; a tunnel is described by its newest SAs, and an event must stay small. */
const LISTED = { ikeSas: 4, exchanges: 12, streams: 16 } as const;

/** The account of a tunnel as it stands; null if nothing was heard of it since the capture began. `own`: this gateway's addresses. */
export function accountOf(record: TunnelRecord, own: ReadonlySet<Address>): TunnelAccount | null {
  const { builder, id, peers, state, since, spis, findings, firstTime, lastTime, concluded } = record;
  if (builder === null) return null;
  const { ikeSas, streams, addresses } = openTunnel(builder.build(id));
  const indexOf = (address: Address): PeerIndex => record.directionOf(address);
  const newestSas = ikeSas.slice(-LISTED.ikeSas);
  const byBeginning = streams.toSorted((a, b) => a.firstTime - b.firstTime);
  const newestStreams = byBeginning.slice(-LISTED.streams);
  const { place, nat, products } = concluded;
  const [initiatorProduct, responderProduct] =
    addresses[0] === peers[0] ? products : ([products[1], products[0]] as const);
  return {
    tunnel: id,
    peers,
    self: ownIndex(peers, own) ?? placeIndex(place, ikeSas, indexOf),
    vantage: place,
    state,
    since,
    products: [initiatorProduct, responderProduct],
    nat,
    ikeSas: newestSas.map((sa) => ikeSaAccount(sa, indexOf)),
    ikeSasFrom: newestSas.length < ikeSas.length ? (newestSas[0]?.firstTime ?? null) : null,
    spiPairs: spis,
    streams: newestStreams.map((stream) => streamAccount(stream, indexOf(stream.source))),
    streamsFrom: newestStreams.length < streams.length ? (newestStreams[0]?.firstTime ?? null) : null,
    findings: findings.map(({ finding: { code, severity, confidence, phase } }) => ({
      code,
      severity,
      confidence,
      phase,
    })),
    certificates: certificatesOf(ikeSas, indexOf),
    firstTime,
    lastTime,
  };
}

function ownIndex([first, second]: TunnelAccount["peers"], own: ReadonlySet<Address>): PeerIndex | null {
  if (own.has(first) === own.has(second)) return null;
  return own.has(first) ? 0 : 1;
}

function placeIndex(
  place: TunnelAccount["vantage"],
  [first]: readonly IkeSa[],
  indexOf: (address: Address) => PeerIndex,
): PeerIndex | null {
  if (first === undefined) return null;
  if (place === "near-initiator") return indexOf(first.initiator.address);
  return place === "near-responder" ? indexOf(first.responder.address) : null;
}

function ikeSaAccount(sa: IkeSa, indexOf: (address: Address) => PeerIndex): AccountedIkeSa {
  const { majorVersion, initiatorSpi, responderSpi, unkept, unkeptSpan } = sa;
  const exchanges = sa.exchanges
    .map((exchange) => exchangeAccount(majorVersion, exchange, indexOf))
    .toSorted((a, b) => beganAt(a) - beganAt(b));
  const newest = exchanges.slice(-LISTED.exchanges);
  const [first] = newest;
  const cutAt = newest.length < exchanges.length && first !== undefined ? beganAt(first) : -Infinity;
  const missingUntil = unkept > 0 ? (unkeptSpan?.to.time ?? sa.lastTime) : -Infinity;
  const from = Math.max(cutAt, missingUntil);
  return {
    version: majorVersion,
    initiatorSpi,
    responderSpi,
    exchangesFrom: Number.isFinite(from) ? from : null,
    exchanges: newest,
  };
}

function beganAt({ request, response }: AccountedExchange): Micros {
  return (request ?? response)?.firstTime ?? 0;
}

function exchangeAccount(
  version: 1 | 2,
  { exchangeType, messageId, step, startedBy, request, response, expectsResponse }: Exchange,
  indexOf: (address: Address) => PeerIndex,
): AccountedExchange {
  return {
    type: exchangeType,
    name: exchangeName(version, exchangeType),
    messageId,
    step,
    startedBy,
    request: messageAccount(request, indexOf),
    response: messageAccount(response, indexOf),
    expectsResponse,
  };
}

function messageAccount(
  message: Transmission | null,
  indexOf: (address: Address) => PeerIndex,
): AccountedMessage | null {
  const first = firstSighting(message);
  if (message === null || first === undefined) return null;
  const { source, destination, transport } = first;
  return {
    from: indexOf(source.address),
    attempts: message.tries,
    firstTime: firstTimeOf(message),
    lastTime: lastTimeOf(message),
    source: { address: source.address, port: source.port },
    destination: { address: destination.address, port: destination.port },
    transport,
    isFragmented:
      message.fragments !== null ||
      message.sightings.some(({ ipFragments, fragment }) => ipFragments > 1 || fragment > 0),
  };
}

function streamAccount(stream: EspStream, from: PeerIndex): AccountedStream {
  const { spi, encapsulation, source, sourcePort, destination, destinationPort, order } = stream;
  const sizes: [number, number][] = [];
  for (const [bin, packets] of stream.sizes.packets.entries()) {
    if (packets > 0) sizes.push([bin * SIZE_BIN_WIDTH, packets]);
  }
  return {
    from,
    spi,
    encapsulation,
    source: { address: source, port: sourcePort },
    destination: { address: destination, port: destinationPort },
    packets: Math.max(0, stream.packets - stream.duplicates),
    firstTime: stream.firstTime,
    lastTime: stream.lastTime,
    firstSequence: stream.firstSequence,
    highestSequence: stream.highestSequence,
    lost: stream.lost,
    late: stream.reordered,
    deepest: order.deepest,
    isBroken: order.restarts > 0 || order.wraps > 0 || order.tooOld > 0,
    largest: stream.largest,
    sizes,
  };
}
