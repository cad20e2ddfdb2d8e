import { existsSync } from "node:fs";
import { printable } from "../../bytes/text.js";
import type { Meter } from "../../capture/node/meter.js";
import { openCaptures } from "../../capture/node/open.js";
import { decodeMessages, type KeyRing, Opener } from "../../index.js";
import { type KeyFit, fitsOf } from "../../opening/fits.js";
import { nodeCrypto } from "../../opening/node/node-crypto.js";
import { EXIT, reportFault, UsageError } from "../exit.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { textsIn } from "../../texts/languages.js";
import type { Language } from "../../texts/texts.js";
import { keyFaultMessage } from "../../opening/key-fault.js";
import { localeLanguage } from "../language.js";
import { complain } from "../standard-error.js";
import { interruptSignal } from "../interrupt.js";
import { showProgress } from "../progress.js";
import { tellCut } from "../cut-notes.js";
import { usedInputs } from "../judge-terms.js";
import { claimOutputs } from "../outputs/outputs.js";
import { writeSalts } from "./find-salt.js";
import { type FolderFile, folderFiles, isCapture } from "./key-files.js";
import { fitLine } from "../../opening/fit-text.js";
import { opensSome } from "../../opening/useless-keys.js";
import { EMBEDDED, readKeys } from "./read-keys.js";

export const KEYS_FORMATS = ["text", "json"] as const;

export interface KeysCommandFlags {
  readonly format: (typeof KEYS_FORMATS)[number];
  /** File for the whole keys, once their salts are found. */
  readonly findSalt?: string;
  readonly lang?: Language;
}

/** `ikescope keys`: which key opens what of the captures, which one does not and why. Never a key. */
export async function keysCommand(files: readonly string[], flags: KeysCommandFlags): Promise<void> {
  const { captures, keys } = await sorted(files);
  if (captures.length === 0)
    throw new UsageError(
      "none of the files is a capture: name one beside the keys, as in: ikescope keys charon.log trace.pcap",
    );
  if (keys.length === 0) keys.push(EMBEDDED);
  const { format, findSalt, lang } = flags;
  const texts = textsIn(lang ?? localeLanguage());
  const [salts] = await claimOutputs(
    findSalt === undefined ? [] : [{ option: "--find-salt", file: findSalt, isSecret: true }],
    usedInputs(captures, { keys }),
  );
  const ring = await readKeys({ keys }, captures);
  if (ring === null) return;
  const interrupt = interruptSignal(captures);
  const meter: Meter = { read: 0, total: null };
  const progress = showProgress(meter);
  try {
    const opener = new Opener(ring, nodeCrypto);
    const source = await openCaptures(captures, { meter });
    const nothing = { message: () => undefined, malformed: () => undefined };
    const error = await decodeMessages(source, nothing, { signal: interrupt.signal, opener });
    progress.end();
    const fits = fitsOf(ring, opener);
    const lines =
      format === "json" ? jsonLines(fits, ring) : textLines(fits, ring, opener).map((line) => texts.of(line));
    process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(""));
    const says = salts === undefined ? [] : await writeSalts(opener.saltless(), salts, interrupt);
    for (const message of says) complain(message);
    tellCut(source.summaries());
    process.exitCode = error === null ? exitFor(fits) : reportFault(error);
  } finally {
    progress.end();
    interrupt.dispose();
  }
}

/** Sorts the names into captures and keys. Captures of a directory count where no capture is named itself. */
async function sorted(
  files: readonly string[],
): Promise<{ readonly captures: readonly string[]; readonly keys: string[] }> {
  const captures: string[] = [];
  const inFolders: string[] = [];
  const keys: string[] = [];
  for (const file of files) {
    if (file === "-" || (file !== EMBEDDED && (await isCapture(file)))) captures.push(file);
    else {
      keys.push(file);
      for (const { file: below } of await filesBelow(file)) if (await isCapture(below)) inFolders.push(below);
    }
  }
  return { captures: captures.length > 0 ? captures : inFolders, keys };
}

/** The files below a folder; a missing one is reported when keys are read. */
async function filesBelow(file: string): Promise<readonly FolderFile[]> {
  if (file === EMBEDDED || !existsSync(file)) return [];
  return (await folderFiles(file)) ?? [];
}

function textLines(fits: readonly KeyFit[], ring: KeyRing, opener: Opener): Message[] {
  const lines = [...fits.map(fitLine), ...ring.faults.map(keyFaultMessage)];
  if (ring.leftOut > 0) lines.push(say`${ring.leftOut} more keys were left out`);
  for (const [sa, missing] of opener.underivable()) {
    lines.push(
      missing === "PFS"
        ? say`${verbatim(sa)}: keys of Child SAs with PFS cannot be derived without the shared secret of their exchange (charon logs it with chd = 4); those of ip xfrm state open them`
        : say`${verbatim(sa)}: keys of Child SAs cannot be derived without SK_d (charon logs it with ike = 4); those of ip xfrm state open them`,
    );
  }
  for (const { spi, source, destination } of opener.esp.unopened()) {
    lines.push(
      say`${`ESP 0x${spi.toString(16).padStart(8, "0")}`} from ${source} to ${destination}: no key opens it`,
    );
  }
  return lines;
}

function jsonLines(fits: readonly KeyFit[], { faults }: KeyRing): string[] {
  return [
    ...fits.map(({ by, form, what, fit }) => JSON.stringify({ by, form, what, ...fit })),
    ...faults.map(({ source, reason }) =>
      JSON.stringify({
        by: `${source.file} line ${source.line}`,
        form: source.form,
        kind: "not taken",
        reason,
      }),
    ),
  ];
}

/** A script is told whether the keys are of any use. */
function exitFor(fits: readonly KeyFit[]): number {
  return fits.some(opensSome) ? EXIT.ok : EXIT.found;
}
