import type { Micros } from "../bytes/time.js";
import type { FrameRef } from "../bytes/frame.js";
import { exchangeName } from "../ike/registries/exchanges.js";
import { openTunnel } from "../session/log/open-tunnel.js";
import { messageLengths } from "../session/message-lengths.js";
import type { Endpoint, KeptTunnel, Transmission } from "../session/model.js";

/** One sighting of an IKE message in the capture, in the words in which a log speaks of it. */
export interface WireMessage {
  readonly frame: FrameRef;
  readonly time: Micros;
  readonly nanos: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Length of the IKE message or fragment, bytes; without the marker of NAT-T. */
  readonly length: number;
  readonly exchange: string;
  readonly messageId: number;
  readonly response: boolean;
  readonly tunnel: number;
  /** Its IKE SA, by the id that it has in the tunnel. */
  readonly ikeSa: string;
  readonly isWhole: boolean;
}

/** Messages that are looked at; a log cannot be joined by more. */
const MOST_MESSAGES = 100_000;
/** As charon calls the exchanges of IKEv1. */
const CHARON_V1: Readonly<Record<string, string>> = {
  MAIN_MODE: "ID_PROT",
  AGGRESSIVE_MODE: "AGGRESSIVE",
  INFORMATIONAL: "INFORMATIONAL_V1",
};

/** All IKE messages of the tunnels, in order of time. Tunnels are opened one at a time. */
export function wireMessages(tunnels: readonly KeptTunnel[]): WireMessage[] {
  const messages: WireMessage[] = [];
  for (const kept of tunnels) {
    if (messages.length >= MOST_MESSAGES) break;
    for (const { id, exchanges } of openTunnel(kept).ikeSas) {
      const place = { tunnel: kept.id, ikeSa: id };
      for (const { request, response } of exchanges) {
        messages.push(...sightingsOf(request, false, place), ...sightingsOf(response, true, place));
      }
    }
  }
  return messages.toSorted((a, b) => a.time - b.time || a.frame - b.frame);
}

function sightingsOf(
  transmission: Transmission | null,
  response: boolean,
  place: Pick<WireMessage, "tunnel" | "ikeSa">,
): WireMessage[] {
  if (transmission === null) return [];
  const { header } = transmission.message;
  const name = exchangeName(header.majorVersion, header.exchangeType);
  const lengthOf = messageLengths(transmission);
  return transmission.sightings.map((sighting) => ({
    frame: sighting.frames[0] ?? 0,
    time: sighting.time,
    nanos: sighting.nanos,
    from: sighting.source,
    to: sighting.destination,
    length: lengthOf(sighting),
    exchange: header.majorVersion === 1 ? (CHARON_V1[name] ?? name) : name,
    messageId: header.messageId,
    response,
    ...place,
    isWhole: sighting.fragment === 0 && sighting.missingFragments === null,
  }));
}
