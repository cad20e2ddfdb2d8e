import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { IcmpAnswer, IkeSa } from "../../../session/model.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { errorNotify } from "../../../session/payloads.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { ikeHeaderAt, quotesInitiatorSpi } from "../../../session/quoted-ike.js";
import type { Setup } from "../../context.js";
import { isPortUnreachable } from "../icmp-types.js";

/** A closed port is reported at once; the report on a copy that comes later says nothing of the first one. */
const AT_ONCE: Micros = 500_000;

/** Whether this ICMP port unreachable comes from the initiator of `setup` as its program has ended, as refused or as it gave up. */
export function isOfEndedInitiator(setup: Setup, answer: IcmpAnswer): boolean {
  if (!isPortUnreachable(answer) || answer.source !== answer.error.quoted.destination) return false;
  return (
    endedAfterAnswer(setup, answer) || endedAtRefusal(setup, answer) || endedAtEncryptedRefusal(setup, answer)
  );
}

/**
 * Of the port that it sent Aggressive Mode 1 from, for a copy of Aggressive Mode 2: the first one arrived, and its program has ended
 * since. A client (vpnc) does that whose group password differs.
 */
function endedAfterAnswer({ progress }: Setup, { time, source, error: { quoted } }: IcmpAnswer): boolean {
  const exchange = progress.opening.at(-1);
  if (progress.state !== "opening-answered" || exchange?.exchangeType !== EXCHANGE_V1.AGGRESSIVE_MODE) {
    return false;
  }
  const { destinationPort } = quoted;
  const hadOpen =
    exchange.request?.sightings.some(
      (sent) => sent.source.address === source && sent.source.port === destinationPort,
    ) ??
    // The capture begins after Aggressive Mode 1: a copy of the answer went there before, and no error met it.
    exchange.response?.sightings.some(
      (sent) => sent.time < time && sent.destination.port === destinationPort,
    );
  return hadOpen === true && time - firstTimeOf(exchange.response) > AT_ONCE;
}

/**
 * For a clear refusal that went to this port: a program that asks once (ike-scan, a client on demand) does not wait for the answer, or for
 * its copies. The refusal is what failed; a daemon at that port would not have been accepted either.
 */
function endedAtRefusal({ sa }: Setup, { time, source, error: { quoted } }: IcmpAnswer): boolean {
  return sa.exchanges.some(({ startedBy, request, response }) => {
    const sent = startedBy === "responder" ? request : response;
    const claimed = errorNotify(sent)?.notifyType;
    // INVALID_KE_PAYLOAD asks for another attempt, and refuses nothing (RFC 7296 1.2).
    return (
      claimed !== undefined &&
      claimed !== NOTIFY_V2.INVALID_KE_PAYLOAD &&
      sent?.sightings.some(
        ({ time: sentAt, destination }) =>
          sentAt <= time && destination.address === source && destination.port === quoted.destinationPort,
      ) === true
    );
  });
}

/**
 * IKEv1: for an INFORMATIONAL, which is encrypted, with which the responder ends a setup at once after a message of the initiator, before
 * any quick mode: the login was refused, and the program (vpnc) had the port open up to then. A later one may be the end of a setup whose
 * program had ended before.
 */
function endedAtEncryptedRefusal({ sa, progress }: Setup, answer: IcmpAnswer): boolean {
  if (sa.majorVersion !== 1 || progress.quick.length > 0 || !quotesInformational(sa, answer)) return false;
  const heard = sa.exchanges
    .flatMap(({ startedBy, request, response }) => (startedBy === "initiator" ? request : response) ?? [])
    .flatMap(({ sightings }) => sightings.map(({ time }) => time));
  return (
    heard.some((time) => time <= answer.time && answer.time - time <= AT_ONCE) &&
    heard.every((time) => time <= answer.time)
  );
}

/** Its initiator SPI and exchange type are in the quotation, or the message is in the capture. */
function quotesInformational(sa: IkeSa, { time, source, error: { quoted } }: IcmpAnswer): boolean {
  const { payload } = quoted;
  const type = payload[ikeHeaderAt(payload) + EXCHANGE_AT];
  if (type !== undefined)
    return type === EXCHANGE_V1.INFORMATIONAL && quotesInitiatorSpi(payload, sa.initiatorSpi);
  const last = sa.exchanges
    .filter(({ startedBy }) => startedBy === "responder")
    .findLast(({ request }) =>
      request?.sightings.some(
        (sent) =>
          sent.time <= time &&
          sent.destination.address === source &&
          sent.destination.port === quoted.destinationPort,
      ),
    );
  return last?.exchangeType === EXCHANGE_V1.INFORMATIONAL;
}

/** Bytes before the exchange type (RFC 2408 3.1). */
const EXCHANGE_AT = 18;
