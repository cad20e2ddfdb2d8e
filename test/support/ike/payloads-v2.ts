import { fromHex } from "../../../src/bytes/hex.js";
import type { Proposal, Transform, TransformAttribute } from "../../../src/ike/message.js";
import { PAYLOAD_V2 } from "../../../src/ike/registries/payload-types.js";
import { TRANSFORM_TYPE } from "../../../src/ike/registries/transforms-v2.js";
import { certificateRequestBody, deleteBody, encryptedBody, keBody, notifyBody, saBody } from "./bodies.js";
import { filler } from "./bytes.js";
import type { PayloadBytes } from "./message.js";

const NO_BYTES = new Uint8Array(0);

export function transform(type: number, id: number, keyLength?: number): Transform {
  const attributes: TransformAttribute[] =
    keyLength === undefined ? [] : [{ type: 14, value: keyLength, bytes: null }];
  return { type, id, number: 0, attributes };
}

/** Numbers of one algorithm or of alternatives per transform type; zero or more of each. */
export interface ProposalOptions {
  readonly number?: number;
  /** 1 IKE (default), 2 AH, 3 ESP. */
  readonly protocol?: number;
  readonly spi?: Uint8Array;
  /** ENCR ids with key length in bits. */
  readonly encr?: readonly (readonly [id: number, keyLength?: number])[];
  readonly integ?: readonly number[];
  readonly prf?: readonly number[];
  readonly group?: readonly number[];
  readonly esn?: readonly number[];
  /** Further transforms as they are. */
  readonly others?: readonly Transform[];
}

export function proposal(options: ProposalOptions): Proposal {
  const of = (type: number, ids: readonly number[] | undefined): Transform[] =>
    (ids ?? []).map((id) => transform(type, id));
  return {
    number: options.number ?? 1,
    protocol: options.protocol ?? 1,
    spi: options.spi ?? NO_BYTES,
    transforms: [
      ...(options.encr ?? []).map(([id, keyLength]) => transform(TRANSFORM_TYPE.ENCR, id, keyLength)),
      ...of(TRANSFORM_TYPE.PRF, options.prf),
      ...of(TRANSFORM_TYPE.INTEG, options.integ),
      ...of(TRANSFORM_TYPE.KE, options.group),
      ...of(TRANSFORM_TYPE.ESN, options.esn),
      ...(options.others ?? []),
    ],
  };
}

/** AES-CBC-256, HMAC-SHA2-256-128, PRF-HMAC-SHA2-256, MODP-2048. */
export const COMMON_PROPOSAL = proposal({ encr: [[12, 256]], integ: [12], prf: [5], group: [14] });

export function sa(proposals: readonly Proposal[] = [COMMON_PROPOSAL]): PayloadBytes {
  return { type: PAYLOAD_V2.SA, body: saBody({ doi: null, situation: null, proposals }) };
}

export function ke(group = 14, data: Uint8Array = filler(256, group)): PayloadBytes {
  return { type: PAYLOAD_V2.KE, body: keBody({ group, data }) };
}

export function nonce(data: Uint8Array = filler(32, 7)): PayloadBytes {
  return { type: PAYLOAD_V2.NONCE, body: data };
}

export interface NotifyOptions {
  readonly protocol?: number;
  readonly spi?: Uint8Array;
  readonly data?: Uint8Array;
}

export function notify(notifyType: number, options: NotifyOptions = {}): PayloadBytes {
  const { protocol = 0, spi = NO_BYTES, data = NO_BYTES } = options;
  return { type: PAYLOAD_V2.NOTIFY, body: notifyBody({ doi: null, protocol, spi, notifyType, data }) };
}

/** NAT_DETECTION_SOURCE_IP and NAT_DETECTION_DESTINATION_IP with the given 20-byte hashes. */
export function natDetection(
  sourceHash: Uint8Array = filler(20, 3),
  destinationHash: Uint8Array = filler(20, 4),
): PayloadBytes[] {
  return [notify(16388, { data: sourceHash }), notify(16389, { data: destinationHash })];
}

/** `data` as bytes or hex. */
export function vendorId(data: Uint8Array | string): PayloadBytes {
  return { type: PAYLOAD_V2.VENDOR_ID, body: typeof data === "string" ? fromHex(data) : data };
}

export function certificateRequest(encoding = 4, authority: Uint8Array = filler(20, 5)): PayloadBytes {
  return { type: PAYLOAD_V2.CERTREQ, body: certificateRequestBody({ encoding, authority }) };
}

export function deleteSas(protocol: number, spis: readonly Uint8Array[] = []): PayloadBytes {
  return { type: PAYLOAD_V2.DELETE, body: deleteBody({ doi: null, protocol, spis }) };
}

/** An SK payload whose body (IV, ciphertext, ICV) has `bodyLength` bytes. */
export function sk(bodyLength: number, innerType = 0, seed = 11): PayloadBytes {
  const body = encryptedBody({ body: filler(bodyLength, seed), fragment: null }, 2);
  return { type: PAYLOAD_V2.SK, body, innerType };
}

/** An SKF payload: `bodyLength` bytes behind fragment number and total. */
export function skf(number: number, total: number, bodyLength: number, innerType = 0): PayloadBytes {
  const body = encryptedBody({ body: filler(bodyLength, number), fragment: { number, total } }, 2);
  return { type: PAYLOAD_V2.SKF, body, innerType };
}

/** Any payload by its type. */
export function opaque(type: number, body: Uint8Array = filler(8, type)): PayloadBytes {
  return { type, body };
}
