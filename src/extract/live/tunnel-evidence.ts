import { THINNED_MARK } from "../../bytes/extract-mark.js";
import type { FrameRef } from "../../bytes/frame.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import { peersInLine } from "../../diagnosis/headline.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { Address } from "../../bytes/address.js";
import { addReason, framesFile } from "./frames-file.js";
import type { GatheredFrame } from "./gathering.js";

/** The tunnel that a file shows, as it is judged at a moment. */
export interface TunnelSubject {
  readonly peers: readonly [Address, Address];
  readonly rolesProven: boolean;
  readonly findings: readonly Finding[];
  readonly time: Micros;
  /** The interface that is captured on, such as "eth0". */
  readonly interface: string;
}

/**
 * Writes what is remembered of a tunnel as a pcapng file, block by block, with its findings as comments; `isAnonymized`: the frames
 * are, and so no text of a finding stands beside them. ikescope knows the file for an extract.
 */
export function tunnelEvidence(
  frames: readonly GatheredFrame[],
  subject: TunnelSubject,
  isAnonymized: boolean,
  application: string,
): Generator<Uint8Array> {
  const { findings } = subject;
  const reasons = new Map<FrameRef, string[]>();
  for (const { code, evidence } of findings) {
    for (const { frame, text } of evidence) {
      addReason(reasons, frame, isAnonymized ? code : `${code}: ${text}`);
    }
  }
  const there = new Set(frames.map(({ frame }) => frame));
  const missing = [...reasons.keys()].filter((frame) => !there.has(frame)).length;
  const name = isAnonymized ? "capture 1" : subject.interface;
  const comments = [
    // In part only, for ESP goes back less far than the messages do.
    THINNED_MARK,
    `SAVED at ${isoTime(subject.time)}${isAnonymized ? "" : `: ${peersInLine(subject.peers, subject.rolesProven)}`}`,
    ...findings.map((finding) => findingComment(finding, isAnonymized)),
    `What was remembered of a live capture${isAnonymized ? "" : ` on ${name}`}; each frame says its number since ikescope was started, and why it is here. ESP is cut to its headers.`,
    ...(missing === 0 ? [] : [`${missing} of the frames that findings cite are no longer remembered.`]),
  ];
  return framesFile(frames, { comments, reasons, interface: name }, application);
}

function findingComment(
  { severity, code, confidence, provenance, headline }: Finding,
  isAnonymized: boolean,
): string {
  const head = `${severity} ${code} (${confidence}, ${provenance})`;
  return isAnonymized ? head : `${head}: ${headline}`;
}
