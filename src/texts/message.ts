/**
 * A text for people, as data: rendered in the reader's language by `Texts`. A string is a static English text, and is its own key in
 * the tables of other languages; what has no row there, such as an address or a number, stands as it is.
 */
export type Message = string | Said | Joined | Verbatim | Moment;

/** A text with places for values, such as "{0} never answers {1}". Values are messages themselves. */
interface Said {
  readonly kind: "said";
  /** The English strings before, between and behind the values. */
  readonly strings: readonly string[];
  readonly values: readonly (Message | number)[];
}

/** Several messages, one behind the other. */
interface Joined {
  readonly kind: "joined";
  readonly parts: readonly Message[];
  readonly separator: Separator;
}

/** Text from a packet, a file or a log, which no table may touch. */
interface Verbatim {
  readonly kind: "verbatim";
  readonly text: string;
}

/** A moment, of which a report with a time zone makes its own text. */
export interface Moment {
  readonly kind: "moment";
  /** Microseconds since 1970. */
  readonly time: number;
  /** How much of it is shown: date and time to the second, the date, or the time of day to the second. */
  readonly form: "second" | "date" | "time-of-day";
  /** The same in UTC. */
  readonly utc: string;
}

/** none: the parts are sentences or parts of one. list, and, or, blank: things. clauses: parts of a sentence. statements: what could be sentences. */
export type Separator = "none" | "list" | "and" | "or" | "blank" | "clauses" | "statements";

/** A message with values: say`${count} packets from ${address} are lost`. */
export function say(strings: TemplateStringsArray, ...values: readonly (Message | number)[]): Message {
  return { kind: "said", strings, values };
}

/** Messages as one, nothing between them: English ones bring their blanks along. */
export function joined(...parts: readonly Message[]): Message {
  return { kind: "joined", parts, separator: "none" };
}

/** Things, with a comma between: "500, 4500". */
export function listed(parts: readonly Message[], separator: Separator = "list"): Message {
  return { kind: "joined", parts, separator };
}

/** Text that is shown as it is in every language. */
export function verbatim(text: string): Message {
  return { kind: "verbatim", text };
}

/** Whether two messages say the same with the same values: told by what they are made of, never by the text in a language. */
export function isSameMessage(one: Message | number, other: Message | number): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  switch (one.kind) {
    case "said":
      return (
        other.kind === "said" && areSame(one.strings, other.strings) && areSame(one.values, other.values)
      );
    case "joined":
      return other.kind === "joined" && one.separator === other.separator && areSame(one.parts, other.parts);
    case "verbatim":
      return other.kind === "verbatim" && one.text === other.text;
    case "moment":
      return other.kind === "moment" && one.time === other.time && one.form === other.form;
  }
}

function areSame(ones: readonly (Message | number)[], others: readonly (Message | number)[]): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, index) => {
      const other = others[index];
      return other !== undefined && isSameMessage(one, other);
    })
  );
}
