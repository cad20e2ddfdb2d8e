import type { Proposal, Transform, TransformAttribute } from "../../../src/ike/message.js";
import { PHASE1_ATTRIBUTE } from "../../../src/ike/registries/attributes-v1.js";
import { PAYLOAD_V1 } from "../../../src/ike/registries/payload-types.js";
import {
  certificateBody,
  certificateRequestBody,
  configurationBody,
  deleteBody,
  fragmentV1Body,
  identificationBody,
  keBody,
  natOriginalAddressBody,
  notifyBody,
  saBody,
} from "./bodies.js";
import { filler, u32 } from "./bytes.js";
import type { PayloadBytes } from "./message.js";
import type { NotifyOptions } from "./payloads-v2.js";

const NO_BYTES = new Uint8Array(0);

/** Values of one phase 1 transform by IKEv1 numbers; the lifetime goes out in the variable-length form. */
export interface Phase1Options {
  readonly encryption: number;
  readonly keyLength?: number;
  readonly hash: number;
  readonly auth: number;
  readonly group: number;
  readonly seconds?: number;
  readonly kilobytes?: number;
}

export function phase1Transform(options: Phase1Options, number = 1): Transform {
  const fixed = (type: number, value: number | undefined): TransformAttribute[] =>
    value === undefined ? [] : [{ type, value, bytes: null }];
  const life = (lifeType: number, value: number | undefined): TransformAttribute[] =>
    value === undefined
      ? []
      : [
          { type: PHASE1_ATTRIBUTE.LIFE_TYPE, value: lifeType, bytes: null },
          { type: PHASE1_ATTRIBUTE.LIFE_DURATION, value, bytes: u32(value) },
        ];
  return {
    type: 0,
    id: 1,
    number,
    attributes: [
      ...fixed(PHASE1_ATTRIBUTE.ENCRYPTION_ALGORITHM, options.encryption),
      ...fixed(PHASE1_ATTRIBUTE.KEY_LENGTH, options.keyLength),
      ...fixed(PHASE1_ATTRIBUTE.HASH_ALGORITHM, options.hash),
      ...fixed(PHASE1_ATTRIBUTE.GROUP_DESCRIPTION, options.group),
      ...fixed(PHASE1_ATTRIBUTE.AUTHENTICATION_METHOD, options.auth),
      ...life(1, options.seconds),
      ...life(2, options.kilobytes),
    ],
  };
}

/** AES-CBC-256, SHA2-256, MODP-2048, pre-shared key, 8 hours. */
export const COMMON_PHASE1: Phase1Options = {
  encryption: 7,
  keyLength: 256,
  hash: 4,
  auth: 1,
  group: 14,
  seconds: 28800,
};

/** One ISAKMP proposal with a transform for each of the options. */
export function saV1(transforms: readonly Phase1Options[] = [COMMON_PHASE1]): PayloadBytes {
  return proposalsV1([
    {
      number: 1,
      protocol: 1,
      spi: NO_BYTES,
      transforms: transforms.map((options, index) => phase1Transform(options, index + 1)),
    },
  ]);
}

export function proposalsV1(proposals: readonly Proposal[]): PayloadBytes {
  return { type: PAYLOAD_V1.SA, body: saBody({ doi: 1, situation: 1, proposals }) };
}

export function keV1(data: Uint8Array = filler(256, 2)): PayloadBytes {
  return { type: PAYLOAD_V1.KE, body: keBody({ group: null, data }) };
}

export function nonceV1(data: Uint8Array = filler(20, 7)): PayloadBytes {
  return { type: PAYLOAD_V1.NONCE, body: data };
}

export function notifyV1(notifyType: number, options: NotifyOptions = {}): PayloadBytes {
  const { protocol = 1, spi = NO_BYTES, data = NO_BYTES } = options;
  return { type: PAYLOAD_V1.NOTIFY, body: notifyBody({ doi: 1, protocol, spi, notifyType, data }) };
}

export function deleteV1(protocol: number, spis: readonly Uint8Array[]): PayloadBytes {
  return { type: PAYLOAD_V1.DELETE, body: deleteBody({ doi: 1, protocol, spis }) };
}

export function vendorIdV1(data: Uint8Array): PayloadBytes {
  return { type: PAYLOAD_V1.VENDOR_ID, body: data };
}

/** A NAT-D payload; `draft` takes the number of the drafts. */
export function natD(hash: Uint8Array = filler(20, 3), draft = false): PayloadBytes {
  return { type: draft ? PAYLOAD_V1.NAT_D_DRAFT : PAYLOAD_V1.NAT_D, body: hash };
}

export function certificateRequestV1(encoding = 4, authority: Uint8Array = NO_BYTES): PayloadBytes {
  return { type: PAYLOAD_V1.CERTREQ, body: certificateRequestBody({ encoding, authority }) };
}

/** The ID of a phase 2 selector with protocol and port, or of a peer without. */
export function identificationV1(idType: number, data: Uint8Array, protocol = 0, port = 0): PayloadBytes {
  return { type: PAYLOAD_V1.ID, body: identificationBody({ idType, protocol, port, data }) };
}

export function certificateV1(encoding = 4, data: Uint8Array = filler(300, 6)): PayloadBytes {
  return { type: PAYLOAD_V1.CERT, body: certificateBody({ encoding, data }) };
}

export function hashV1(data: Uint8Array = filler(20, 8)): PayloadBytes {
  return { type: PAYLOAD_V1.HASH, body: data };
}

export function signatureV1(data: Uint8Array = filler(128, 8)): PayloadBytes {
  return { type: PAYLOAD_V1.SIG, body: data };
}

/** Attributes of mode config and XAUTH as they are. */
export function attributesV1(
  configType: number,
  attributes: readonly TransformAttribute[],
  identifier = 0,
): PayloadBytes {
  return { type: PAYLOAD_V1.ATTRIBUTES, body: configurationBody({ configType, identifier, attributes }) };
}

/** A NAT-OA payload of the RFC; of the drafts by their types. */
export function natOa(
  idType = 1,
  address: Uint8Array = Uint8Array.of(10, 0, 0, 7),
  type: number = PAYLOAD_V1.NAT_OA,
): PayloadBytes {
  return { type, body: natOriginalAddressBody({ idType, address }) };
}

export function fragmentV1(id: number, number: number, last: boolean, data: Uint8Array): PayloadBytes {
  return { type: PAYLOAD_V1.FRAGMENT, body: fragmentV1Body({ id, number, last, data }) };
}

/** The ciphertext of an IKEv1 message: the message needs flag 0x01. `innerType` is the first payload inside. */
export function encryptedV1(length: number, innerType: number = PAYLOAD_V1.ID, seed = 13): PayloadBytes {
  return { type: innerType, body: filler(length, seed), bare: true };
}
