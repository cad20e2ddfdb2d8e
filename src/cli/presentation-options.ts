import { say } from "../texts/message.js";
import { readFile } from "node:fs/promises";
import { type Clock, clockOf, UTC } from "../bytes/clock.js";
import { AddressNames, NO_NAMES, readAddressNames } from "../report/address-names.js";
import type { Presentation } from "../report/presentation.js";
import { textsIn } from "../texts/languages.js";
import type { Language } from "../texts/texts.js";
import { UsageError, literal } from "./exit.js";
import { localeLanguage } from "./language.js";
import { systemReason } from "../capture/node/system-error.js";

/** Options that say how texts, times and addresses are written. */
export interface PresentationFlags {
  readonly tz?: string;
  readonly names?: string;
  readonly lang?: Language;
}

/** The presentation that the flags ask for. Throws UsageError for a value that cannot be meant. */
export async function presentationOf({ tz, names, lang }: PresentationFlags): Promise<Presentation> {
  return {
    clock: tz === undefined ? UTC : zoneClock(tz),
    names: names === undefined ? NO_NAMES : await namesIn(names),
    texts: textsIn(lang ?? localeLanguage()),
  };
}

function zoneClock(zone: string): Clock {
  const clock = clockOf(zone);
  if (clock !== null) return clock;
  throw new UsageError(
    say`--tz takes local, utc or the name of a time zone such as Europe/Berlin, not "${literal(zone)}"`,
  );
}

async function namesIn(file: string): Promise<AddressNames> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(say`--names: cannot read ${literal(file)}: ${systemReason(error)}`);
  }
  const names = readAddressNames(text);
  if (names instanceof AddressNames) return names;
  throw new UsageError(
    say`--names: line ${names.line} of ${literal(file)} is not an address with a name behind it, as in /etc/hosts`,
  );
}
