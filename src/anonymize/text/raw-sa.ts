import { isRawSa } from "../../evidence/status/raw.js";
import type { TextReplacements } from "./replacements.js";

/** A brace, `key=[a b]` where lists may stand in lists, `key=value`, `name {`, or a word that is none of them. */
const TOKEN = /([{}])|([a-z][a-z\d-]{0,40})=(\[(?:[^[\]]|\[[^[\]]*\])*\]|[^\s{}]*)|([^\s={}]+) \{|[^\s{}]+/g;
const HEAD = /^list-sas? (?:event|reply) \{/;
/** A Child SA is listed by its name and its number. */
const CHILD = /^(.*)-(\d{1,10})$/;

type Replace = (replacements: TextReplacements, value: string) => string | null;

const asIs =
  (form: RegExp): Replace =>
  (_, value) =>
    form.test(value) ? value : null;
const ofForm =
  (form: RegExp, replace: (replacements: TextReplacements, value: string) => string): Replace =>
  (replacements, value) =>
    form.test(value) ? replace(replacements, value) : null;
const listOf =
  (replace: Replace): Replace =>
  (replacements, value) => {
    const parts = value.slice(1, -1).split(" ");
    if (!value.startsWith("[") || !value.endsWith("]")) return null;
    const replaced = value === "[]" ? [] : parts.map((part) => replace(replacements, part));
    return replaced.includes(null) ? null : `[${replaced.join(" ")}]`;
  };

const word = asIs(/^(?:[A-Z][A-Z\d_]{1,40}|yes|no)$/);

/** The keys of `swanctl --list-sas --raw` (vici, strongSwan 5.1 to 6) and how their values are replaced; others are left out. */
const KEYS: readonly (readonly [string, Replace])[] = [
  ["name", (replacements, value) => replacements.name(value)],
  ["local-host remote-host", (replacements, value) => replacements.address(value)],
  [
    "local-id remote-id local-eap-id remote-eap-id local-xauth-id remote-xauth-id",
    (replacements, value) => replacements.identity(value),
  ],
  [
    "initiator-spi responder-spi",
    ofForm(/^[\da-f]{16}$/, (replacements, value) => replacements.ikeSpi(value)),
  ],
  ["spi-in spi-out", ofForm(/^[\da-f]{8}$/, (replacements, value) => replacements.spi(value))],
  ["local-ts remote-ts", listOf((replacements, value) => replacements.nets(value))],
  ["local-vips remote-vips", listOf((replacements, value) => replacements.address(value))],
  [
    "uniqueid version local-port remote-port reqid encr-keysize integ-keysize established rekey-time reauth-time life-time " +
      "install-time bytes-in bytes-out packets-in packets-out use-in use-out",
    asIs(/^-?\d{1,20}$/),
  ],
  [
    "state mode protocol encr-alg integ-alg prf-alg dh-group ke1-alg ke2-alg ke3-alg ke4-alg ke5-alg ke6-alg ke7-alg esn encap " +
      "initiator nat-local nat-remote nat-fake nat-any ppk",
    word,
  ],
  ["tasks-queued tasks-active tasks-passive", listOf(word)],
];
const REPLACE = new Map(
  KEYS.flatMap(([keys, replace]) => keys.split(" ").map((key): [string, Replace] => [key, replace])),
);

/**
 * A line of `swanctl --list-sas --raw` with its values replaced; a key that nothing knows goes without its value. Null where the
 * line is another, or cut.
 */
export function redactedRawSa(line: string, replacements: TextReplacements): string | null {
  const head = HEAD.exec(line)?.[0];
  if (head === undefined || !isRawSa(line)) return null;
  const open = [""];
  let out = head;
  const put = (text: string): void => {
    out += out.endsWith("{") ? text : ` ${text}`;
  };
  for (const [, brace, key, value = "", section] of line.slice(head.length).matchAll(TOKEN)) {
    if (brace === "}") {
      if (open.pop() === undefined) return null;
      out += "}";
    } else if (section !== undefined) {
      put(`${sectionName(section, open.at(-1), replacements)} {`);
      open.push(section);
    } else if (brace === "{") {
      return null;
    } else if (key !== undefined) {
      const replaced = REPLACE.get(key)?.(replacements, value) ?? null;
      if (replaced !== null) put(`${key}=${replaced}`);
    }
  }
  return open.length === 0 ? out : null;
}

function sectionName(name: string, parent: string | undefined, replacements: TextReplacements): string {
  if (name === "child-sas" || name === "(unnamed)") return name;
  const child = parent === "child-sas" ? CHILD.exec(name) : null;
  return child === null ? replacements.name(name) : `${replacements.name(child[1] ?? "")}-${child[2]}`;
}
