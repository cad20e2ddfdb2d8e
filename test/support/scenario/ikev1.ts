import { addressBytes } from "../../../src/bytes/address.js";
import { V1_FLAG, ZERO_SPI } from "../../../src/ike/message.js";
import { natDetectionHash } from "../../../src/ike/nat-detection.js";
import { filler } from "../ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../ike/message.js";
import {
  certificateV1,
  COMMON_PHASE1,
  encryptedV1,
  fragmentV1,
  keV1,
  natD,
  nonceV1,
  notifyV1,
  type Phase1Options,
  saV1,
  vendorIdV1,
} from "../ike/payloads-v1.js";
import type { Envelope, Message, SaSpis } from "./wire.js";

let seed = 5000;

export interface V1Options {
  readonly sa?: SaSpis;
  readonly messageId?: number;
  /** Bytes of ciphertext. */
  readonly length?: number;
  /** Lifetime that main mode 1 or 2 names, where it is not the usual one. */
  readonly seconds?: number;
  /** RSA signatures, not a pre-shared key, in aggressive mode and in main mode 1 and 2. */
  readonly signed?: boolean;
  /** Sent in clear in CERT payloads: aggressive mode 2, or 3, which is in clear then. */
  readonly certificates?: readonly Uint8Array[];
  /** The second message of aggressive mode has NAT-D payloads. */
  readonly natDetection?: boolean;
  /** Vendor IDs that main mode 1 and 2 announce. */
  readonly vendors?: readonly Uint8Array[];
}

/** Bytes of ciphertext of R-U-THERE under AES-CBC with SHA2-256: HASH of 36, notify of 32, padded to 16. */
const R_U_THERE = 80;

const RSA_SIGNATURES = 3;

const EXCHANGE = { main: 2, aggressive: 4, informational: 5, transaction: 6, quick: 32 } as const;

/** Main mode message 1 to 6. */
export function mainMode(number: 1 | 2 | 3 | 4 | 5 | 6, options: V1Options = {}): Message {
  if (number >= 5) return secret(EXCHANGE.main, { length: 72, messageId: 0, ...options });
  const own = ++seed;
  return plain(options, EXCHANGE.main, number === 1, (envelope) =>
    number <= 2
      ? [
          saV1([{ ...lifetimeOf(options), auth: authOf(options) }]),
          ...(options.vendors ?? []).map(vendorIdV1),
        ]
      : [keV1(filler(256, own)), nonceV1(filler(20, own)), ...natHashes(envelope)],
  );
}

/** Main mode 5 or 6 in so many IKEv1 fragments; some senders copy the encryption flag of the message to them. */
export function mainModeInFragments(total: number, isFlagged: boolean): Message[] {
  const own = ++seed;
  return Array.from({ length: total }, (_, index) => ({
    encode: ({ sa }: Envelope) =>
      ikeMessage({
        version: 1,
        exchange: EXCHANGE.main,
        initiatorSpi: sa.initiatorSpi,
        responderSpi: sa.responderSpi,
        flags: isFlagged ? V1_FLAG.encryption : 0,
        payloads: [fragmentV1(1, index + 1, index + 1 === total, filler(500, own * 64 + index))],
      }),
  }));
}

/** Aggressive mode message 1 to 3; the third may be encrypted or clear, here it is encrypted. */
export function aggressiveMode(number: 1 | 2 | 3, options: V1Options = {}): Message {
  const certificates = (options.certificates ?? []).map((data) => certificateV1(4, data));
  if (number === 3) {
    return certificates.length > 0
      ? plain(options, EXCHANGE.aggressive, false, () => certificates)
      : secret(EXCHANGE.aggressive, { length: 56, messageId: 0, ...options });
  }
  const own = ++seed;
  return plain(options, EXCHANGE.aggressive, number === 1, (envelope) => [
    saV1([{ ...COMMON_PHASE1, auth: authOf(options) }]),
    keV1(filler(256, own)),
    nonceV1(filler(20, own)),
    { type: 5, body: filler(12, own) },
    ...certificates,
    ...(options.natDetection === true && number === 2 ? natHashes(envelope) : []),
  ]);
}

function authOf({ signed = false }: V1Options): number {
  return signed ? RSA_SIGNATURES : COMMON_PHASE1.auth;
}

/** Quick mode message 1, 2 or 3. */
export function quickMode(number: 1 | 2 | 3, options: V1Options = {}): Message {
  return secret(EXCHANGE.quick, { length: number === 3 ? 56 : 168, messageId: 0x51515151, ...options });
}

/** One message of a transaction: XAUTH, mode config. */
export function transaction(options: V1Options = {}): Message {
  return secret(EXCHANGE.transaction, { length: 72, messageId: 0x61616161, ...options });
}

/** An encrypted INFORMATIONAL: R-U-THERE, delete, INITIAL-CONTACT, an error. Every one has a Message ID of its own. */
export function informationalV1(options: V1Options = {}): Message {
  return secret(EXCHANGE.informational, { length: R_U_THERE, messageId: 0x70000000 + ++seed, ...options });
}

/** An INFORMATIONAL in clear with one notify, as refusals of phase 1 are. */
export function clearNotifyV1(type: number, options: V1Options = {}): Message {
  const messageId = 0x71000000 + ++seed;
  return plain({ messageId, ...options }, EXCHANGE.informational, false, () => [notifyV1(type)]);
}

function plain(
  options: V1Options,
  exchange: number,
  first: boolean,
  payloads: (envelope: Envelope) => PayloadBytes[],
): Message {
  return {
    ...(options.sa === undefined ? {} : { sa: options.sa }),
    opens: true,
    encode: (envelope) =>
      ikeMessage({
        version: 1,
        exchange,
        initiatorSpi: envelope.sa.initiatorSpi,
        responderSpi: first ? ZERO_SPI : envelope.sa.responderSpi,
        messageId: options.messageId ?? 0,
        payloads: payloads(envelope),
      }),
  };
}

function secret(exchange: number, options: V1Options): Message {
  const own = ++seed;
  return {
    ...(options.sa === undefined ? {} : { sa: options.sa }),
    encode: (envelope) =>
      ikeMessage({
        version: 1,
        exchange,
        flags: V1_FLAG.encryption,
        initiatorSpi: envelope.sa.initiatorSpi,
        responderSpi: envelope.sa.responderSpi,
        messageId: options.messageId ?? 0,
        payloads: [encryptedV1(options.length ?? 72, 8, own)],
      }),
  };
}

function lifetimeOf({ seconds }: V1Options): Phase1Options {
  return seconds === undefined ? COMMON_PHASE1 : { ...COMMON_PHASE1, seconds };
}

/** RFC 3947 3.2: the receiver's hash first, then the sender's own, with the negotiated hash (SHA2-256). */
function natHashes({ sa, own, peer }: Envelope): PayloadBytes[] {
  return [peer, own].map(({ address, port }) => {
    const bytes = addressBytes(address) ?? new Uint8Array(4);
    return natD(natDetectionHash(sa.initiatorSpi, sa.responderSpi, bytes, port, "sha256"));
  });
}
