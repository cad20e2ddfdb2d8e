import { describeProblem } from "../../bytes/problem.js";
import { printable } from "../../bytes/text.js";
import { isoTime } from "../../bytes/time.js";
import type { Field } from "../../ike/describe/field.js";
import { describeHeader } from "../../ike/describe/header.js";
import { describePayload } from "../../ike/describe/payload.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { SeenMessage } from "../../session/transmission.js";
import { type DecodeContext, endText, frameText, titleOf } from "./line.js";

/** One message as a tree: every field with its offset from the start of the IKE message, in hex. */
export function messageTree(seen: SeenMessage, context: DecodeContext): string {
  const { message, sighting } = seen;
  const { frames, time, source, destination, bytes } = sighting;
  const version = message.header.majorVersion === 1 ? 1 : 2;
  const lines = [
    `Frame ${frames.map((frame) => frameText(frame, context)).join(", ")}  ${isoTime(time)}  ${endText(source)} > ${endText(destination)}, ${bytes} bytes`,
    `      ${titleOf(seen)}`,
    ...fieldLines(describeHeader(message), 1),
  ];
  for (const payload of message.payloads) {
    const name = `${payloadName(version, payload.type)} (${payload.type})`;
    const critical = payload.critical ? ", critical" : "";
    lines.push(line(payload.offset, 1, `${name}, ${payload.length} bytes${critical}`));
    lines.push(...fieldLines(describePayload(payload, version), 2));
  }
  if (message.problem !== null)
    lines.push(line(message.problem.offset, 1, `MALFORMED: ${describeProblem(message.problem)}`));
  return lines.map(printable).join("\n");
}

function fieldLines(fields: readonly Field[], depth: number): string[] {
  return fields.flatMap(({ name, value, offset, children }) => [
    line(offset, depth, value === "" ? name : `${name}: ${value}`),
    ...fieldLines(children ?? [], depth + 1),
  ]);
}

function line(offset: number | undefined, depth: number, text: string): string {
  const where = offset === undefined ? "    " : offset.toString(16).padStart(4, "0");
  return `${where}${"  ".repeat(depth)}${text}`;
}
