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
