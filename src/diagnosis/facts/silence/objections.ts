import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";

/** Libreswan checks a certificate in up to 90 ms before it objects; a liveness check comes seconds later (RFC 3706). */
const AT_ONCE_US: Micros = 500_000;

/**
 * IKEv1: how many copies of the response the asker meets at once with an INFORMATIONAL. That copy arrived, whatever the asker
 * repeats afterwards: Libreswan objects to each Main Mode 6 of a certificate that is not valid, and goes on with its back-off.
 */
export function objectionsTo({ majorVersion, exchanges }: IkeSa, { startedBy, response }: Exchange): number {
  if (majorVersion !== 1) return 0;
  const said = exchanges
    .filter(
      ({ exchangeType, startedBy: by }) => exchangeType === EXCHANGE_V1.INFORMATIONAL && by === startedBy,
    )
    .flatMap(({ request }) => (request?.sightings ?? []).map(({ time }) => time));
  return (response?.sightings ?? []).filter(({ time }) =>
    said.some((saidAt) => saidAt >= time && saidAt - time <= AT_ONCE_US),
  ).length;
}
