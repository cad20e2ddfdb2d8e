import type { FrameRef } from "../bytes/frame.js";
import type { Finding } from "../diagnosis/finding.js";

/** The frames that findings cite. */
export function citedFrames(findings: readonly Finding[]): ReadonlySet<FrameRef> {
  return new Set(findings.flatMap(({ evidence }) => evidence.map(({ frame }) => frame)));
}
