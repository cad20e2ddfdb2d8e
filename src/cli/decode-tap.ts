import { printableJson } from "../bytes/text.js";
import type { TextBuffer } from "../bytes/text-buffer.js";
import type { MessageTap } from "../index.js";
import type { Filtered, MessageFilter } from "../report/decode/attributes.js";
import { malformedJson, messageJson } from "../report/decode/json.js";
import { type DecodeContext, malformedLine, messageLine } from "../report/decode/line.js";
import { LineWriter } from "../report/decode/line-writer.js";
import { wrappedLine } from "../report/decode/wrapped-line.js";
import { writeTree } from "../report/decode/tree.js";
import type { MalformedMessage } from "../session/model.js";
import type { SeenMessage } from "../session/transmission.js";
import type { LineOutput } from "./line-output.js";

export const DECODE_FORMATS = ["text", "json"] as const;

/** The form in which messages are printed: trees are text with all fields. */
export interface DecodeForm {
  readonly format: (typeof DECODE_FORMATS)[number];
  readonly verbose?: true;
}

/** Writes what stands for a message. */
type Print = (seen: SeenMessage, out: TextBuffer) => void;
/** The line of what should be a message. */
type Complain = (message: MalformedMessage) => string;

/**
 * Prints each message that the filter lets through, and what should be one and is none; `isOpened` where keys open some; `width` of
 * the terminal on which lines go on below themselves, null where each stays one.
 */
export function decodeTap(
  { format, verbose }: DecodeForm,
  filter: MessageFilter | null,
  context: DecodeContext,
  output: LineOutput,
  isOpened = false,
  width: number | null = null,
): MessageTap {
  if (format === "json") {
    const print: Print = (seen, out) => out.text(printableJson(JSON.stringify(messageJson(seen, context))));
    return tapOf(filter, output, print, (message) =>
      printableJson(JSON.stringify(malformedJson(message, context))),
    );
  }
  const fitted = (line: string): string => (width === null ? line : wrappedLine(line, width));
  const complain: Complain = (message) => fitted(malformedLine(message, context));
  return verbose === true
    ? tapOf(filter, output, (seen, out) => writeTree(seen, context, out), complain)
    : isOpened || width !== null
      ? tapOf(filter, output, (seen, out) => out.text(fitted(messageLine(seen, context))), complain)
      : lineTap(filter, context, output, complain);
}

/** Lines are written from the bytes of messages; what the writer leaves, and what a filter looks at, is decoded. */
function lineTap(
  filter: MessageFilter | null,
  context: DecodeContext,
  output: LineOutput,
  complain: Complain,
): MessageTap {
  const lines = new LineWriter(context);
  const line: Print = (seen, out) => out.text(messageLine(seen, context));
  if (filter === null) {
    return {
      ...tapOf(null, output, line, complain),
      undecoded: (bytes, sighting) => output.writeWith((out) => lines.write(bytes, sighting, out)),
    };
  }
  const quickLine: Print = (seen, out) => {
    if (!lines.write(seen.bytes, seen.sighting, out)) line(seen, out);
  };
  return tapOf(filter, output, quickLine, complain);
}

function tapOf(
  filter: MessageFilter | null,
  output: LineOutput,
  print: Print,
  complain: Complain,
): MessageTap {
  return {
    message: (seen) => {
      if (filter !== null && !filter(seen)) return;
      output.writeWith((out) => {
        print(seen, out);
        return true;
      });
    },
    malformed: (message) => {
      if (filter === null || filter(asFiltered(message))) output.write(complain(message));
    },
  };
}

function asFiltered({ frame, source, destination }: MalformedMessage): Filtered {
  return { message: null, sighting: { frames: [frame], source, destination } };
}
