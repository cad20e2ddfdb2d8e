import { listed, type Message, say, verbatim } from "../texts/message.js";
import { recognised } from "../texts/recognised.js";
import type { Fit, KeyFit } from "./fits.js";

/** The names of keys. */
const NAMES = [
  "IKEv2 keys of {0}",
  "IKEv2 keys",
  "IKEv1 key of {0}",
  "IKEv1 keys",
  "ESP keys of {0}",
  "ESP keys",
  "shared secret",
];

/** A key and how it fits, in one line; no byte of it. */
export function fitLine({ by, form, what, fit }: KeyFit): Message {
  return say`${placeText(by)} (${verbatim(form)}): ${recognised(what, NAMES)}: ${fitText(fit)}`;
}

/** "charon.log line 7". */
function placeText(place: string): Message {
  const [, file, line] = /^(.*) line (\d+)$/s.exec(place) ?? [];
  return file === undefined || line === undefined ? verbatim(place) : say`${verbatim(file)} line ${line}`;
}

/** "opens 4 messages of IKE SA d41c05b406d06c90". */
function fitText(fit: Fit): Message {
  switch (fit.kind) {
    case "opens": {
      const noise =
        fit.cipherMisfits === 0
          ? ""
          : say`; of ${fit.cipherMisfits} more the integrity key fits, the cipher key does not`;
      const rest = fit.misfits === 0 ? "" : say`; ${fit.misfits} more of the same do not open with it`;
      return say`opens ${counted(fit.count, fit.of)}${noise}${rest}`;
    }
    case "opens exchanged":
      return say`opens ${counted(fit.count, fit.of)} once the keys of initiator and responder are exchanged`;
    case "opens another":
      return say`opens ${counted(fit.count, fit.of)}, not what its line names`;
    case "cipher key does not fit":
      return "the integrity key fits, the cipher key does not";
    case "does not fit":
      return "this SA is in the capture, and the key does not fit it";
    case "salt missing":
      return say`the salt is missing (${fit.has} bytes, ${fit.needed} needed); --find-salt searches that of AES-GCM`;
    case "wrong length":
      return fit.needed === 0
        ? say`the key has ${fit.has} bytes, no length of its algorithm`
        : say`the key has ${fit.has} bytes, the IKE SA needs ${fit.needed}`;
    case "same as":
      return say`the same key as ${placeText(fit.by)}, which opens it`;
    case "suite unknown":
      return "this IKE SA is in the capture without its beginning, and its algorithms are not known";
    case "suite not supported":
      return "its algorithms cannot be computed here";
    case "not in capture":
      return "nothing in the capture has this SPI";
    case "opens nothing":
      return "opens nothing in the capture";
    case "not needed":
      return "no exchange of the capture needs it, or none that is open";
  }
}

function counted(count: number, of: readonly string[]): Message {
  const isEsp = of.every((name) => name.startsWith("ESP"));
  const isIke = of.every((name) => name.startsWith("IKE"));
  const ending = count === 1 ? "" : "s";
  const named = listed(of.map(verbatim));
  if (isEsp) return say`${count} packet${ending} of ${named}`;
  return isIke
    ? say`${count} message${ending} of ${named}`
    : say`${count} message or packet${ending} of ${named}`;
}
