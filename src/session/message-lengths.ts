import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import { NON_ESP_MARKER_LENGTH } from "../ike/udp.js";
import type { Sighting, Transmission } from "./model.js";

/**
 * Tells of each sighting of a message how long the IKE message or fragment is, bytes, without the marker of NAT-T (RFC 3948 2.2). It
 * stands on UDP 4500, and on ports that a gateway is configured to, where the header tells the length without it.
 */
export function messageLengths({
  message,
  sightings,
}: Pick<Transmission, "message" | "sightings">): (sighting: Sighting) => number {
  const marked = message.header.length + NON_ESP_MARKER_LENGTH;
  const isMarkedElsewhere = sightings.some(({ bytes }) => bytes === marked);
  return ({ bytes, source, destination, transport }) => {
    const ports = [source.port, destination.port];
    const hasMarker = ports.includes(NAT_T_PORT) || (isMarkedElsewhere && !ports.includes(IKE_PORT));
    return transport === "udp" && hasMarker ? bytes - NON_ESP_MARKER_LENGTH : bytes;
  };
}
