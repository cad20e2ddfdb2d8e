import { humanDuration, type Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { IkeSa, Tunnel } from "../../session/model.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import type { Verdict } from "../finding.js";
import { brokenEspOf } from "../broken-esp.js";
import { waysOf } from "../esp-ways.js";
import { type OneWayKind, oneWayKind } from "../one-way-traffic.js";
import { birthsOf } from "../../session/esp/births.js";
import { isBlocked } from "./esp-blocked.js";
import { noLongerAnswered, sideOfOneWay } from "./esp-one-way-later.js";

/** Fewer packets, or less time, may be the first ones of a TCP connection or a ping that is answered in a moment. */
const PACKETS = 3;
const ROUND_TRIP_US: Micros = 1_000_000;
/** An answer that takes longer than this does not come any more. */
const SLOW_ANSWER_US: Micros = 2_500_000;
/** Of a new SA's numbers: what came before the first packet that was seen may be lost. */
const FIRST_NUMBERS = 4;
/** Within this time a sniffer that saw the silent side still sees it. */
const NEAR = 300_000_000;

/**
 * One direction's SPI counts up, the other has none, while IKE is seen in both directions (so the sniffer sees both
 * ways); or traffic took turns, and then one direction stops while the other goes on as before and IKE still comes from
 * the silent side. Traffic that needs no answer looks otherwise: see {@link noLongerAnswered}.
 */
export const espOneWay: TunnelRule = (context) =>
  isBlocked(context) === null ? (neverAnswered(context) ?? noLongerAnswered(context)) : null;

function neverAnswered(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  // The other direction may be among those.
  if (tunnel.streamsNotKept > 0) return null;
  const directions = byDirection(tunnel);
  const [forward] = directions;
  if (directions.length !== 1 || forward === undefined) return null;
  const { source, destination, packets, firstTime, lastTime } = forward;
  const waited = lastTime - firstTime;
  if (packets < PACKETS || waited < ROUND_TRIP_US) return null;
  if (brokenEspOf(tunnel, destination).length > 0) return null;
  const proof = ikeFromSilentSide(context, forward);
  const kind = oneWayKind(waysOf(tunnel)[0]?.streams ?? [], context.capture.observations.lastTime ?? 0);
  const grave = gravityOf(kind, tunnel, forward);
  const gravity =
    grave?.confidence === "likely" && waited < SLOW_ANSWER_US
      ? { ...grave, confidence: "possible" as const }
      : grave;
  if (proof === null || gravity === null) return null;
  return {
    code: "esp-one-way",
    ...gravity,
    provenance: "deduced",
    phase: "ESP",
    headline: `ESP flows from ${source} to ${destination} only (${packets} packets in ${humanDuration(lastTime - firstTime)}, none back)`,
    summary:
      `${source} sent ${packets} ESP packets to ${destination} in ${humanDuration(lastTime - firstTime)} and not one came back, while IKE ` +
      `messages of ${destination} are seen here. ${sideOfOneWay(context, source)}`,
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
        separatedBy:
          kind === "pings" || kind === "repeats"
            ? `a ping to the inner address of ${destination} itself or to another host behind it: if that is answered, the tunnel works and only the host that was asked is silent (its own firewall, or it is off)`
            : `whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${destination}: whether the replies leave in clear`,
      },
    ],
  };
}

/**
 * How grave it is that nothing comes back. Packets that repeat as TCP repeats them, and a person's pings, need answers. A steady
 * beat or anything else on an SA that was born in the capture may need none: where it goes on for long, or the SA is older, that is a
 * warning, and log messages are none.
 */
function gravityOf(
  kind: OneWayKind,
  tunnel: Tunnel,
  { first, packets, firstTime, lastTime }: Direction,
): Pick<Verdict, "severity" | "confidence"> | null {
  const isBorn =
    first.firstSequence <= FIRST_NUMBERS &&
    birthsOf(tunnel.ikeSas).some(({ time }) => time <= first.firstTime);
  // Who waits for an answer does not go on for longer.
  const isShort = packets <= PINGS.packets && lastTime - firstTime <= PINGS.time;
  switch (kind) {
    case "repeats":
      return { confidence: "likely" };
    case "pings":
      return isBorn ? { confidence: "likely" } : POSSIBLE;
    case "beats":
      return isBorn && isShort ? { confidence: "possible" } : POSSIBLE;
    case "reports":
      return isBorn ? { severity: "info", confidence: "possible" } : null;
    case "unclear":
      if (!isBorn) return null;
      return isShort ? { confidence: "possible" } : POSSIBLE;
  }
}

/** A person's pings are at most so many, in so long a time. */
const PINGS = { packets: 30, time: 30_000_000 } as const;

const POSSIBLE = { severity: "warning", confidence: "possible" } as const;

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
  const [from, to] = [firstTime - NEAR, lastTime + NEAR];
  for (const { sa } of setups) {
    const isCounted = isAnsweredIn(sa, from, to);
    for (const { request, response } of sa.exchanges) {
      for (const sighting of [...(response?.sightings ?? []), ...(request?.sightings ?? [])]) {
        const { time } = sighting;
        if (sighting.source.address !== destination) continue;
        if (!isCounted && (time < from || time > to)) continue;
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

/** Liveness checks of which no one is kept were answered at that time. */
function isAnsweredIn({ unkeptChecks, unkeptSpan }: IkeSa, from: Micros, to: Micros): boolean {
  if (unkeptChecks === 0 || unkeptSpan === null) return false;
  const { pause } = unkeptSpan;
  const isPaused = pause !== null && pause.from.time < from && pause.to.time > to;
  return !isPaused && unkeptSpan.from.time <= to && unkeptSpan.to.time >= from;
}
