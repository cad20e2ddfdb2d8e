import { THINNED_MARK } from "../../bytes/extract-mark.js";
import type { FrameRef } from "../../bytes/frame.js";
import { printable } from "../../bytes/text.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import { PcapngWriter } from "../../capture/pcapng-writer.js";
import type { Finding } from "../../diagnosis/finding.js";
import type { EventTunnel } from "../../live/event.js";
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
/** The upper bits of a link type may tell the length of the frame check sequence; pcapng has another place for it. */
const LINK_TYPE = 0xffff;

/**
 * Writes the frames around a finding as a pcapng file, block by block. Its own comments hold the finding and which of the
 * frames that it cites are no longer there; each frame has its number in the live capture and why it is here. ikescope
 * knows the file for an extract. `application` is name and version of the program.
 */
export function* liveEvidence(
  frames: readonly GatheredFrame[],
  subject: EvidenceSubject,
  application: string,
): Generator<Uint8Array> {
  const writer = new PcapngWriter();
  const reasons = reasonsOf(subject.finding);
  yield writer.section(application, sectionComments(frames, subject).map(printable));
  const nanoseconds = frames.some(({ nanos }) => nanos > 0);
  const interfaces = new Map<number, number>();
  for (const { kind, linkType: fullType, frame, ...rest } of frames) {
    const linkType = fullType & LINK_TYPE;
    let number = interfaces.get(linkType);
    if (number === undefined) {
      number = interfaces.size;
      interfaces.set(linkType, number);
      yield writer.interface({ linkType, description: printable(subject.interface), nanoseconds });
    }
    const why = reasons.get(frame)?.join("; ") ?? `context: ${contextText(kind)}`;
    yield writer.frame({ ...rest, interface: number, comments: [printable(`frame ${frame}: ${why}`)] });
  }
}

function sectionComments(
  frames: readonly GatheredFrame[],
  { finding, tunnel, raisedAt, interface: where }: EvidenceSubject,
): string[] {
  const { code, severity, confidence, provenance, headline, summary, evidence } = finding;
  const peers = tunnel === null ? "" : `${tunnel.peers.join(" -> ")}: `;
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
  for (const { frame, text } of evidence) {
    const reason = `${code}: ${text}`;
    const known = reasons.get(frame);
    if (known === undefined) reasons.set(frame, [reason]);
    else known.push(reason);
  }
  return reasons;
}

function contextText(kind: GatheredFrame["kind"]): string {
  switch (kind) {
    case "ike":
      return "IKE message";
    case "esp":
      return "ESP packet";
    case "ah":
      return "AH packet";
    case "keepalive":
      return "NAT-T keepalive";
    case "icmp":
      return "ICMP error";
    case "tcp":
      return "TCP segment";
    case "fragment":
      return "fragment of a datagram";
    case "other":
      return "another packet between the two";
    case "landmark":
      return "the newest frame when this was written: the capture went on until then";
  }
}
