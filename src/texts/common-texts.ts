import { isSameMessage, type Message } from "./message.js";
import { inEnglish } from "./texts.js";

/** A message beside what it says in English. */
interface CommonText {
  readonly english: string;
  readonly message: Message;
}

/** Texts that are remembered; where there are more, all are forgotten. */
const REMEMBERED_TEXTS = 1024;

const known = new Map<string, CommonText>();

/**
 * The message as one object for all that say the same, and its parts likewise: in an outage thousands of tunnels have the same
 * finding, and most of its texts differ in nothing.
 */
export function commonText(message: Message): CommonText {
  const english = inEnglish(message);
  const before = known.get(english);
  if (before !== undefined && isSameMessage(before.message, message)) return before;
  const text = { english, message: withCommonParts(message) };
  if (known.size >= REMEMBERED_TEXTS) known.clear();
  known.set(english, text);
  return text;
}

function withCommonParts(message: Message): Message {
  if (typeof message === "string") return message;
  switch (message.kind) {
    case "said":
      return {
        ...message,
        values: message.values.map((value) =>
          typeof value === "object" ? commonText(value).message : value,
        ),
      };
    case "joined":
      return {
        ...message,
        parts: message.parts.map((part) => (typeof part === "object" ? commonText(part).message : part)),
      };
    case "verbatim":
    case "moment":
      return message;
  }
}
