import { humanDuration } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import type { Sighting, Tunnel } from "../../session/model.js";
import { stoppedAnswers } from "../answers-stop.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import { evidenceAt } from "../evidence.js";
import type { Verdict } from "../finding.js";
import { waysOf } from "../esp-ways.js";
import { lastQuestions } from "../rhythm.js";
import { birthsOf } from "../../session/esp/births.js";
import { lastOf } from "../sides.js";
import { canonical, sightingsOf } from "../unanswered.js";
import { isBlocked } from "./esp-blocked.js";
import { espStaleSpi } from "./esp-stale-spi.js";
import { mobikeFailed } from "./mobike-failed.js";

/** Fewer packets, or less time, may just be the beginning of a conversation. */
const PACKETS = 4;
const TIME = 2_500_000;
/** Of a new SA's numbers: what came before the first packet that was seen may be lost. */
const FIRST_NUMBERS = 4;
/** Within this time a sniffer that saw the silent side still sees it. */
const NEAR = 300_000_000;

/** Of the silent side's IKE messages one must be later than this behind its last ESP packet. */
const LATER = 1_000_000;

/**
 * One direction's SPI counts up, the other has none, while IKE is seen in both directions (so the sniffer sees both
 * ways); or traffic took turns, and then one direction stops while the other goes on as before and IKE still comes from
 * the silent side. Traffic that needs no answer looks otherwise: see {@link stoppedAnswers}.
 */
export const espOneWay: TunnelRule = (context) =>
  isBlocked(context) === null ? (neverAnswered(context) ?? noLongerAnswered(context)) : null;

function noLongerAnswered(context: TunnelContext): Verdict | null {
  const stopped = stoppedAnswers(context);
  if (stopped === null || espStaleSpi(context) !== null || mobikeFailed(context) !== null) return null;
  const { asking, silent, stoppedAt, turns, after } = stopped;
  const proof = ikeAfter(context, silent.source, stoppedAt + LATER);
  if (proof === null) return null;
  const span = humanDuration(asking.lastTime - stoppedAt);
  return {
    code: "esp-one-way",
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: `ESP of ${silent.source} stops, while ${asking.source} goes on for ${span} and IKE is still answered`,
    summary:
      `Traffic took turns (${turns} answers of ${silent.source}), then ESP of ${silent.source} ends while ${asking.source} goes on with packets of the same sizes (at least ${after} in ${span}). ` +
      `IKE of ${silent.source} still comes, so the peer lives and the way for IKE is open. ${side(context, asking.source)}`,
    evidence: [
      lastOf(silent.last, `last ESP packet of ${silent.source}`),
      evidenceAt(proof, `an IKE message of ${silent.source} later`),
      lastOf(asking.last, `ESP of ${asking.source} goes on`),
    ],
    rivals: [
      {
        code: "nat-mapping-changed",
        separatedBy: `a capture at ${silent.source}: whether its answers leave, and to which address and port`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${silent.source}: whether the replies leave in clear`,
      },
    ],
  };
}

/** The first IKE message of that end after `time`. */
function ikeAfter({ setups, tunnel }: TunnelContext, address: string, time: number): Sighting | null {
  return (
    setups
      .flatMap(({ sa }) => sightingsOf(sa))
      .filter((sighting) => sighting.time > time && canonical(tunnel, sighting.source.address) === address)
      .toSorted((a, b) => a.time - b.time)[0] ?? null
  );
}

function neverAnswered(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  const directions = byDirection(tunnel);
  const [forward] = directions;
  if (directions.length !== 1 || forward === undefined) return null;
  const { source, destination, packets, firstTime, lastTime } = forward;
  if (packets < PACKETS || lastTime - firstTime < TIME) return null;
  const proof = ikeFromSilentSide(context, forward);
  const waits = waitsForAnswers(tunnel, forward.first, waysOf(tunnel)[0]?.streams ?? []);
  if (proof === null || waits === "not-known") return null;
  return {
    code: "esp-one-way",
    ...(waits === "likely" ? {} : { severity: "warning" as const }),
    confidence: waits,
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
}

/**
 * Whether this traffic needs answers: packets that come again as TCP repeats them do, and so do pings on an SA that never had
 * another direction. What else an SA carries from its birth on, or pings on one that is older, is only possible: log
 * messages and heartbeats look so too. Of the rest nothing is known.
 */
function waitsForAnswers(
  { ikeSas }: Tunnel,
  first: EspStream,
  streams: readonly EspStream[],
): "likely" | "possible" | "not-known" {
  const rhythms = streams.map((stream) => lastQuestions(stream)?.rhythm);
  if (rhythms.includes("back-off")) return "likely";
  const isBorn =
    first.firstSequence <= FIRST_NUMBERS && birthsOf(ikeSas).some(({ time }) => time <= first.firstTime);
  if (rhythms.includes("steady")) return isBorn ? "likely" : "possible";
  return isBorn ? "possible" : "not-known";
}

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
