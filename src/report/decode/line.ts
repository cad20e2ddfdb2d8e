import { endpointText } from "../../bytes/address.js";
import { zonedTimeOfDay } from "../../bytes/clock.js";
import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { type DecodeProblem, describeProblem } from "../../bytes/problem.js";
import { printable } from "../../bytes/text.js";
import { summarizePayload } from "../../ike/describe/payload.js";
import { type IkeHeader, ZERO_SPI } from "../../ike/message.js";
import { exchangeName } from "../../ike/registries/exchanges.js";
import type { SeenMessage } from "../../session/transmission.js";
import type { Endpoint, MalformedMessage, Sighting } from "../../session/model.js";
import { directionOf } from "./attributes.js";
import { malformedMark } from "./malformed-mark.js";
import { say } from "../../texts/message.js";
import { PLAIN, type Presentation } from "../presentation.js";
import { openedText } from "./opened.js";

/** How messages are shown: the names of the files where there are several, the clock of times, names of addresses. */
export interface DecodeContext {
  readonly files: readonly string[];
  readonly presentation?: Presentation;
}

/** One message in one line: where and when, between whom, what it is, and its payloads in order. */
export function messageLine(seen: SeenMessage, context: DecodeContext): string {
  const { message, sighting } = seen;
  const { header, payloads } = message;
  const { texts } = context.presentation ?? PLAIN;
  const version = header.majorVersion === 1 ? 1 : 2;
  const parts = payloads.map((payload) => summarizePayload(payload, version));
  if (payloads.length === 0) parts.push(texts.of("no payload"));
  if (seen.opened !== undefined) parts.push(openedText(seen.opened, texts));
  if (message.available < header.length)
    parts.push(texts.of(say`[${message.available} of ${header.length} bytes captured]`));
  const problem = senderFault(seen);
  if (problem !== null) parts.push(malformedMark(describeProblem(problem), texts));
  return printable(
    `${whereText(sighting, context)}  ${titleOf(seen)}  ${spisText(header)}  ${parts.join(" ")}`,
  );
}

/** The fault that the sender put into a message; null where the snap length cut bytes off, which is none of the sender's. */
export function senderFault({ message, sighting }: SeenMessage): DecodeProblem | null {
  const { header, problem, available } = message;
  return available < header.length && sighting.bytes >= header.length ? null : problem;
}

/** The line of a datagram that is no IKE message at all. */
export function malformedLine(
  { frame, time, source, destination, reason }: MalformedMessage,
  context: DecodeContext,
): string {
  const { clock, texts } = context.presentation ?? PLAIN;
  const ends = endsText(source, destination, context);
  return printable(
    `${frameText(frame, context)}  ${zonedTimeOfDay(clock, time)}  ${ends}  ${malformedMark(reason, texts)}`,
  );
}

/** Digits of an SPI that a line shows; a filter takes them, and the tree has all. */
export const SPI_DIGITS = 8;

/** "IKEv2 IKE_AUTH request 1": version, exchange, direction and Message ID (hex in IKEv1, where it is random). */
export function titleOf({ message: { header } }: SeenMessage): string {
  const { majorVersion, messageId } = header;
  return `${exchangeText(header)} ${majorVersion === 1 ? messageId.toString(16).padStart(8, "0") : messageId}`;
}

/** "IKEv2 IKE_AUTH request": the same without the Message ID. */
export function exchangeText(header: Pick<IkeHeader, "majorVersion" | "exchangeType" | "flags">): string {
  const { majorVersion, exchangeType } = header;
  const direction = directionOf(header);
  const name = exchangeName(majorVersion, exchangeType);
  return `IKEv${majorVersion} ${name}${direction === null ? "" : ` ${direction}`}`;
}

function spisText({ initiatorSpi, responderSpi }: IkeHeader): string {
  const responder = responderSpi === ZERO_SPI ? "-" : responderSpi.slice(0, SPI_DIGITS);
  return `${initiatorSpi.slice(0, SPI_DIGITS)}/${responder}`;
}

/** Frame, time of day, and both ends. */
function whereText(sighting: Sighting, context: DecodeContext): string {
  const { frames, framesLeftOut = 0, time, nanos, source, destination } = sighting;
  const pieces = frames.length > 1 ? ` (+${frames.length - 1 + framesLeftOut})` : "";
  const when = zonedTimeOfDay((context.presentation ?? PLAIN).clock, time, nanos);
  return `${frameText(frames[0] ?? 0, context)}${pieces}  ${when}  ${endsText(source, destination, context)}`;
}

/** "192.0.2.1:500 (hq) > 198.51.100.2:500". */
export function endsText(
  source: Endpoint,
  destination: Endpoint,
  { presentation = PLAIN }: DecodeContext,
): string {
  return presentation.names.in(`${endpointText(source)} > ${endpointText(destination)}`);
}

export function frameText(frame: number, { files }: DecodeContext): string {
  const number = String(frameNumber(frame));
  return files.length > 1 ? `${files[frameCapture(frame)] ?? "?"}:${number}` : number;
}
