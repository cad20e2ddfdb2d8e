import type { Fit, KeyFit } from "./fits.js";

/** A key and how it fits, in one line; no byte of it. */
export function fitLine({ by, form, what, fit }: KeyFit): string {
  return `${by} (${form}): ${what}: ${fitText(fit)}`;
}

/** "opens 4 messages of IKE SA d41c05b406d06c90". */
function fitText(fit: Fit): string {
  switch (fit.kind) {
    case "opens": {
      const noise =
        fit.cipherMisfits === 0
          ? ""
          : `; of ${fit.cipherMisfits} more the integrity key fits, the cipher key does not`;
      const rest = fit.misfits === 0 ? "" : `; ${fit.misfits} more of the same do not open with it`;
      return `opens ${counted(fit.count, fit.of)}${noise}${rest}`;
    }
    case "opens exchanged":
      return `opens ${counted(fit.count, fit.of)} once the keys of initiator and responder are exchanged`;
    case "opens another":
      return `opens ${counted(fit.count, fit.of)}, not what its line names`;
    case "cipher key does not fit":
      return "the integrity key fits, the cipher key does not";
    case "does not fit":
      return "this SA is in the capture, and the key does not fit it";
    case "salt missing":
      return `the salt is missing (${fit.has} bytes, ${fit.needed} needed); --find-salt searches that of AES-GCM`;
    case "wrong length":
      return fit.needed === 0
        ? `the key has ${fit.has} bytes, no length of its algorithm`
        : `the key has ${fit.has} bytes, the IKE SA needs ${fit.needed}`;
    case "same as":
      return `the same key as ${fit.by}, which opens it`;
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

function counted(count: number, of: readonly string[]): string {
  const isEsp = of.every((name) => name.startsWith("ESP"));
  const isIke = of.every((name) => name.startsWith("IKE"));
  const noun = isEsp ? "packet" : isIke ? "message" : "message or packet";
  return `${count} ${noun}${count === 1 ? "" : "s"} of ${of.join(", ")}`;
}
