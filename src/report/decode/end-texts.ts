import { FixedText } from "../../bytes/fixed-text.js";
import type { Endpoint } from "../../session/model.js";
import type { AddressNames } from "../address-names.js";
import { endText } from "./line.js";

/** Ends that are remembered; when there are more, all are forgotten and begin anew. */
const LIMIT = 8192;

/** Texts of endpoints: captures repeat few, and for those of IPv4 there is one object each. */
export class EndTexts {
  readonly #known = new Map<Endpoint, FixedText>();
  readonly #names: AddressNames;

  constructor(names: AddressNames) {
    this.#names = names;
  }

  /** "192.0.2.1:500", with the address's name behind it. */
  of(end: Endpoint): FixedText {
    const known = this.#known.get(end);
    if (known !== undefined) return known;
    const text = new FixedText(this.#names.in(endText(end)));
    if (end.address.includes(":")) return text;
    if (this.#known.size >= LIMIT) this.#known.clear();
    this.#known.set(end, text);
    return text;
  }
}
