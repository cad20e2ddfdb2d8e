import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { IcmpAnswer } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";
import { isPortUnreachable } from "../icmp-types.js";

/** A closed port is reported at once; the report on a copy that comes later says nothing of the first one. */
const AT_ONCE: Micros = 500_000;

/**
 * Whether this ICMP port unreachable comes from the initiator of `setup`, of the port that it sent Aggressive Mode 1 from, for a copy of
 * Aggressive Mode 2: the first one arrived, and its program has ended since. A client (vpnc) does that whose group password differs.
 */
export function isOfEndedInitiator({ progress }: Setup, answer: IcmpAnswer): boolean {
  const { time, source, error } = answer;
  const { quoted } = error;
  if (!isPortUnreachable(answer) || source !== quoted.destination) return false;
  const exchange = progress.opening.at(-1);
  if (progress.state !== "opening-answered" || exchange?.exchangeType !== EXCHANGE_V1.AGGRESSIVE_MODE) {
    return false;
  }
  const hadOpen = exchange.request?.sightings.some(
    (sighting) => sighting.source.address === source && sighting.source.port === quoted.destinationPort,
  );
  return hadOpen === true && time - firstTimeOf(exchange.response) > AT_ONCE;
}
