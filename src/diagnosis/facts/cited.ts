import type { FrameRef } from "../../bytes/frame.js";
import type { IkeSa, Transmission } from "../../session/model.js";
import type { Micros } from "../../bytes/time.js";
import type { Finding } from "../finding.js";

/** Frames that findings cite. */
export function citedFrames(findings: readonly Pick<Finding, "evidence">[]): ReadonlySet<FrameRef> {
  return new Set(findings.flatMap(({ evidence }) => evidence.map(({ frame }) => frame)));
}

/** Whether a sighting of `message` is among the frames. */
export function isCited(message: Transmission | null, frames: ReadonlySet<FrameRef>): boolean {
  return message?.sightings.some(({ frames: own }) => own.some((frame) => frames.has(frame))) === true;
}

/** Whether a message of an IKE SA is among the frames. */
export function holdsCited({ exchanges }: IkeSa, frames: ReadonlySet<FrameRef>): boolean {
  return exchanges.some(({ request, response }) => isCited(request, frames) || isCited(response, frames));
}

/** When a finding cites a message of an IKE SA for the last time; null where it cites none. */
export function lastCited(sa: IkeSa, { evidence }: Finding): Micros | null {
  const own = evidence.filter(({ frame }) => holdsCited(sa, new Set([frame])));
  return own.length === 0 ? null : Math.max(...own.map(({ time }) => time));
}
