import { type Clock, dateAndTime, timeOfDay, UTC, zonedTime, zoneText } from "../bytes/clock.js";
import type { Message, Moment } from "../texts/message.js";
import type { Texts } from "../texts/texts.js";

/** Texts in which moments stand as a clock shows them. */
export function clockedTexts(texts: Texts, clock: Clock): Texts {
  if (clock === UTC) return texts;
  return { language: texts.language, of: (message) => texts.of(atClock(message, clock)) };
}

function atClock(message: Message, clock: Clock): Message {
  if (typeof message === "string") return message;
  switch (message.kind) {
    case "said": {
      const values = message.values.map((value) =>
        typeof value === "number" ? value : atClock(value, clock),
      );
      return { ...message, values };
    }
    case "joined":
      return { ...message, parts: message.parts.map((part) => atClock(part, clock)) };
    case "verbatim":
      return message;
    case "moment":
      return { kind: "verbatim", text: momentAt(message, clock) };
  }
}

function momentAt({ time, form }: Moment, clock: Clock): string {
  switch (form) {
    case "second":
      return `${zonedTime(clock, time).slice(0, "YYYY-MM-DDThh:mm:ss".length)}${zoneText(clock, time)}`;
    case "date":
      return dateAndTime(clock, time).slice(0, "YYYY-MM-DD".length);
    case "time-of-day":
      return `${timeOfDay(clock, time).slice(0, "hh:mm:ss".length)} ${clock.name}`;
  }
}
