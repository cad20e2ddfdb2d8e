import { type KeyRing, Opener } from "../../index.js";
import { fitLine } from "../../opening/fit-text.js";
import { fitsOf } from "../../opening/fits.js";
import { opensSome, uselessKeys } from "../../opening/useless-keys.js";
import type { Texts } from "../../texts/texts.js";
import type { KeysResult } from "../protocol.js";
import { scriptCrypto } from "./script-crypto.js";

/** Keys that are told one by one. */
const MOST_TOLD = 200;

/** The keys that were given with the captures; each reading of these has an opener of its own. */
export class Opening {
  readonly #ring: KeyRing;
  #last: Opener | null = null;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  opener(): Opener {
    return new Opener(this.#ring, scriptCrypto);
  }

  /** An opener for a reading that is judged: `result` tells what it opened. */
  judgingOpener(): Opener {
    this.#last = this.opener();
    return this.#last;
  }

  /** Which key opens what; no byte of one. Null before anything was judged. */
  result(texts: Texts): KeysResult | null {
    if (this.#last === null) return null;
    const fits = fitsOf(this.#ring, this.#last);
    return {
      opening: fits.filter(opensSome).length,
      count: fits.length,
      fits: fits.slice(0, MOST_TOLD).map((fit) => texts.of(fitLine(fit))),
      useless: uselessKeys(this.#ring, this.#last, "the keys open nothing of the capture").map((line) =>
        texts.of(line),
      ),
    };
  }
}
