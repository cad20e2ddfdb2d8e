import { frameCapture } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import type { Exchange, KeptIkeSa, KeptTunnel, Place, Sighting, Transmission } from "../../session/model.js";

/**
 * The tunnel with each attempt of a message counted once, if several files were read one by one. Copies of a message are told by their
 * bytes and the time between them; where a file cuts packets, or the way takes long, those of another place looked like attempts.
 */
export function withAttemptsOfOnePlace(kept: KeptTunnel, places: readonly Place[]): KeptTunnel {
  const captures = new Map<number, Recording>();
  for (const { segment, capture, observations } of places)
    if (segment === null)
      captures.set(capture, {
        from: observations.firstTime ?? Infinity,
        to: observations.lastTime ?? -Infinity,
      });
  if (captures.size < 2) return kept;
  return { ...kept, ikeSas: kept.ikeSas.map((sa) => recounted(sa, captures)) };
}

/** A message takes less time from one place to another, microseconds. */
const UNDER_WAY_US: Micros = 1_000_000;

/** From when to when a file was recorded. */
interface Recording {
  readonly from: Micros;
  readonly to: Micros;
}
type Recordings = ReadonlyMap<number, Recording>;

/** The packed IKE SA, which after the reading grows no more. */
function recounted(sa: KeptIkeSa, captures: Recordings): KeptIkeSa {
  const { id, majorVersion, initiatorSpi, responderSpi, initiator, responder, startSeen, rolesProven } = sa;
  const { unkept, unkeptChecks, unkeptAnswers, unkeptSpan, firstTime, lastTime, traces } = sa;
  return {
    id,
    majorVersion,
    initiatorSpi,
    responderSpi,
    initiator,
    responder,
    startSeen,
    rolesProven,
    unkept,
    unkeptChecks,
    unkeptAnswers,
    unkeptSpan,
    firstTime,
    lastTime,
    traces,
    get facts() {
      return sa.facts;
    },
    open: () => {
      const opened = sa.open();
      return { ...opened, exchanges: opened.exchanges.map((exchange) => ofOnePlace(exchange, captures)) };
    },
  };
}

function ofOnePlace(exchange: Exchange, captures: Recordings): Exchange {
  const { request, response } = exchange;
  const [asked, answered] = [request, response].map((one) => one && counted(one, captures));
  return asked === request && answered === response
    ? exchange
    : { ...exchange, request: asked ?? null, response: answered ?? null };
}

/** The attempts that the place has which saw most of them, and those that another one has of the time before or after its recording. */
function counted(message: Transmission, captures: Recordings): Transmission {
  const { sightings, tries } = message;
  if (tries < 2) return message;
  const byCapture = new Map<number, Sighting[]>();
  for (const sighting of sightings) {
    const capture = frameCapture(sighting.frames[0] ?? 0);
    if (!captures.has(capture)) return message;
    const seen = byCapture.get(capture);
    if (seen === undefined) byCapture.set(capture, [sighting]);
    else seen.push(sighting);
  }
  if (byCapture.size < 2) return message;
  const most = Math.max(
    ...[...byCapture].map(([capture, own]) => {
      const others = [...byCapture].flatMap(([other, seen]) => (other === capture ? [] : [seen]));
      const beyond = others.map((seen) => (isBeyond(seen, captures.get(capture)) ? attemptsIn(seen) : 0));
      return attemptsIn(own) + Math.max(...beyond);
    }),
  );
  return most < tries ? { ...message, tries: most } : message;
}

/** The count of that fragment of a message which was seen most often. */
function attemptsIn(seen: readonly Sighting[]): number {
  const counts = new Map<number, number>();
  for (const { fragment } of seen) counts.set(fragment, (counts.get(fragment) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Whether all of it was seen while that file was not recorded: none of it is a copy of what is in the file. */
function isBeyond(seen: readonly Sighting[], recording: Recording | undefined): boolean {
  return (
    recording !== undefined &&
    seen.every(({ time }) => time > recording.to + UNDER_WAY_US || time < recording.from - UNDER_WAY_US)
  );
}
