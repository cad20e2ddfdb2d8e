import { toHex } from "../bytes/hex.js";
import { VENDOR_IDS, type VendorIdRow } from "./registries/vendor-ids.js";

/** Longest first, so that a specific prefix wins over a general one. */
const PREFIXES: readonly VendorIdRow[] = VENDOR_IDS.filter((row) => row.prefix).toSorted(
  (a, b) => b.id.length - a.id.length,
);
const EXACT: ReadonlyMap<string, VendorIdRow> = new Map(
  VENDOR_IDS.filter((row) => !row.prefix).map((row) => [row.id, row]),
);

/** What the data of a Vendor ID payload says, or null where it is not known. */
export function knownVendorId(data: Uint8Array): VendorIdRow | null {
  const hex = toHex(data);
  return EXACT.get(hex) ?? PREFIXES.find((row) => matches(row, hex, data.length)) ?? null;
}

function matches(row: VendorIdRow, hex: string, length: number): boolean {
  return hex.startsWith(row.id) && (row.length === undefined || row.length === length);
}
