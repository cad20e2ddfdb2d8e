import type { HostEvent } from "../../../evidence/record.js";
import { type HostLine, hostLine } from "../../../joint/joined.js";
import type { WireMessage } from "../../../joint/wire.js";
import { type Message, say, verbatim } from "../../../texts/message.js";
import type { HostContext } from "../../context.js";
import type { Evidence } from "../../finding.js";

/** Lines that a finding cites of one kind. */
const MOST_LINES = 4;

/** Lines for a finding, at most a few. */
export function linesOf({ host }: HostContext, events: readonly HostEvent[], most = MOST_LINES): HostLine[] {
  return events.slice(0, most).map((event) => hostLine(host, event));
}

/** A line of a dump for a finding. */
export function dumpLine(source: HostLine["source"], text: Message): HostLine<Message> {
  return { source, text, time: null, writtenTime: "" };
}

/** "IKE_AUTH request": a message of the wire as texts name it. */
export function wireMessageText({ exchange, response }: Pick<WireMessage, "exchange" | "response">): Message {
  return response ? say`${verbatim(exchange)} response` : say`${verbatim(exchange)} request`;
}

/** Frames of IKE messages for a finding, at most a few. */
export function framesAsEvidence(frames: readonly WireMessage[], text: Message): Evidence[] {
  return frames.slice(0, MOST_LINES).map(({ frame, time, nanos, exchange, response }) => ({
    frame,
    time,
    nanos,
    text: say`${wireMessageText({ exchange, response })}, ${text}`,
  }));
}
