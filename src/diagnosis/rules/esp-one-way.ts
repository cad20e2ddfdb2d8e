import { humanDuration } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { Tunnel } from "../../session/model.js";
import type { TunnelContext, TunnelRule } from "../context.js";

/** Fewer packets, or less time, may just be the beginning of a conversation. */
const PACKETS = 4;
const TIME = 2_500_000;
/** Within this time a sniffer that saw the silent side still sees it. */
const NEAR = 300_000_000;

/**
 * One direction's SPI counts up, the other has none, while IKE is seen in both directions (so the sniffer sees both
 * ways). A direction that stopped later is not judged here: traffic that needs no answer looks the same.
 */
export const espOneWay: TunnelRule = (context) => {
  const { tunnel } = context;
  const directions = byDirection(tunnel);
  const [forward] = directions;
  if (directions.length !== 1 || forward === undefined) return null;
  const { source, destination, packets, firstTime, lastTime } = forward;
  if (packets < PACKETS || lastTime - firstTime < TIME) return null;
  const proof = ikeFromSilentSide(context, forward);
  if (proof === null) return null;
  return {
    code: "esp-one-way",
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: `ESP flows from ${source} to ${destination} only (${packets} packets in ${humanDuration(lastTime - firstTime)}, none back)`,
    summary:
      `${source} sent ${packets} ESP packets to ${destination} in ${humanDuration(lastTime - firstTime)} and not one came back, while IKE ` +
      `messages of ${destination} are seen here. ${side(context, source)}`,
    evidence: [
      {
        frame: forward.first.firstFrame,
        time: forward.first.firstTime,
        nanos: 0,
        text: `first ESP packet ${source} -> ${destination}`,
      },
      {
        frame: forward.last.lastFrame,
        time: forward.last.lastTime,
        nanos: 0,
        text: `last of ${packets} ESP packets, none in the other direction`,
      },
      proof,
    ],
    rivals: [
      {
        code: "esp-absent",
        separatedBy: `whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${destination}: whether the replies leave in clear`,
      },
    ],
  };
};

interface Direction {
  readonly source: string;
  readonly destination: string;
  readonly packets: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly first: EspStream;
  readonly last: EspStream;
}

/** Directions by the addresses of the tunnel itself; the second view of a capture on a translator is left out. */
function byDirection(tunnel: Tunnel): Direction[] {
  const own = tunnel.streams.filter(
    ({ source, destination }) => tunnel.addresses.includes(source) && tunnel.addresses.includes(destination),
  );
  const streams = own.length > 0 ? own : tunnel.streams;
  const directions = new Map<string, Direction>();
  for (const stream of streams) {
    const known = directions.get(stream.source);
    directions.set(stream.source, {
      source: stream.source,
      destination: stream.destination,
      packets: (known?.packets ?? 0) + stream.packets,
      firstTime: Math.min(known?.firstTime ?? Infinity, stream.firstTime),
      lastTime: Math.max(known?.lastTime ?? -Infinity, stream.lastTime),
      first: known !== undefined && known.first.firstTime <= stream.firstTime ? known.first : stream,
      last: known !== undefined && known.last.lastTime >= stream.lastTime ? known.last : stream,
    });
  }
  return [...directions.values()];
}

/** An IKE message of the silent side, not long before or after, proves that its packets pass the sniffer. */
function ikeFromSilentSide({ setups }: TunnelContext, { destination, firstTime, lastTime }: Direction) {
  for (const { sa } of setups) {
    for (const { request, response } of sa.exchanges) {
      for (const sighting of [...(response?.sightings ?? []), ...(request?.sightings ?? [])]) {
        const { time } = sighting;
        if (sighting.source.address !== destination) continue;
        if (time < firstTime - NEAR || time > lastTime + NEAR) continue;
        return {
          frame: sighting.frames[0] ?? 0,
          time,
          nanos: sighting.nanos,
          text: `an IKE message of ${destination} is seen here`,
        };
      }
    }
  }
  return null;
}

function side({ vantage, setups }: TunnelContext, source: string): string {
  const initiator = setups[0]?.sa.initiator.address;
  const near =
    (vantage.place === "near-initiator" && source === initiator) ||
    (vantage.place === "near-responder" && source !== initiator);
  if (near) {
    return "Seen near the sender: its packets leave; either they or the answers are lost on the way, or the other side does not answer.";
  }
  if (vantage.place === "near-initiator" || vantage.place === "near-responder") {
    return "Seen near the receiver: the packets arrive there and no answer leaves, so look at that host and the network behind it.";
  }
  return "Where the answers are lost cannot be told from this place.";
}
