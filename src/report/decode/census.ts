import { frameCapture, frameName, type FrameRef } from "../../bytes/frame.js";
import { listed, type Message, say, verbatim } from "../../texts/message.js";
import { ATTRIBUTES, type Filtered } from "./attributes.js";

/** Values of one attribute that are named; of more it is said that there are more. */
const MOST_VALUES = 12;

/** Says what the messages have of that which a filter asks for, for a filter that none of them passes. */
export class MessageCensus {
  readonly #values: ReadonlyMap<string, Set<string>>;
  #messages = 0;
  #firstFrame: FrameRef = Infinity;
  #lastFrame: FrameRef = 0;

  /** `attributes` are those that the filter asks for. */
  constructor(attributes: readonly string[]) {
    // Frames are told by their range.
    this.#values = new Map(attributes.filter((name) => name !== "frame").map((name) => [name, new Set()]));
  }

  count(seen: Filtered): void {
    this.#messages++;
    for (const frame of seen.sighting.frames) {
      this.#firstFrame = Math.min(this.#firstFrame, frame);
      this.#lastFrame = Math.max(this.#lastFrame, frame);
    }
    for (const [name, values] of this.#values) {
      if (values.size > MOST_VALUES) continue;
      for (const value of ATTRIBUTES.get(name)?.of(seen) ?? []) values.add(value);
    }
  }

  /** "there are 12 messages in frames 1 to 20, with exchange IKE_SA_INIT or IKE_AUTH". Holds no text from packets but numbers. */
  text(): Message {
    if (this.#messages === 0) return "there is no IKE message in the capture";
    const one = this.#messages === 1;
    const severalFiles = frameCapture(this.#lastFrame) > 0;
    const [first, last] = [
      frameName(this.#firstFrame, severalFiles),
      frameName(this.#lastFrame, severalFiles),
    ];
    const where = first === last ? say`frame ${first}` : say`frames ${first} to ${last}`;
    const there = one
      ? say`there is 1 IKE message, in ${where}`
      : say`there are ${this.#messages} IKE messages, in ${where}`;
    const about = [...this.#values].map(
      ([name, values]) => say`the ${verbatim(name)} is ${valuesText([...values])}`,
    );
    return listed([there, ...about], "statements");
  }
}

function valuesText(values: readonly string[]): Message {
  if (values.length === 0) return "in none of them";
  const named = values.slice(0, MOST_VALUES).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return named.length < values.length
    ? say`${listed(named.map(verbatim))} and others`
    : listed(named.map(verbatim));
}
