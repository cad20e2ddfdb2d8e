import type { FrameRef } from "../../bytes/frame.js";
import { printable } from "../../bytes/text.js";
import { PcapngWriter } from "../../capture/pcapng-writer.js";
import type { GatheredFrame } from "./gathering.js";

/** Texts of a file of gathered frames. */
export interface FramesFile {
  /** The comments of the section; the first one is the mark of an extract. */
  readonly comments: readonly string[];
  /** Why a frame is there; for all others their kind is told. */
  readonly reasons: ReadonlyMap<FrameRef, readonly string[]>;
  /** The interface, such as "eth0". */
  readonly interface: string;
}

/** The upper bits of a link type may tell the length of the frame check sequence; pcapng has another place for it. */
const LINK_TYPE = 0xffff;

/**
 * Writes gathered frames as pcapng, block by block; each has its number in the live capture and why it is here. `application`
 * is name and version of the program.
 */
export function* framesFile(
  frames: readonly GatheredFrame[],
  { comments, reasons, interface: description }: FramesFile,
  application: string,
): Generator<Uint8Array> {
  const writer = new PcapngWriter();
  yield writer.section(application, comments.map(printable));
  const nanoseconds = frames.some(({ nanos }) => nanos > 0);
  const interfaces = new Map<number, number>();
  for (const { kind, linkType: fullType, frame, ...rest } of frames) {
    const linkType = fullType & LINK_TYPE;
    let number = interfaces.get(linkType);
    if (number === undefined) {
      number = interfaces.size;
      interfaces.set(linkType, number);
      yield writer.interface({ linkType, description: printable(description), nanoseconds });
    }
    const why = reasons.get(frame)?.join("; ") ?? `context: ${contextText(kind)}`;
    yield writer.frame({ ...rest, interface: number, comments: [printable(`frame ${frame}: ${why}`)] });
  }
}

/** Adds a reason to those of a frame. */
export function addReason(reasons: Map<FrameRef, string[]>, frame: FrameRef, reason: string): void {
  const known = reasons.get(frame);
  if (known === undefined) reasons.set(frame, [reason]);
  else known.push(reason);
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
