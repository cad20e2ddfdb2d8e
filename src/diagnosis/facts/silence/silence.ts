import { frameCapture } from "../../../bytes/frame.js";
import type { Micros } from "../../../bytes/time.js";
import type { Exchange, Sighting, Tunnel } from "../../../session/model.js";
import { lastSighting } from "../../../session/sightings.js";
import { clockError } from "../../clock.js";
import type { TunnelContext } from "../../context.js";
import { lacksFileBefore } from "../recording/missing-files.js";

/** Files of one capture follow one another within moments. */
const FILE_GAP = 2_000_000;
/** A responder that answers at all answers within the longer time; the third attempt of a daemon that repeats fast says as much. */
const SHORTEST_WAIT_US = { thirdAttempt: 1_000_000, secondAttempt: 2_000_000 } as const;

/**
 * A request that was repeated and never answered, in a capture that went on. One that was sent once is none, however
 * long the silence: a peer that waits for an answer asks again, a scanner does not, and a sniffer may miss the answer.
 */
export function staysUnanswered(
  { request, response, expectsResponse }: Exchange,
  context: TunnelContext,
): boolean {
  const first = request?.sightings[0];
  const last = lastSighting(request);
  if (request === null || first === undefined || last === undefined) return false;
  if (response !== null || !expectsResponse || request.tries < 2) return false;
  // TCP repeats for IKE (RFC 9329 section 6.2): what became of the connection is for `tcp-encapsulation` to say.
  if (first.transport === "tcp") return false;
  // From the first attempt to the last the sniffer was there, so that is waiting too.
  const waited = silenceAfter(context, last) + last.time - first.time;
  return waited >= (request.tries > 2 ? SHORTEST_WAIT_US.thirdAttempt : SHORTEST_WAIT_US.secondAttempt);
}

/**
 * How long the capture goes on after a packet: to the end of its file, or of those that follow it and show the same
 * tunnel. What another sniffer recorded later is no silence, nor is what a clock skipped that was set meanwhile.
 */
export function silenceAfter(
  { tunnel, capture }: TunnelContext,
  sighting: Pick<Sighting, "frames" | "time">,
): Micros {
  const { files, observations } = capture;
  const { time, frames } = sighting;
  const frame = frames[0] ?? 0;
  const file = files[frameCapture(frame)];
  const error = file === undefined ? 0 : clockError(file, frame, time);
  const lasts = (end: Micros): Micros => (error === 0 ? end - time : Math.max(0, end - time - error));
  if (files.length < 2 || file?.lastTime == null) {
    return lasts(file?.recorded?.until ?? observations.lastTime ?? time);
  }
  const shown = capturesOf(tunnel);
  let end = file.recorded?.until ?? file.lastTime;
  for (let grows = true; grows;) {
    grows = false;
    for (const [index, next] of files.entries()) {
      const { firstTime, lastTime, recorded } = next;
      if (lacksFileBefore(next) || !shown.has(index) || firstTime === null || lastTime === null) continue;
      const until = recorded?.until ?? lastTime;
      if (firstTime > end + FILE_GAP || until <= end) continue;
      end = until;
      grows = true;
    }
  }
  return lasts(end);
}

/** How long the capture had been going on before a packet of it. */
export function timeBefore(
  { capture: { files } }: TunnelContext,
  { frames, time }: Pick<Sighting, "frames" | "time">,
): Micros {
  const file = files[frameCapture(frames[0] ?? 0)];
  return time - (file?.recorded?.from ?? file?.firstTime ?? time);
}

/** Which of the files show this tunnel. */
function capturesOf(tunnel: Tunnel): Set<number> {
  const shown = new Set<number>();
  for (const { exchanges } of tunnel.ikeSas) {
    for (const { request, response } of exchanges) {
      for (const { frames } of [...(request?.sightings ?? []), ...(response?.sightings ?? [])]) {
        for (const frame of frames) shown.add(frameCapture(frame));
      }
    }
  }
  for (const { firstFrame, lastFrame } of tunnel.streams) {
    shown.add(frameCapture(firstFrame));
    shown.add(frameCapture(lastFrame));
  }
  return shown;
}
