import { zonedTime } from "../../bytes/clock.js";
import { describeProblem, type DecodeProblem } from "../../bytes/problem.js";
import { FixedText } from "../../bytes/fixed-text.js";
import type { TextBuffer } from "../../bytes/text-buffer.js";
import type { Field } from "../../ike/describe/field.js";
import { describeHeader } from "../../ike/describe/header.js";
import { describePayload } from "../../ike/describe/payload.js";
import type { Payload } from "../../ike/message.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { Sighting } from "../../session/model.js";
import type { OpenedMessage } from "../../session/model/opened.js";
import { openedPayloads } from "../../session/opened.js";
import type { SeenMessage } from "../../session/transmission.js";
import { faultMessage } from "../../session/decode-fault.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { PLAIN } from "../presentation.js";
import { type DecodeContext, endsText, frameText, senderFault, titleOf } from "./line.js";
import { openedMark } from "./opened.js";

const LINE_END = 0x0a;
const INDENT = new FixedText("  ");
const COLON = new FixedText(": ");
const NO_OFFSET = new FixedText("    ");
const UNDER_FRAME = new FixedText("      ");

/** Writes one message as a tree, a line each: every field with its offset from the start of the IKE message, in hex. */
export function writeTree(seen: SeenMessage, context: DecodeContext, out: TextBuffer): void {
  const { message, sighting } = seen;
  const { time, source, destination, bytes } = sighting;
  const version = message.header.majorVersion === 1 ? 1 : 2;
  const { clock, texts } = context.presentation ?? PLAIN;
  const ends = endsText(source, destination, context);
  out.printable(
    texts.of(
      say`Frame ${framesText(sighting, context)}  ${zonedTime(clock, time)}  ${verbatim(ends)}, ${bytes} bytes`,
    ),
  );
  out.character(LINE_END);
  out.copy(UNDER_FRAME);
  out.printable(titleOf(seen));
  out.character(LINE_END);
  writeFields(describeHeader(message), 1, out);
  for (const payload of message.payloads) {
    beginLine(payload.offset, 1, out);
    out.printable(texts.of(payloadTitle(payload, version)));
    out.character(LINE_END);
    writeFields(describePayload(payload, version, seen.bytes), 2, out);
  }
  if (seen.opened !== undefined) writeOpened(seen.opened, texts, out);
  const problem = senderFault(seen);
  if (problem !== null) writeProblem(problem, 1, texts, out);
}

/** Writes the payloads inside, with offsets from the start of the plaintext. */
function writeOpened(opened: OpenedMessage, texts: Texts, out: TextBuffer): void {
  const { version, plain } = opened;
  const { payloads, problem } = openedPayloads(opened);
  out.copy(UNDER_FRAME);
  out.printable(texts.of(say`Decrypted, ${plain.length} bytes, ${openedMark(opened)}`));
  out.character(LINE_END);
  for (const payload of payloads) {
    beginLine(payload.offset, 2, out);
    out.printable(texts.of(payloadTitle(payload, version)));
    out.character(LINE_END);
    writeFields(describePayload(payload, version, plain), 3, out);
  }
  if (problem !== null) writeProblem(problem, 2, texts, out);
}

function writeProblem(problem: DecodeProblem, depth: number, texts: Texts, out: TextBuffer): void {
  beginLine(problem.offset, depth, out);
  out.printable(texts.of(say`MALFORMED: ${faultMessage(describeProblem(problem))}`));
  out.character(LINE_END);
}

function framesText({ frames, framesLeftOut = 0 }: Sighting, context: DecodeContext): Message {
  const named: Message[] = frames.map((frame) => frameText(frame, context));
  if (framesLeftOut > 0) named.splice(-1, 0, say`${framesLeftOut} more`);
  return listed(named);
}

function payloadTitle({ type, length, critical }: Payload, version: 1 | 2): Message {
  const name = payloadName(version, type);
  return critical
    ? say`${verbatim(name)} (${type}), ${length} bytes, critical`
    : say`${verbatim(name)} (${type}), ${length} bytes`;
}

function writeFields(fields: readonly Field[], depth: number, out: TextBuffer): void {
  for (const { name, value, offset, children } of fields) {
    beginLine(offset, depth, out);
    out.printable(name);
    if (value !== "") {
      out.copy(COLON);
      out.printable(value);
    }
    out.character(LINE_END);
    if (children !== undefined) writeFields(children, depth + 1, out);
  }
}

function beginLine(offset: number | undefined, depth: number, out: TextBuffer): void {
  if (offset === undefined) out.copy(NO_OFFSET);
  else if (offset > 0xffff) out.text(offset.toString(16));
  else out.hex16(offset);
  for (let level = 0; level < depth; level++) out.copy(INDENT);
}
