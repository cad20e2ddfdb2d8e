import { type Clock, UTC } from "../bytes/clock.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { type AddressNames, NO_NAMES } from "./address-names.js";

/** How texts, times and addresses are written for people; what is written for programs is UTC. */
export interface Presentation {
  readonly clock: Clock;
  readonly names: AddressNames;
  readonly texts: Texts;
}

/** English, UTC and no names. */
export const PLAIN: Presentation = { clock: UTC, names: NO_NAMES, texts: ENGLISH };
