import type { Micros } from "../../bytes/time.js";
import { SEVERITIES } from "../../diagnosis/severity.js";
import { ENCAPSULATION_NAMES } from "../../esp/stream.js";
import type {
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  AccountedStream,
  CaptureStatus,
  PeerIndex,
  TunnelAccount,
} from "../../live/account/account.js";
import type { Origin } from "../../live/account/published.js";
import { LIVE_STATES } from "../../live/tunnel.js";
import type { Endpoint } from "../../session/model.js";
import { EventFault, Fields, textIn, textOrNullIn } from "./fields.js";

/** An event as the hub reads it. Of kinds that only tell of one end, nothing but the kind is read. */
export type GatewayEvent = { readonly origin: Origin; readonly time: Micros } & (
  | { readonly kind: "gateway-status"; readonly status: CaptureStatus }
  | { readonly kind: "tunnel-accounts"; readonly accounts: readonly TunnelAccount[] }
  | { readonly kind: "ended" }
  | { readonly kind: "other"; readonly name: string }
);

/** Longer lines are none of ours. */
const LONGEST_LINE = 4 * 1024 * 1024;
const SCHEMA = "ikescope.live-event/2";

const VANTAGES = ["near-initiator", "near-responder", "both-ends", "between", "unknown"] as const;
const CONFIDENCES = ["certain", "likely", "possible"] as const;
const PHASES = [
  "IKE_SA_INIT",
  "IKE_INTERMEDIATE",
  "IKE_AUTH",
  "CREATE_CHILD_SA",
  "INFORMATIONAL",
  "MAIN_MODE",
  "AGGRESSIVE_MODE",
  "QUICK_MODE",
  "TRANSACTION",
  "ESP",
] as const;

/** The event of a line; why it is none, in a phrase, where it is not as `published-event.schema.json` has it. */
export function readEvent(line: string): GatewayEvent | string {
  if (line.length > LONGEST_LINE) return `the line has more than ${LONGEST_LINE} characters`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "the line is no JSON";
  }
  try {
    return eventIn(new Fields(value, ""));
  } catch (error) {
    if (error instanceof EventFault) return error.message;
    throw error;
  }
}

function eventIn(fields: Fields): GatewayEvent {
  if (fields.text("schema") !== SCHEMA) throw new EventFault(`schema is not ${SCHEMA}`);
  const common = { origin: originIn(fields), time: fields.time("time") };
  const name = fields.text("event");
  switch (name) {
    case "gateway-status":
      return { ...common, kind: name, status: statusIn(fields) };
    case "tunnel-accounts":
      return { ...common, kind: name, accounts: fields.objects("accounts", accountIn) };
    case "ended":
      return { ...common, kind: name };
    default:
      return { ...common, kind: "other", name };
  }
}

function originIn(fields: Fields): Origin {
  return {
    gateway: fields.matching("gateway", /^[A-Za-z0-9_-]{1,64}$/),
    labels: fields.dictionary("labels"),
    boot: fields.matching("boot", /^[0-9a-z]{1,32}$/),
    sequence: fields.count("sequence"),
  };
}

function statusIn(fields: Fields): CaptureStatus {
  return {
    time: fields.time("time"),
    interface: fields.text("interface"),
    isCapturing: fields.flag("capturing"),
    recordedSince: fields.time("recordedSince"),
    packets: fields.count("packets"),
    dropped: fields.countOrNull("dropped"),
    tunnels: fields.count("tunnels"),
    addresses: fields.texts("addresses"),
    hears: fields.object("hears", (hears) => ({
      everything: hears.flag("everything"),
      port500: hears.flag("port500"),
      port4500: hears.flag("port4500"),
      esp: hears.flag("esp"),
    })),
  };
}

function accountIn(fields: Fields): TunnelAccount {
  return {
    tunnel: fields.count("tunnel"),
    peers: fields.pair("peers", textIn),
    self: indexOrNull(fields, "self"),
    vantage: fields.oneOf("vantage", VANTAGES),
    state: fields.oneOf("state", LIVE_STATES),
    since: fields.time("since"),
    products: fields.pair("products", textOrNullIn),
    nat: fields.objectOrNull("nat", (nat) => ({
      initiatorBehindNat: nat.flagOrNull("initiatorBehindNat"),
      responderBehindNat: nat.flagOrNull("responderBehindNat"),
      forced: nat.flag("forced"),
    })),
    ikeSas: fields.objects("ikeSas", ikeSaIn),
    ikeSasFrom: fields.timeOrNull("ikeSasFrom"),
    spiPairs: fields.objects("spiPairs", (pair) => ({
      fromFirst: pair.spiOrNull("fromFirst"),
      fromSecond: pair.spiOrNull("fromSecond"),
    })),
    streams: fields.objects("streams", streamIn),
    streamsFrom: fields.timeOrNull("streamsFrom"),
    findings: fields.objects("findings", (finding) => ({
      code: finding.matching("code", /^[a-z0-9-]+$/),
      severity: finding.oneOf("severity", SEVERITIES),
      confidence: finding.oneOf("confidence", CONFIDENCES),
      phase: finding.oneOfOrNull("phase", PHASES),
    })),
    firstTime: fields.time("firstTime"),
    lastTime: fields.time("lastTime"),
  };
}

function ikeSaIn(fields: Fields): AccountedIkeSa {
  return {
    version: fields.count("version") === 1 ? 1 : 2,
    initiatorSpi: fields.matching("initiatorSpi", IKE_SPI),
    responderSpi: fields.matching("responderSpi", IKE_SPI),
    exchangesFrom: fields.timeOrNull("exchangesFrom"),
    exchanges: fields.objects("exchanges", exchangeIn),
  };
}

const IKE_SPI = /^[0-9a-f]{16}$/;

function exchangeIn(fields: Fields): AccountedExchange {
  return {
    type: fields.count("type"),
    name: fields.text("name"),
    messageId: fields.count("messageId"),
    step: fields.count("step"),
    startedBy: fields.oneOf("startedBy", ["initiator", "responder"]),
    request: fields.objectOrNull("request", messageIn),
    response: fields.objectOrNull("response", messageIn),
    expectsResponse: fields.flag("expectsResponse"),
  };
}

function messageIn(fields: Fields): AccountedMessage {
  return {
    from: indexIn(fields, "from"),
    attempts: fields.count("attempts"),
    firstTime: fields.time("firstTime"),
    lastTime: fields.time("lastTime"),
    source: fields.object("source", endpointIn),
    destination: fields.object("destination", endpointIn),
    transport: fields.oneOf("transport", ["udp", "tcp"]),
    isFragmented: fields.flag("isFragmented"),
  };
}

function streamIn(fields: Fields): AccountedStream {
  return {
    from: indexIn(fields, "from"),
    spi: fields.spi("spi"),
    encapsulation: fields.oneOf("encapsulation", ENCAPSULATION_NAMES),
    source: fields.object("source", endpointIn),
    destination: fields.object("destination", endpointIn),
    packets: fields.count("packets"),
    firstTime: fields.time("firstTime"),
    lastTime: fields.time("lastTime"),
    firstSequence: fields.count("firstSequence"),
    highestSequence: fields.count("highestSequence"),
    lost: fields.count("lost"),
    late: fields.count("late"),
    isBroken: fields.flag("isBroken"),
    largest: fields.count("largest"),
    sizes: fields.pairs("sizes"),
  };
}

function endpointIn(fields: Fields): Endpoint {
  return { address: fields.text("address"), port: fields.count("port") };
}

function indexIn(fields: Fields, name: string): PeerIndex {
  return fields.count(name) === 1 ? 1 : 0;
}

function indexOrNull(fields: Fields, name: string): PeerIndex | null {
  return fields.countOrNull(name) === null ? null : indexIn(fields, name);
}
