import { fromHex } from "../../../src/bytes/hex.js";
import type { IkeHeader, IkeMessage, Payload } from "../../../src/ike/message.js";
import { ZERO_SPI } from "../../../src/ike/message.js";
import { encodeBody } from "./bodies.js";
import { concat, u16, u32, u8 } from "./bytes.js";

/** A payload to be sent: its type and body; the chain fills in the generic header. */
export interface PayloadBytes {
  readonly type: number;
  readonly body: Uint8Array;
  readonly critical?: boolean;
  /** SK, SKF: type of the first payload inside, which stands in the next-payload field. */
  readonly innerType?: number;
  /** IKEv1 ciphertext has no generic header. */
  readonly bare?: boolean;
  /** A length field that lies. */
  readonly declaredLength?: number;
}

export interface MessageOptions {
  readonly version?: 1 | 2;
  /** 16 hex digits. */
  readonly initiatorSpi?: string;
  readonly responderSpi?: string;
  readonly exchange: number;
  /** Default: 0x08 (from the initiator) in IKEv2, 0 in IKEv1. */
  readonly flags?: number;
  readonly messageId?: number;
  readonly payloads?: readonly PayloadBytes[];
  /** A length field that lies. */
  readonly declaredLength?: number;
  /** A version byte other than the version's own. */
  readonly versionByte?: number;
}

export const INITIATOR_SPI = "1111111111111111";
export const RESPONDER_SPI = "2222222222222222";

/** An IKE message as bytes, without non-ESP marker. */
export function ikeMessage(options: MessageOptions): Uint8Array {
  const version = options.version ?? 2;
  const payloads = options.payloads ?? [];
  const chain = chainBytes(payloads);
  return concat(
    fromHex(options.initiatorSpi ?? INITIATOR_SPI),
    fromHex(options.responderSpi ?? ZERO_SPI),
    u8(payloads[0]?.type ?? 0),
    u8(options.versionByte ?? version << 4),
    u8(options.exchange),
    u8(options.flags ?? (version === 2 ? 0x08 : 0)),
    u32(options.messageId ?? 0),
    u32(options.declaredLength ?? 28 + chain.length),
    chain,
  );
}

/** Payloads one after the other, each naming the next: what stands behind the header, and inside of SK. */
export function chainBytes(payloads: readonly PayloadBytes[]): Uint8Array {
  return concat(...payloads.map((payload, index) => chainLink(payload, payloads[index + 1])));
}

/** The bytes of decoded payloads of decrypted plaintext. */
export function encodePayloads(payloads: readonly Payload[], version: 1 | 2): Uint8Array {
  return chainBytes(
    payloads.map((payload) => ({
      type: payload.type,
      body: encodeBody(payload, version),
      critical: payload.critical,
    })),
  );
}

/** The message behind the non-ESP marker of port 4500. */
export function withMarker(message: Uint8Array): Uint8Array {
  return concat(u32(0), message);
}

function chainLink(payload: PayloadBytes, next: PayloadBytes | undefined): Uint8Array {
  if (payload.bare === true) return payload.body;
  return concat(
    u8(payload.innerType ?? next?.type ?? 0),
    u8(payload.critical === true ? 0x80 : 0),
    u16(payload.declaredLength ?? payload.body.length + 4),
    payload.body,
  );
}

/**
 * The bytes of a decoded message. Exact for a message without problem whose reserved fields are zero; an IKEv1 message
 * is padded with zeros to its declared length.
 */
export function encodeMessage({ header, payloads }: IkeMessage): Uint8Array {
  const version = header.majorVersion === 1 ? 1 : 2;
  const links = payloads.map((payload) => payloadBytes(payload, version, header));
  const message = ikeMessage({
    version,
    versionByte: (header.majorVersion << 4) | header.minorVersion,
    initiatorSpi: header.initiatorSpi,
    responderSpi: header.responderSpi,
    exchange: header.exchangeType,
    flags: header.flags,
    messageId: header.messageId,
    payloads: links,
    declaredLength: header.length,
  });
  return concat(message, new Uint8Array(Math.max(0, header.length - message.length)));
}

function payloadBytes(payload: Payload, version: 1 | 2, header: IkeHeader): PayloadBytes {
  const body = encodeBody(payload, version);
  const common = { type: payload.type, body, critical: payload.critical };
  if (payload.kind !== "encrypted") return common;
  return version === 1
    ? { ...common, type: header.nextPayload, bare: true }
    : { ...common, innerType: payload.innerType };
}
