import { u16At, u32At } from "../bytes/reader.js";
import { IKE_HEADER_LENGTH } from "./message.js";
import { isCredibleIke } from "./credible-header.js";
import { HEADER_AT } from "./header.js";

const LENGTH_FIELD = 2;
const MARKER = 4;
/** SPI and sequence number. */
const ESP_HEAD = 8;
/** ESP header, a padded trailer and the shortest ICV in use (RFC 4303 section 2). */
const SMALLEST_ESP = 20;
/** SPIs below are reserved (RFC 4303 section 2.1). */
const FIRST_SPI = 256;
/** Records one behind the other that prove the framing where none ends with the segment. */
const ENOUGH_RECORDS = 3;

/**
 * Whether records of RFC 9329 section 3 begin at `start`: for streams that the capture joins midway, or after bytes that
 * are missing. One IKE message with the right length in both places is proof. ESP is proof where records end exactly
 * with the segment, as senders push each packet, or where several follow one another. [start, end) was captured of a
 * segment that ends at `declaredEnd`.
 */
export function looksLikeRecords(
  bytes: Uint8Array,
  start: number,
  end: number,
  declaredEnd: number,
): boolean {
  let at = start;
  for (let records = 0; ; records++) {
    if (at === declaredEnd) return records > 0;
    if (records >= ENOUGH_RECORDS) return true;
    const body = at + LENGTH_FIELD;
    if (body + ESP_HEAD > end) return false;
    const length = u16At(bytes, at);
    const word = u32At(bytes, body);
    if (word === 0) return isIkeRecord(bytes, body + MARKER, end, length - LENGTH_FIELD - MARKER);
    if (word < FIRST_SPI || length < LENGTH_FIELD + SMALLEST_ESP) return false;
    at += length;
    if (at > declaredEnd) return false;
  }
}

function isIkeRecord(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  return (
    end - at >= IKE_HEADER_LENGTH &&
    u32At(bytes, at + HEADER_AT.length) === length &&
    isCredibleIke(bytes, at, end)
  );
}
