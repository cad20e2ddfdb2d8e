import { frameCapture, frameName, type FrameRef } from "../../bytes/frame.js";
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
    // Of frames the range is said.
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
  text(): string {
    if (this.#messages === 0) return "there is no IKE message in the capture";
    const one = this.#messages === 1;
    const severalFiles = frameCapture(this.#lastFrame) > 0;
    const [first, last] = [this.#firstFrame, this.#lastFrame].map((frame) => frameName(frame, severalFiles));
    const where = first === last ? `frame ${first}` : `frames ${first} to ${last}`;
    const about = [...this.#values].map(([name, values]) => `; ${name} is ${valuesText([...values])}`);
    return `there ${one ? "is 1 IKE message" : `are ${this.#messages} IKE messages`}, in ${where}${about.join("")}`;
  }
}

function valuesText(values: readonly string[]): string {
  if (values.length === 0) return "in none of them";
  const named = values.slice(0, MOST_VALUES).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return named.length < values.length ? `${named.join(", ")} and others` : named.join(", ");
}
