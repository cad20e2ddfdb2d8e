import { fromHex } from "../../../src/bytes/hex.js";
import type {
  AddressRangeSelector,
  EapPayload,
  Proposal,
  TrafficSelector,
  Transform,
  TransformAttribute,
} from "../../../src/ike/message.js";
import { PAYLOAD_V2 } from "../../../src/ike/registries/payload-types.js";
import { TRANSFORM_TYPE } from "../../../src/ike/registries/transforms-v2.js";
import {
  authenticationBody,
  certificateBody,
  certificateRequestBody,
  configurationBody,
  deleteBody,
  eapBody,
  encryptedBody,
  identificationBody,
  keBody,
  notifyBody,
  saBody,
  trafficSelectorsBody,
} from "./bodies.js";
import { ascii, filler } from "./bytes.js";
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

/** IDi; IDr and IDg by their types. */
export function identification(
  idType = 2,
  data: Uint8Array = ascii("gw.example"),
  type: number = PAYLOAD_V2.IDi,
): PayloadBytes {
  return { type, body: identificationBody({ idType, protocol: null, port: null, data }) };
}

export function certificate(encoding = 4, data: Uint8Array = filler(300, 6)): PayloadBytes {
  return { type: PAYLOAD_V2.CERT, body: certificateBody({ encoding, data }) };
}

export function authentication(method = 2, data: Uint8Array = filler(32, 8)): PayloadBytes {
  return { type: PAYLOAD_V2.AUTH, body: authenticationBody({ method, data }) };
}

/** One IPv4 selector, by default 10.1.0.0/16 with any protocol and port. */
export function ipv4Selector(options: Partial<AddressRangeSelector> = {}): AddressRangeSelector {
  return {
    form: "addressRange",
    type: 7,
    protocol: 0,
    startPort: 0,
    endPort: 65535,
    start: Uint8Array.of(10, 1, 0, 0),
    end: Uint8Array.of(10, 1, 255, 255),
    ...options,
  };
}

/** TSi; TSr by its type. */
export function trafficSelectors(
  selectors: readonly TrafficSelector[] = [ipv4Selector()],
  type: number = PAYLOAD_V2.TSi,
): PayloadBytes {
  return { type, body: trafficSelectorsBody({ selectors }) };
}

/** Attributes by type, each with its value. */
export function configuration(
  configType: number,
  attributes: readonly (readonly [type: number, value: Uint8Array])[],
): PayloadBytes {
  const encoded = attributes.map(([type, bytes]) => ({ type, value: null, bytes }));
  return {
    type: PAYLOAD_V2.CP,
    body: configurationBody({ configType, identifier: null, attributes: encoded }),
  };
}

/** An EAP message whose length is right unless one is given. */
export function eap(options: Partial<Omit<EapPayload, "kind">> = {}): PayloadBytes {
  const { code = 1, identifier = 1, method = 1, vendor = null, data = NO_BYTES } = options;
  const typeLength = method === null ? 0 : vendor === null ? 1 : 8;
  const { messageLength = 4 + typeLength + data.length } = options;
  return { type: PAYLOAD_V2.EAP, body: eapBody({ code, identifier, messageLength, method, vendor, data }) };
}

export function puzzleSolution(data: Uint8Array = filler(32, 10)): PayloadBytes {
  return { type: PAYLOAD_V2.PS, body: data };
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
