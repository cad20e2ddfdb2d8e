import { type Clock, UTC } from "../bytes/clock.js";
import type { CaptureFile } from "../session/model.js";
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

/** The kind of note that a text without a time zone has: see capture/text. */
const WITHOUT_ZONE = "text-times";

/** The presentation of captures of which one is a text that names no time zone: its times are shown as they are printed there. */
export function presentationOf(
  files: readonly Pick<CaptureFile, "notes">[],
  presentation: Presentation,
): Presentation {
  const isPrinted = files.some(({ notes }) => notes.some(({ kind }) => kind === WITHOUT_ZONE));
  // With a zone the times are moved into it.
  if (!isPrinted || presentation.clock !== UTC) return presentation;
  return { ...presentation, clock: { ...UTC, name: presentation.texts.of("as printed"), isPrinted: true } };
}
