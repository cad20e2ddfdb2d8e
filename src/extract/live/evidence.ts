import { THINNED_MARK } from "../../bytes/extract-mark.js";
import type { FrameRef } from "../../bytes/frame.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type { Finding } from "../../diagnosis/finding.js";
import { peersInLine } from "../../diagnosis/headline.js";
import type { EventTunnel } from "../../live/event.js";
import { addReason, framesFile } from "./frames-file.js";
import type { GatheredFrame } from "./gathering.js";

/** The finding that an evidence file shows. */
export interface EvidenceSubject {
  readonly finding: Finding;
  readonly tunnel: EventTunnel | null;
  readonly raisedAt: Micros;
  /** The interface that is captured on, such as "eth0". */
  readonly interface: string;
}

/** Missing frames that are named; more are counted. */
const MISSING = 20;

/**
 * Writes the frames around a finding as a pcapng file, block by block. Its own comments hold the finding and which of the
 * frames that it cites are no longer there; each frame has its number in the live capture and why it is here. ikescope
 * knows the file for an extract. `application` is name and version of the program.
 */
export function liveEvidence(
  frames: readonly GatheredFrame[],
  subject: EvidenceSubject,
  application: string,
): Generator<Uint8Array> {
  const comments = sectionComments(frames, subject);
  const file = { comments, reasons: reasonsOf(subject.finding), interface: subject.interface };
  return framesFile(frames, file, application);
}

function sectionComments(
  frames: readonly GatheredFrame[],
  { finding, tunnel, raisedAt, interface: where }: EvidenceSubject,
): string[] {
  const { code, severity, confidence, provenance, headline, summary, evidence } = finding;
  const peers = tunnel === null ? "" : `${peersInLine(tunnel.peers, tunnel.rolesProven)}: `;
  const there = new Set(frames.map(({ frame }) => frame));
  const missing = evidence.filter(({ frame }) => !there.has(frame));
  return [
    // In part only, for ESP goes back less far than the messages do.
    THINNED_MARK,
    `RAISED ${severity} ${code} (${confidence}, ${provenance}) at ${isoTime(raisedAt)}`,
    `${peers}${headline}`,
    summary,
    `What was remembered of a live capture on ${where}; each frame says its number since ikescope was started, and why it is here. ESP is cut to its headers.`,
    ...(missing.length === 0 ? [] : [missingText(missing)]),
  ];
}

function missingText(missing: Finding["evidence"]): string {
  const named = missing
    .slice(0, MISSING)
    .map(({ frame, time, text }) => `${frame} (${isoTime(time)}, ${text})`);
  const more = missing.length > MISSING ? ` and ${missing.length - MISSING} more` : "";
  return `Cited, and no longer remembered: frame ${named.join("; frame ")}${more}.`;
}

function reasonsOf({ code, evidence }: Finding): ReadonlyMap<FrameRef, readonly string[]> {
  const reasons = new Map<FrameRef, string[]>();
  for (const { frame, text } of evidence) addReason(reasons, frame, `${code}: ${text}`);
  return reasons;
}
