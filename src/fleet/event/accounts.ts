import { SEVERITIES } from "../../diagnosis/severity.js";
import { ENCAPSULATION_NAMES } from "../../esp/stream.js";
import type {
  AccountedCertificate,
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  AccountedStream,
  PeerIndex,
  TunnelAccount,
} from "../../live/account/account.js";
import { BITMAP_BITS } from "../../esp/bitmaps.js";
import { LIVE_STATES } from "../../live/tunnel.js";
import type { Endpoint } from "../../session/model.js";
import type { EndKeys } from "../end.js";
import { shared, sharedEndpoint } from "./shared-values.js";
import { type Fields, textIn, textOrNullIn } from "./fields.js";

/** Whether the account of a gateway's tunnel is to be read, by the names that the tunnel has. */
export type WantedAccount = (gateway: string, account: EndKeys & { readonly tunnel: number }) => boolean;

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

/** The accounts of an event that are wanted, and the numbers of the other tunnels. */
export function accountsIn(
  fields: Fields,
  gateway: string,
  isWanted: WantedAccount,
): { readonly accounts: readonly TunnelAccount[]; readonly elsewhere: readonly number[] } {
  const elsewhere: number[] = [];
  const accounts = fields.objects("accounts", (account) => {
    const names = namesIn(account);
    if (isWanted(gateway, names)) return accountIn(account);
    elsewhere.push(names.tunnel);
    return null;
  });
  return { accounts: accounts.filter((account) => account !== null), elsewhere };
}

function namesIn(fields: Fields): EndKeys & { readonly tunnel: number } {
  return {
    tunnel: fields.count("tunnel"),
    ikeSas: fields.objects("ikeSas", (sa) => ({ initiatorSpi: sa.matching("initiatorSpi", IKE_SPI) })),
    spiPairs: spiPairsIn(fields),
  };
}

function spiPairsIn(fields: Fields): TunnelAccount["spiPairs"] {
  return fields.objects("spiPairs", (pair) => ({
    fromFirst: pair.spiOrNull("fromFirst"),
    fromSecond: pair.spiOrNull("fromSecond"),
  }));
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
    spiPairs: spiPairsIn(fields),
    streams: fields.objects("streams", streamIn),
    streamsFrom: fields.timeOrNull("streamsFrom"),
    findings: fields.objects("findings", (finding) => ({
      code: finding.matching("code", /^[a-z0-9-]+$/),
      severity: finding.oneOf("severity", SEVERITIES),
      confidence: finding.oneOf("confidence", CONFIDENCES),
      phase: finding.oneOfOrNull("phase", PHASES),
    })),
    // Gateways of an earlier version do not tell them.
    certificates: fields.has("certificates") ? fields.objects("certificates", certificateIn) : [],
    firstTime: fields.time("firstTime"),
    lastTime: fields.time("lastTime"),
  };
}

function certificateIn(fields: Fields): AccountedCertificate {
  return {
    from: indexIn(fields, "from"),
    notAfter: fields.time("notAfter"),
    isAuthority: fields.flag("isAuthority"),
    fingerprint: fields.matching("fingerprint", IKE_SPI),
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
    name: shared(fields.text("name")),
    messageId: fields.count("messageId"),
    step: fields.count("step"),
    startedBy: fields.oneOf("startedBy", ["initiator", "responder"]),
    request: fields.objectOrNull("request", messageIn),
    response: fields.objectOrNull("response", messageIn),
    expectsResponse: fields.flag("expectsResponse"),
  };
}

// Both are written out: an object that is made of the parts of others takes twice the memory, and a hub has millions.
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
    deepest: deepestIn(fields),
    isBroken: fields.flag("isBroken"),
    largest: fields.count("largest"),
    sizes: fields.pairs("sizes"),
  };
}

/** A gateway that does not say how late its late packets came may have had them as late as numbers are kept. */
function deepestIn(fields: Fields): number {
  if (fields.has("deepest")) return fields.count("deepest");
  return fields.count("late") === 0 ? 0 : BITMAP_BITS;
}

function endpointIn(fields: Fields): Endpoint {
  return sharedEndpoint(fields.text("address"), fields.count("port"));
}

function indexIn(fields: Fields, name: string): PeerIndex {
  return fields.count(name) === 1 ? 1 : 0;
}

function indexOrNull(fields: Fields, name: string): PeerIndex | null {
  return fields.countOrNull(name) === null ? null : indexIn(fields, name);
}
