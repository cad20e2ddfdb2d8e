import type { FrameRef } from "../../bytes/frame.js";
import type { Transmission } from "../../session/model.js";
import type { Finding } from "../finding.js";

/** Frames that findings cite. */
export function citedFrames(findings: readonly Finding[]): ReadonlySet<FrameRef> {
  return new Set(findings.flatMap(({ evidence }) => evidence.map(({ frame }) => frame)));
}

/** Whether a sighting of `message` is among the frames. */
export function isCited(message: Transmission | null, frames: ReadonlySet<FrameRef>): boolean {
  return message?.sightings.some(({ frames: own }) => own.some((frame) => frames.has(frame))) === true;
}
