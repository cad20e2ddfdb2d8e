import type { Code } from "../diagnosis/codes.js";
import { NOTIFIES } from "../diagnosis/notifies.js";
import { isErrorNotify } from "../ike/registries/notify.js";
import { NOTIFY_ERRORS_V1, NOTIFY_STATUS_V1 } from "../ike/registries/notify-v1.js";
import { NOTIFY_ERRORS_V2, NOTIFY_STATUS_V2 } from "../ike/registries/notify-v2.js";
import type { RegistryRow } from "../ike/registries/registry.js";
import { titleOf } from "./catalogue.js";
import { type Message, say } from "../texts/message.js";
import { ENGLISH, type Texts } from "../texts/texts.js";
import { wrap } from "./wrap.js";

/** A notify type of one version of IKE. */
interface NotifyType {
  readonly version: 1 | 2;
  readonly row: RegistryRow;
}

const TYPES: readonly NotifyType[] = [
  ...[...NOTIFY_ERRORS_V2, ...NOTIFY_STATUS_V2].map((row) => ({ version: 2 as const, row })),
  ...[...NOTIFY_ERRORS_V1, ...NOTIFY_STATUS_V1].map((row) => ({ version: 1 as const, row })),
];

/** Names of all notify types of both versions, each once. */
export const NOTIFY_NAMES: readonly string[] = [...new Set(TYPES.map(({ row: [, name] }) => name))];

/**
 * What a notify means and the findings that it leads to; by its number or its name, as either version writes it, upper or lower
 * case, also with "N(...)" around it as logs have it. Null where there is none.
 */
export function explainNotify(asked: string, width = 100, texts: Texts = ENGLISH): string | null {
  const bare = (/^n\((.*)\)$/i.exec(asked.trim())?.[1] ?? asked).trim();
  const wanted = STRONGSWAN_NAMES[bare.toUpperCase()] ?? plain(bare);
  const found = TYPES.filter(({ row: [number, name] }) => plain(name) === wanted || String(number) === bare);
  if (found.length === 0) return null;
  const names = [...new Set(found.map(({ row: [, name] }) => plain(name)))];
  return names
    .map((name) =>
      entryText(
        name,
        found.filter(({ row }) => plain(row[1]) === name),
        width,
        texts,
      ),
    )
    .join("\n");
}

function entryText(name: string, types: readonly NotifyType[], width: number, texts: Texts): string {
  const entry = NOTIFIES[name];
  const where: Message[] = types.map(
    ({ version, row: [number, own, reference] }) =>
      say`IKEv${version} notify ${number}, ${own}, ${isErrorNotify(number) ? "an error" : "a status"} (${reference})`,
  );
  const meaning = entry?.meaning ?? "No finding rests on it; its document says what it means.";
  const codes = entry?.codes ?? [];
  const longest = Math.max(0, ...codes.map((code) => code.length));
  const lines = [
    types[0]?.row[1] ?? name,
    ...where.flatMap((text) => wrap(texts.of(text), width, "    ", "  ")),
    "",
    ...wrap(texts.of(meaning), width, "  "),
    ...(codes.length === 0
      ? []
      : ["", `  ${texts.of("It leads to these findings; 'ikescope explain CODE' says what to do:")}`]),
    ...codes.flatMap((code: Code) =>
      wrap(texts.of(titleOf(code)), width, " ".repeat(longest + 6), `    ${code.padEnd(longest)}  `),
    ),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** Short names that strongSwan 5.9's log has for errors, as in "N(NO_PROP)". */
const STRONGSWAN_NAMES: Readonly<Record<string, string>> = {
  AUTH_FAILED: "AUTHENTICATION_FAILED",
  CRIT: "UNSUPPORTED_CRITICAL_PAYLOAD",
  FAIL_CP_REQ: "FAILED_CP_REQUIRED",
  INT_ADDR_FAIL: "INTERNAL_ADDRESS_FAILURE",
  INVAL_CA: "INVALID_CERT_AUTHORITY",
  INVAL_CERT: "INVALID_CERTIFICATE",
  INVAL_CERTEN: "INVALID_CERT_ENCODING",
  INVAL_HASH: "INVALID_HASH_INFORMATION",
  INVAL_ID: "INVALID_ID_INFORMATION",
  INVAL_IKE_SPI: "INVALID_IKE_SPI",
  INVAL_KE: "INVALID_KE_PAYLOAD",
  INVAL_MAJOR: "INVALID_MAJOR_VERSION",
  INVAL_MID: "INVALID_MESSAGE_ID",
  INVAL_SEL: "INVALID_SELECTORS",
  INVAL_SPI: "INVALID_SPI",
  INVAL_SYN: "INVALID_SYNTAX",
  NO_ADD_SAS: "NO_ADDITIONAL_SAS",
  NO_CHILD_SA: "CHILD_SA_NOT_FOUND",
  NO_PROP: "NO_PROPOSAL_CHOSEN",
  PLD_MAL: "PAYLOAD_MALFORMED",
  SINGLE_PAIR: "SINGLE_PAIR_REQUIRED",
  TEMP_FAIL: "TEMPORARY_FAILURE",
  TS_UNACCEPT: "TS_UNACCEPTABLE",
  UNACCEPT_ADDR: "UNACCEPTABLE_ADDRESSES",
  UNEXPECT_NAT: "UNEXPECTED_NAT_DETECTED",
};

function plain(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}
