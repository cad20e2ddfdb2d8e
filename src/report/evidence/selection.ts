import type { Address } from "../../bytes/address.js";
import { frameRef, type FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import { wasSetBack } from "../../diagnosis/clock.js";
import { isLostInExtract } from "../../diagnosis/needs.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import type { EspStream } from "../../esp/stream.js";
import type { CaptureFile, Endpoint } from "../../session/model.js";
import { evidenceComments } from "./comment.js";
import { type Reasons, tunnelFrames } from "./context.js";
import { chosenTunnels, ownersOf, withOwners } from "./tunnels.js";

/**
 * Packets kept at each end of an ESP stream; and where a finding counts packets, or compares a pause with their rate, or a clock
 * was set back: then only the packets between tell what the pauses are worth.
 */
const STREAM_END = 32;
const COUNTED_STREAM_END = 1000;
/**
 * Fragmented ESP of a direction: examples where its streams are thinned; else all, for what is left out would be lost. So many
 * come with streams that are kept whole.
 */
const FRAGMENTED_EXAMPLES = 16;
const FRAGMENTED = 4096;

/** A stream of which the first and the last packets are kept. */
interface KeptStream {
  readonly stream: EspStream;
  /** Packets at each end. */
  readonly ends: number;
}

/** The frames of an extract, and why they are in it. */
export interface EvidenceSelection {
  /** Frames that are named, each with the reasons that it is there for, sentences. */
  readonly frames: ReadonlyMap<FrameRef, readonly string[]>;
  /** Frames that are named for their time alone; of a tunnel that is not shown they are cut to their headers. */
  readonly marks: ReadonlyMap<FrameRef, string>;
  readonly streams: readonly KeptStream[];
  /** Addresses of each tunnel; some keepalives and fragments between them are kept. */
  readonly peers: readonly (readonly Address[])[];
  /** Fragmented datagrams of ESP that are kept of each direction, at most. */
  readonly fragmented: number;
  /** TCP connections of which the segments are kept. */
  readonly connections: readonly (readonly [Endpoint, Endpoint])[];
  readonly files: readonly EvidenceFile[];
  /** Frames of all files. */
  readonly packets: number;
  /** The verdict, and what the extract does not show: texts of the section's comments. */
  readonly comments: readonly string[];
  /** ESP packets are kept whole: the file has their keys. Else they are cut to their headers. */
  readonly isEspWhole: boolean;
}

/** One of the captures that the extract is made of. */
export interface EvidenceFile {
  readonly name: string;
  readonly packets: number;
  readonly firstTime: Micros | null;
  readonly lastTime: Micros | null;
  readonly nanosecondTimes: boolean;
  readonly dropped: number | null;
  readonly recorded: CaptureFile["recorded"];
}

/**
 * Chooses what stands for a judgement: all that its findings cite, all IKE messages around it, both ends of each ESP stream,
 * and what proves that nothing else was to be seen. Pure. Bounded by tunnels, IKE SAs and messages, not by the capture.
 */
export function selectEvidence(judgement: Judgement, isEspWhole = false): EvidenceSelection {
  const { files, observations } = judgement;
  const frames: Reasons = new Map();
  const first = chosenTunnels(judgement);
  const chosen = withOwners(judgement, first, new Set(citedBy(judgement, first).map(({ frame }) => frame)));
  for (const { frame, reason } of citedBy(judgement, chosen)) add(frames, frame, reason);
  const cited = new Set(frames.keys());
  for (const judged of chosen) tunnelFrames(judged.tunnel, frames);
  for (const { tunnel, sas } of ownersOf(judgement, chosen, cited))
    tunnelFrames({ ...tunnel, ikeSas: sas }, frames);
  for (const { frame } of observations.cutIke) add(frames, frame, "cut by the snap length");
  const marks = new Map<FrameRef, string>();
  for (const [capture, { stepBack }] of files.entries()) {
    if (stepBack === null) continue;
    marks.set(frameRef(capture, stepBack.frame - 1), "before the step back of the time");
    marks.set(frameRef(capture, stepBack.frame), "the time goes back");
  }
  const isSetBack = files.some(wasSetBack);
  const streams = chosen.flatMap((judged) => streamsOf(judged, isSetBack));
  const thinned = streams.some(({ stream: { packets }, ends }) => packets > 2 * ends);
  return {
    frames,
    marks,
    streams,
    fragmented: thinned ? FRAGMENTED_EXAMPLES : FRAGMENTED,
    peers: chosen.map(addressesOf),
    connections: chosen.flatMap(({ tunnel }) =>
      tunnel.tcpConnections.map(({ client, server }) => [client.endpoint, server.endpoint] as const),
    ),
    files: files.map(evidenceFile),
    packets: observations.packets,
    isEspWhole,
    comments: evidenceComments(judgement, chosen, { thinned, isEspWhole }),
  };
}

/** The frames that findings of the capture and of these tunnels cite. */
function citedBy(
  { findings }: Judgement,
  chosen: readonly JudgedTunnel[],
): { readonly frame: FrameRef; readonly reason: string }[] {
  return findings
    .filter(({ tunnel }) => tunnel === null || chosen.some((judged) => judged.tunnel.id === tunnel))
    .flatMap(({ code, evidence }) =>
      evidence.map(({ frame, text }) => ({ frame, reason: `${code}: ${text}` })),
    );
}

function add(reasons: Reasons, frame: FrameRef, reason: string): void {
  const known = reasons.get(frame);
  if (known === undefined) reasons.set(frame, [reason]);
  else if (!known.includes(reason)) known.push(reason);
}

function streamsOf({ tunnel, findings }: JudgedTunnel, isSetBack: boolean): KeptStream[] {
  const counts =
    isSetBack || findings.some(({ code, severity }) => severity !== "info" && isLostInExtract(code, true));
  return tunnel.streams.map((stream) => ({ stream, ends: counts ? COUNTED_STREAM_END : STREAM_END }));
}

function addressesOf({ tunnel }: JudgedTunnel): Address[] {
  return [...new Set([...tunnel.addresses, ...tunnel.aliases.map(({ address }) => address)])];
}

/** A capture as an evidence file tells of it. */
export function evidenceFile(capture: CaptureFile): EvidenceFile {
  const { file, packets, firstTime, lastTime, nanosecondTimes, dropped, recorded } = capture;
  return { name: file, packets, firstTime, lastTime, nanosecondTimes, dropped, recorded };
}
