import type { DecodeProblem } from "../bytes/problem.js";
import type { AuthenticationPayload } from "./payloads/authentication/type.js";
import type { CertificateRequestPayload } from "./payloads/certificate-request/type.js";
import type { CertificatePayload } from "./payloads/certificate/type.js";
import type { EapPayload } from "./payloads/eap/type.js";
import type { HashPayload } from "./payloads/hash/type.js";
import type { IdentificationPayload } from "./payloads/identification/type.js";
import type { PuzzleSolutionPayload } from "./payloads/puzzle-solution/type.js";
import type { SignaturePayload } from "./payloads/signature/type.js";
import type { EncryptedPayload } from "./payloads/encrypted/type.js";
import type { FragmentV1Payload } from "./payloads/fragment-v1/type.js";
import type { OpaquePayload } from "./payloads/opaque/type.js";
import type { ConfigurationPayload } from "./payloads/configuration/type.js";
import type { DeletePayload } from "./payloads/delete/type.js";
import type { NatDetectionPayload } from "./payloads/nat-detection/type.js";
import type { NatOriginalAddressPayload } from "./payloads/nat-original-address/type.js";
import type { NotifyPayload } from "./payloads/notify/type.js";
import type { VendorIdPayload } from "./payloads/vendor-id/type.js";
import type { KePayload } from "./payloads/ke/type.js";
import type { NoncePayload } from "./payloads/nonce/type.js";
import type { SaPayload } from "./payloads/sa/type.js";
import type { TrafficSelectorsPayload } from "./payloads/traffic-selectors/type.js";

export type { TransformAttribute } from "./payloads/attribute.js";
export type * from "./payloads/authentication/type.js";
export type * from "./payloads/certificate-request/type.js";
export type * from "./payloads/certificate/type.js";
export type * from "./payloads/configuration/type.js";
export type * from "./payloads/delete/type.js";
export type * from "./payloads/eap/type.js";
export type * from "./payloads/encrypted/type.js";
export type * from "./payloads/fragment-v1/type.js";
export type * from "./payloads/frame.js";
export type * from "./payloads/hash/type.js";
export type * from "./payloads/identification/type.js";
export type * from "./payloads/ke/type.js";
export type * from "./payloads/nat-detection/type.js";
export type * from "./payloads/nat-original-address/type.js";
export type * from "./payloads/nonce/type.js";
export type * from "./payloads/notify/type.js";
export type * from "./payloads/opaque/type.js";
export type * from "./payloads/puzzle-solution/type.js";
export type * from "./payloads/sa/type.js";
export type * from "./payloads/signature/type.js";
export type * from "./payloads/traffic-selectors/type.js";
export type * from "./payloads/vendor-id/type.js";

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
