import { hex32 } from "../../bytes/hex.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type {
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  AccountedStream,
  CaptureStatus,
  TunnelAccount,
} from "../../live/account/account.js";
import type { Origin, Published } from "../../live/account/published.js";
import { details } from "./event-json.js";

const SCHEMA = "ikescope.live-event/2";

/** An event of a gateway as plain data by the committed schema `published-event.schema.json`. */
export function publishedJson(event: Published, { gateway, labels, boot, sequence }: Origin): object {
  return {
    schema: SCHEMA,
    id: `${gateway}:${boot}:${sequence}`,
    gateway,
    labels,
    boot,
    sequence,
    event: event.kind,
    time: isoTime(event.time),
    ...detailsOf(event),
  };
}

function detailsOf(event: Published): object {
  switch (event.kind) {
    case "gateway-status":
      return statusJson(event);
    case "tunnel-accounts":
      return { accounts: event.accounts.map(accountJson) };
    default:
      return details(event);
  }
}

function statusJson(status: CaptureStatus): object {
  const { isCapturing, recordedSince, packets, dropped, tunnels, addresses, hears } = status;
  return {
    interface: status.interface,
    capturing: isCapturing,
    recordedSince: isoTime(recordedSince),
    packets,
    dropped,
    tunnels,
    addresses,
    hears,
  };
}

function accountJson(account: TunnelAccount): object {
  const { ikeSas, ikeSasFrom, spiPairs, streams, streamsFrom, since, firstTime, lastTime } = account;
  const { tunnel, peers, self, vantage, state, products, nat, findings, certificates } = account;
  return {
    tunnel,
    peers,
    self,
    vantage,
    state,
    since: isoTime(since),
    products,
    nat,
    ikeSas: ikeSas.map(ikeSaJson),
    ikeSasFrom: timeOrNull(ikeSasFrom),
    spiPairs: spiPairs.map(({ fromFirst, fromSecond }) => ({
      fromFirst: spiOrNull(fromFirst),
      fromSecond: spiOrNull(fromSecond),
    })),
    streams: streams.map(streamJson),
    streamsFrom: timeOrNull(streamsFrom),
    findings,
    certificates: certificates.map(({ notAfter, ...rest }) => ({ ...rest, notAfter: isoTime(notAfter) })),
    firstTime: isoTime(firstTime),
    lastTime: isoTime(lastTime),
  };
}

function ikeSaJson({ exchangesFrom, exchanges, ...sa }: AccountedIkeSa): object {
  return { ...sa, exchangesFrom: timeOrNull(exchangesFrom), exchanges: exchanges.map(exchangeJson) };
}

function exchangeJson({ request, response, ...exchange }: AccountedExchange): object {
  return { ...exchange, request: messageJson(request), response: messageJson(response) };
}

function messageJson(message: AccountedMessage | null): object | null {
  if (message === null) return null;
  return { ...message, firstTime: isoTime(message.firstTime), lastTime: isoTime(message.lastTime) };
}

function streamJson(stream: AccountedStream): object {
  const { spi, firstTime, lastTime } = stream;
  return { ...stream, spi: hex32(spi), firstTime: isoTime(firstTime), lastTime: isoTime(lastTime) };
}

function timeOrNull(time: Micros | null): string | null {
  return time === null ? null : isoTime(time);
}

function spiOrNull(spi: number | null): string | null {
  return spi === null ? null : hex32(spi);
}
