import { addressBytes, ipv4At, ipv6At } from "../bytes/address.js";
import { gcmOf, wiresharkEncryption, wiresharkIntegrity } from "./algorithm-names.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { csvColumns } from "./csv.js";
import { espSpi, hexOrTextKey } from "./hex-key.js";
import type { EspIntegrity, KeySource } from "./key.js";
import { isCombined } from "./esp-algorithms.js";

const FEWEST_COLUMNS = 8;
/** Wireshark since issue 19658 of 2024: length of sequence numbers, and their high half. */
const MOST_COLUMNS = 10;

/**
 * Wireshark's esp_sa: "IPv4|IPv6", source, destination, SPI, "encryption", key, "authentication", key, and in newer files
 * "32-bit|64-bit" and the high half of sequence numbers. "*" stands for any address or SPI. AES-GCM that strongSwan's
 * save-keys writes with "ANY 128 bit authentication", which Wireshark refuses, is read as what it is.
 */
export function wiresharkEsp(file: string, into: KeyCollector): KeyParser {
  const sourceAt = sourceMaker(file, "esp_sa");
  return {
    line(text, number) {
      if (!/^\s*"?IPv[46]"?\s*,/i.test(text)) return;
      const source = sourceAt(number);
      const columns = csvColumns(text);
      if (columns === null || columns.length < FEWEST_COLUMNS || columns.length > MOST_COLUMNS) {
        into.fault(
          source,
          `${columns?.length ?? "unclosed quotes in its"} columns, ${FEWEST_COLUMNS} or ${MOST_COLUMNS} needed`,
        );
      } else row(columns, source, into);
    },
    end: () => undefined,
  };
}

function row(columns: readonly string[], source: KeySource, into: KeyCollector): void {
  const [
    ,
    from = "",
    to = "",
    spiText = "",
    encryptionName = "",
    keyText = "",
    authName = "",
    authText = "",
  ] = columns;
  const spi = isAny(spiText) ? null : espSpi(spiText);
  const cipherKey = hexOrTextKey(keyText);
  const integrityKey = hexOrTextKey(authText);
  const named = wiresharkEncryption(encryptionName);
  const integrity = wiresharkIntegrity(authName);
  const [source1, destination] = [anyAddress(from), anyAddress(to)];
  if (spi === null && !isAny(spiText)) into.fault(source, "the SPI is none");
  else if (source1 === undefined || destination === undefined) into.fault(source, "an address is none");
  else if (cipherKey === null || integrityKey === null) {
    into.fault(source, "a key is not written in hex, or is cut in the middle of a byte");
  } else if (named === null) into.fault(source, "its encryption algorithm is not known");
  else if (integrity === null) into.fault(source, "its authentication algorithm is not known");
  else {
    into.key({
      kind: "esp",
      source,
      spi,
      from: source1,
      to: destination,
      ...settled(named.id, integrity),
      cipherKey,
      integrityKey: integrityKey.length === 0 ? null : integrityKey,
      esn: esnOf(columns[8]),
      oneOfTwo: false,
    });
  }
}

/** Combined modes have no integrity algorithm; what stands in its column says at most how long their ICV is. */
function settled(
  encryption: number,
  integrity: EspIntegrity,
): { encryption: number; integrity: EspIntegrity } {
  if (!isCombined(encryption)) return { encryption, integrity };
  const byIcv = integrity.id === null ? gcmOf(integrity.icvLength) : null;
  return { encryption: byIcv ?? encryption, integrity: { id: 0, icvLength: 0 } };
}

function esnOf(column: string | undefined): boolean | null {
  if (column === undefined || column === "") return null;
  return column.startsWith("64");
}

function isAny(text: string): boolean {
  return text === "*" || text === "";
}

/** As the capture writes it; null for any, undefined for what is no address. Prefixes such as 10.1.0.0/16 are taken for any. */
function anyAddress(text: string): string | null | undefined {
  if (isAny(text) || text.includes("*") || text.includes("/")) return null;
  const bytes = addressBytes(text);
  if (bytes === null) return undefined;
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}
