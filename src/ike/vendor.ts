import { toHex } from "../bytes/hex.js";
import type { VendorIdRow } from "./registries/vendor-id-row.js";
import { VENDOR_IDS } from "./registries/vendor-ids.js";

/** Longest first, so that a specific prefix wins over a general one. */
const PREFIXES: readonly VendorIdRow[] = VENDOR_IDS.filter((row) => row.prefix).toSorted(
  (a, b) => b.id.length - a.id.length,
);
const EXACT: ReadonlyMap<string, VendorIdRow> = new Map(
  VENDOR_IDS.filter((row) => !row.prefix).map((row) => [row.id, row]),
);

/** Bytes that a known vendor ID has at most; a hostile one may have 65,000. */
const LONGEST_ID = 64;

/** The known row of the data of a Vendor ID payload; null where there is none. */
export function knownVendorId(data: Uint8Array): VendorIdRow | null {
  const hex = toHex(data, 0, Math.min(data.length, LONGEST_ID));
  const whole = data.length <= LONGEST_ID ? EXACT.get(hex) : undefined;
  return whole ?? PREFIXES.find((row) => matches(row, hex, data.length)) ?? null;
}

function matches(row: VendorIdRow, hex: string, length: number): boolean {
  return hex.startsWith(row.id) && (row.length === undefined || row.length === length);
}
