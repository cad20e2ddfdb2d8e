import type { DecodeProblem } from "../bytes/problem.js";

/** The fixed header of both IKE versions (RFC 7296 3.1, RFC 2408 3.1). */
export interface IkeHeader {
  /** 16 lower-case hex digits; in IKEv1 the initiator cookie. */
  readonly initiatorSpi: string;
  /** 16 lower-case hex digits, all zero in the first message. */
  readonly responderSpi: string;
  readonly nextPayload: number;
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly exchangeType: number;
  readonly flags: number;
  readonly messageId: number;
  /** Length as the header declares it, bytes, header included. */
  readonly length: number;
}

export const IKE_HEADER_LENGTH = 28;
export const ZERO_SPI = "0000000000000000";

/** Flag bits of IKEv2 (RFC 7296 3.1) and IKEv1 (RFC 2408 3.1). */
export const V2_FLAG = { initiator: 0x08, version: 0x10, response: 0x20 } as const;
export const V1_FLAG = { encryption: 0x01, commit: 0x02, authenticationOnly: 0x04 } as const;

/** What every payload has: where it lies in the message and what its generic header said. */
export interface PayloadFrame {
  /** Payload type number; IKEv1 and IKEv2 numbers do not overlap in meaning but do in value below 33. */
  readonly type: number;
  /** Offset of the generic payload header from the start of the IKE message, bytes. */
  readonly offset: number;
  /** Payload length as declared, generic header included, bytes. */
  readonly length: number;
  readonly critical: boolean;
}

export interface Transform {
  /** IKEv2: transform type (1 ENCR, 2 PRF, 3 INTEG, 4 KE, 5 ESN, 6-12 ADDKE). IKEv1: 0. */
  readonly type: number;
  /** IKEv2: transform ID. IKEv1: transform ID (1 KEY_IKE in phase 1; ESP/AH/IPCOMP transform in phase 2). */
  readonly id: number;
  /** IKEv1: transform number within its proposal. IKEv2: 0. */
  readonly number: number;
  readonly attributes: readonly TransformAttribute[];
}

export interface TransformAttribute {
  readonly type: number;
  /** The value where it fits a number of at most 48 bits; else null, and `bytes` has it. */
  readonly value: number | null;
  /** Set for the variable-length form (AF bit clear). */
  readonly bytes: Uint8Array | null;
}

export interface Proposal {
  readonly number: number;
  /** 1 IKE, 2 AH, 3 ESP, 4 IPCOMP (v1). */
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly transforms: readonly Transform[];
}

export interface SaPayload extends PayloadFrame {
  readonly kind: "sa";
  /** IKEv1 only: domain of interpretation and situation; null in IKEv2. */
  readonly doi: number | null;
  readonly situation: number | null;
  readonly proposals: readonly Proposal[];
}

export interface KePayload extends PayloadFrame {
  readonly kind: "ke";
  /** Key exchange method (DH group); null in IKEv1, where the SA payload negotiates it. */
  readonly group: number | null;
  readonly data: Uint8Array;
}

export interface NoncePayload extends PayloadFrame {
  readonly kind: "nonce";
  readonly data: Uint8Array;
}

export interface NotifyPayload extends PayloadFrame {
  readonly kind: "notify";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spi: Uint8Array;
  readonly notifyType: number;
  readonly data: Uint8Array;
}

export interface DeletePayload extends PayloadFrame {
  readonly kind: "delete";
  /** IKEv1 only. */
  readonly doi: number | null;
  readonly protocol: number;
  readonly spis: readonly Uint8Array[];
}

export interface VendorIdPayload extends PayloadFrame {
  readonly kind: "vendorId";
  readonly data: Uint8Array;
}

/** IKEv1 NAT-D (RFC 3947 3.2): a hash. In IKEv2 the same hash is notify data. */
export interface NatDetectionPayload extends PayloadFrame {
  readonly kind: "natDetection";
  readonly hash: Uint8Array;
}

/** IKEv1 NAT-OA (RFC 3947 5.2): the address that the sender sees, as an identification without protocol and port. */
export interface NatOriginalAddressPayload extends PayloadFrame {
  readonly kind: "natOriginalAddress";
  readonly idType: number;
  readonly address: Uint8Array;
}

/** IDi, IDr, IDg (RFC 7296 3.5, RFC 9838) and ID of IKEv1 (RFC 2407 4.6.2). */
export interface IdentificationPayload extends PayloadFrame {
  readonly kind: "identification";
  readonly idType: number;
  /** IKEv1 only: IP protocol and port of a phase 2 selector, both 0 where any. */
  readonly protocol: number | null;
  readonly port: number | null;
  readonly data: Uint8Array;
}

/** CERT (RFC 7296 3.6, RFC 2408 3.9). */
export interface CertificatePayload extends PayloadFrame {
  readonly kind: "certificate";
  readonly encoding: number;
  readonly data: Uint8Array;
}

export interface CertificateRequestPayload extends PayloadFrame {
  readonly kind: "certificateRequest";
  readonly encoding: number;
  readonly authority: Uint8Array;
}

/** AUTH of IKEv2 (RFC 7296 3.8). */
export interface AuthenticationPayload extends PayloadFrame {
  readonly kind: "authentication";
  readonly method: number;
  readonly data: Uint8Array;
}

/** HASH of IKEv1 (RFC 2408 3.11). */
export interface HashPayload extends PayloadFrame {
  readonly kind: "hash";
  readonly data: Uint8Array;
}

/** SIG of IKEv1 (RFC 2408 3.12). */
export interface SignaturePayload extends PayloadFrame {
  readonly kind: "signature";
  readonly data: Uint8Array;
}

/** TSi, TSr (RFC 7296 3.13). */
export interface TrafficSelectorsPayload extends PayloadFrame {
  readonly kind: "trafficSelectors";
  readonly selectors: readonly TrafficSelector[];
}

/** One traffic selector by its form; `type` says which (RFC 7296 3.13.1). */
export type TrafficSelector = AddressRangeSelector | FibreChannelSelector | OtherSelector;

/** TS_IPV4_ADDR_RANGE and TS_IPV6_ADDR_RANGE. */
export interface AddressRangeSelector {
  readonly form: "addressRange";
  readonly type: number;
  /** IP protocol, 0 for any. */
  readonly protocol: number;
  /** Ports; of ICMP, type and code in one number (RFC 7296 3.13.1). */
  readonly startPort: number;
  readonly endPort: number;
  /** 4 or 16 bytes. */
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** TS_FC_ADDR_RANGE (RFC 4595 4.4). */
export interface FibreChannelSelector {
  readonly form: "fibreChannel";
  readonly type: number;
  /** 24-bit addresses. */
  readonly start: number;
  readonly end: number;
  readonly startRoutingControl: number;
  readonly endRoutingControl: number;
  readonly startType: number;
  readonly endType: number;
}

/** TS_SECLABEL (RFC 9478 2), and any type that is not known. */
export interface OtherSelector {
  readonly form: "other";
  readonly type: number;
  /** The second byte: reserved in TS_SECLABEL, the protocol in most. */
  readonly protocol: number;
  /** Behind the selector length. */
  readonly data: Uint8Array;
}

/** CP of IKEv2 (RFC 7296 3.15), and the attributes payload of IKEv1's mode config and XAUTH. */
export interface ConfigurationPayload extends PayloadFrame {
  readonly kind: "configuration";
  readonly configType: number;
  /** IKEv1 only: ties a reply to its request. */
  readonly identifier: number | null;
  /** `value` and `bytes` as in transforms; IKEv2 has the variable-length form alone. */
  readonly attributes: readonly TransformAttribute[];
}

/** EAP message in an IKEv2 payload (RFC 7296 3.16, RFC 3748 4). */
export interface EapPayload extends PayloadFrame {
  readonly kind: "eap";
  readonly code: number;
  readonly identifier: number;
  /** The length that the EAP message declares for itself, bytes: four less than the payload has. */
  readonly messageLength: number;
  /** Request and Response only, as in the others. */
  readonly method: number | null;
  /** Expanded types (method 254) only. */
  readonly vendor: { readonly id: number; readonly type: number } | null;
  /** Behind the method, or behind the length where there is none. */
  readonly data: Uint8Array;
}

/** PS of IKEv2 (RFC 8019 8.2). */
export interface PuzzleSolutionPayload extends PayloadFrame {
  readonly kind: "puzzleSolution";
  readonly data: Uint8Array;
}

/** SK or SKF payload (RFC 7296 3.14, RFC 7383 2.5), or the encrypted remainder of an IKEv1 message. */
export interface EncryptedPayload extends PayloadFrame {
  readonly kind: "encrypted";
  /** Type of the first payload inside; 0 for SKF fragments after the first. */
  readonly innerType: number;
  /** Bytes behind the generic header (and behind the fragment header of SKF): IV, ciphertext and ICV. */
  readonly body: Uint8Array;
  /** SKF only: fragment number from 1 and total. */
  readonly fragment: { readonly number: number; readonly total: number } | null;
}

/**
 * IKEv1 fragment of Cisco and Microsoft (payload 132, [MS-IKEE] 2.2.2, no RFC): a piece of a whole IKE message, header
 * included. All fragments of a message carry the same id.
 */
export interface FragmentV1Payload extends PayloadFrame {
  readonly kind: "fragmentV1";
  readonly id: number;
  /** From 1. */
  readonly number: number;
  readonly last: boolean;
  readonly data: Uint8Array;
}

/** A payload whose body is not decoded: unknown, without a form of its own, or broken (then the message's problem says how). */
export interface OpaquePayload extends PayloadFrame {
  readonly kind: "opaque";
  readonly body: Uint8Array;
}

export type Payload =
  | SaPayload
  | KePayload
  | NoncePayload
  | NotifyPayload
  | DeletePayload
  | VendorIdPayload
  | NatDetectionPayload
  | NatOriginalAddressPayload
  | IdentificationPayload
  | CertificatePayload
  | CertificateRequestPayload
  | AuthenticationPayload
  | HashPayload
  | SignaturePayload
  | TrafficSelectorsPayload
  | ConfigurationPayload
  | EapPayload
  | PuzzleSolutionPayload
  | EncryptedPayload
  | FragmentV1Payload
  | OpaquePayload;

/** One IKE message as decoded: everything up to the first fault, and the fault. */
export interface IkeMessage {
  readonly header: IkeHeader;
  readonly payloads: readonly Payload[];
  /** Null where the whole message was decoded. */
  readonly problem: DecodeProblem | null;
  /** Bytes of the message that were captured; smaller than header.length where the snap length cut it. */
  readonly available: number;
  /** Bytes of the datagram behind header.length, not part of the message; decodeIke always sets it. */
  readonly trailing?: number;
}

/** Result of decoding bytes that should be an IKE message: even the header may not be there. */
export type DecodedIke =
  | { readonly ok: true; readonly message: IkeMessage }
  | { readonly ok: false; readonly problem: DecodeProblem };
