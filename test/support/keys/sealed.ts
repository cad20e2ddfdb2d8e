import { joinBytes } from "../../../src/opening/bytes.js";
import { nodeCrypto } from "../../../src/opening/node/node-crypto.js";
import {
  type DirectionKeys,
  type OpenedSk,
  openSk,
  type Protection,
  sealedLength,
  sealSk,
} from "../../../src/opening/seal-v2.js";
import { fromHex } from "../../../src/bytes/hex.js";
import { decodeIke } from "../../../src/ike/decode.js";
import { u16, u32, u8 } from "../ike/bytes.js";
import { INITIATOR_SPI, RESPONDER_SPI } from "../ike/message.js";

const SK = 46;
const SKF = 53;
const HEADER = 28;
const GENERIC_HEADER = 4;

/** What a sealed message is to hold. */
export interface SealedOptions {
  readonly iv: Uint8Array;
  readonly plain: Uint8Array;
  readonly fragment?: { readonly number: number; readonly total: number } | null;
  /** Type of the first payload inside. */
  readonly innerType?: number;
  readonly exchange?: number;
  readonly flags?: number;
  readonly messageId?: number;
  readonly initiatorSpi?: string;
  readonly responderSpi?: string;
}

/** An IKEv2 message of one SK or SKF payload. */
export function sealedMessage(suite: Protection, keys: DirectionKeys, options: SealedOptions): Uint8Array {
  const { iv, plain, fragment = null, innerType = 41, exchange = 35, flags = 0x08, messageId = 1 } = options;
  const numbers =
    fragment === null ? new Uint8Array(0) : joinBytes(u16(fragment.number), u16(fragment.total));
  const payloadLength = GENERIC_HEADER + numbers.length + sealedLength(suite, plain.length);
  const head = joinBytes(
    fromHex(options.initiatorSpi ?? INITIATOR_SPI),
    fromHex(options.responderSpi ?? RESPONDER_SPI),
    u8(fragment === null ? SK : SKF),
    u8(0x20),
    u8(exchange),
    u8(flags),
    u32(messageId),
    u32(HEADER + payloadLength),
    u8(innerType),
    u8(0),
    u16(payloadLength),
    numbers,
  );
  const sealed = sealSk(nodeCrypto, suite, keys, head, iv.subarray(0, suite.cipher.iv), plain);
  if (sealed === null) throw new Error("not sealed");
  return sealed;
}

/** What keys make of the bytes of a message. */
export function unsealed(suite: Protection, keys: DirectionKeys, bytes: Uint8Array): OpenedSk {
  const decoded = decodeIke(bytes);
  if (!decoded.ok) return { ok: false, reason: "cut" };
  return openSk(nodeCrypto, suite, keys, decoded.message, bytes);
}
