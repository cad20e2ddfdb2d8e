import type { Key, KeyRing } from "../../../src/secrets/key.js";
import { SecretBytes } from "../../../src/secrets/secret-bytes.js";

/** Keys are at least as long as one of DES. */
const SHORTEST = 8;

/** Every secret of a ring, in each form in which it could stand in a text. */
export function formsOf({ keys }: KeyRing): string[] {
  const forms = new Set<string>();
  for (const secret of keys.flatMap(secretsOf)) {
    if (secret.length < SHORTEST) continue;
    const bytes = Buffer.from(secret.reveal());
    const hex = bytes.toString("hex");
    forms.add(hex);
    forms.add(hex.match(/../g)?.join(" ") ?? hex);
    forms.add(hex.match(/../g)?.join(":") ?? hex);
    forms.add(bytes.toString("base64").replace(/=*$/, ""));
    forms.add(bytes.toString("base64url"));
    forms.add(bytes.toString("latin1"));
    forms.add([...bytes].join(","));
    // A piece of one is as bad: the first half.
    forms.add(hex.slice(0, Math.max(SHORTEST * 2, hex.length / 2)));
  }
  return [...forms];
}

function secretsOf(key: Key): SecretBytes[] {
  return Object.values(key).filter((value): value is SecretBytes => value instanceof SecretBytes);
}

/** The first of the secrets' forms that a text holds; null for none. */
export function leakIn(text: string, forms: readonly string[]): string | null {
  const lower = text.toLowerCase();
  return (
    forms.find((form) => text.includes(form) || (/^[0-9a-f: ]+$/.test(form) && lower.includes(form))) ?? null
  );
}

/** Passwords of the laboratory, which stand in the logs beside the keys. */
export const PASSWORDS = ["topsecret", "eappass"];

/** Headings of dumps in charon's logs that are secret: also those that no reader of keys takes (SK_p, SKEYSEED, the PSK, an MSK). */
const SECRET_DUMP =
  /(?:secret|SK_p|SKEYSEED|SKEYID(?:_[dae])?|MSK|encryption \w* ?key|integrity \w* ?key)[^=\n]{0,20}=> \d+ bytes/i;
const DUMP_LINE = /\b\d+: ((?:[0-9A-Fa-f]{2} ){4,16})/;
/** What is shorter may stand somewhere by chance. */
const SHORTEST_LINE = 8;

/** Lines of secret dumps in a log, in hexadecimal with and without blanks. */
export function dumpedSecrets(text: string): string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (!SECRET_DUMP.test(line)) return [];
    const dump = DUMP_LINE.exec(lines[index + 1] ?? "")?.[1]
      ?.trim()
      .toLowerCase();
    if (dump === undefined || dump.length < SHORTEST_LINE * 3 - 1) return [];
    return [dump, dump.replaceAll(" ", "")];
  });
}
