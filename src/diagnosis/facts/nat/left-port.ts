import type { IcmpAnswer } from "../../../session/model.js";
import { isPortUnreachable } from "../icmp-types.js";
import type { Setup } from "../../context.js";

/**
 * Whether this ICMP port unreachable comes from the initiator of `setup`, of the port that it opened with and has left for another one
 * before (RFC 3947 4, to UDP 4500): a client (vpnc) closes the first, and copies of the earlier answer meet it.
 */
export function isOfLeftPort({ sa, progress }: Setup, answer: IcmpAnswer): boolean {
  const { time, source, error } = answer;
  const { quoted } = error;
  if (!isPortUnreachable(answer) || source !== quoted.destination) return false;
  const isOpenedThere = progress.opening.some(({ request }) =>
    request?.sightings.some(
      (sighting) => sighting.source.address === source && sighting.source.port === quoted.destinationPort,
    ),
  );
  return (
    isOpenedThere &&
    sa.exchanges.some(
      ({ startedBy, request }) =>
        startedBy === "initiator" &&
        request?.sightings.some(
          ({ time: sentAt, source: from }) => sentAt < time && from.port !== quoted.destinationPort,
        ) === true,
    )
  );
}
