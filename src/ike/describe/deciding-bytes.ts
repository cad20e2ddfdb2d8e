import { u16At } from "../../bytes/reader.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../registries/payload-types.js";
import { showsNotifyData } from "../payloads/notify/data.js";
import type { UndecodedPayload } from "./undecoded-payload.js";

/** Payloads of which the token says the type and the length, or the type alone. */
const NOTHING = 0;
/** Each byte may count of payloads that are not named here. */
const ALL = 0xffff;
const NOTIFY = -1;

/** Method of a key exchange, and number and total of a fragment, both of four bytes. */
const NUMBERS = 4;

/** Protocol, SPI size and type of a notify; the DOI of IKEv1 stands before them. */
const NOTIFY_HEADER = 4;
const DOI = 4;

const V1 = table([
  [PAYLOAD_V1.KE, NOTHING],
  [PAYLOAD_V1.HASH, NOTHING],
  [PAYLOAD_V1.SIG, NOTHING],
  [PAYLOAD_V1.NONCE, NOTHING],
  [PAYLOAD_V1.NAT_D, NOTHING],
  [PAYLOAD_V1.NAT_D_DRAFT_04, NOTHING],
  [PAYLOAD_V1.NAT_D_DRAFT, NOTHING],
  [PAYLOAD_V1.NOTIFY, NOTIFY],
]);

const V2 = table([
  [PAYLOAD_V2.KE, NUMBERS],
  [PAYLOAD_V2.NONCE, NOTHING],
  [PAYLOAD_V2.SK, NOTHING],
  [PAYLOAD_V2.SKF, NUMBERS],
  [PAYLOAD_V2.NOTIFY, NOTIFY],
]);

function table(rows: readonly (readonly [type: number, bytes: number])[]): Int32Array {
  const bytes = new Int32Array(256).fill(ALL);
  for (const [type, count] of rows) bytes[type] = count;
  return bytes;
}

/**
 * How many bytes at the front of a body decide, with type and length of the payload, whether it is well-formed and what
 * its token of a line says. What follows them, such as a nonce, is on no line.
 */
export function decidingBytes(place: UndecodedPayload): number {
  const { version, type, start, end } = place;
  const count = (version === 2 ? V2 : V1)[type] as number;
  return Math.min(end - start, count === NOTIFY ? ofNotify(place) : count);
}

function ofNotify({ version, bytes, start, end }: UndecodedPayload): number {
  const header = version === 2 ? 0 : DOI;
  const at = start + header;
  if (end - at < NOTIFY_HEADER || showsNotifyData(version, u16At(bytes, at + 2))) return ALL;
  return header + NOTIFY_HEADER + (bytes[at + 1] as number);
}
