import type { DecodeProblem } from "../bytes/problem.js";
import type {
  AuthenticationPayload,
  CertificatePayload,
  CertificateRequestPayload,
  EapPayload,
  HashPayload,
  IdentificationPayload,
  PuzzleSolutionPayload,
  SignaturePayload,
} from "./payload-types/authentication.js";
import type { EncryptedPayload, FragmentV1Payload, OpaquePayload } from "./payload-types/carriers.js";
import type { ConfigurationPayload } from "./payload-types/configuration.js";
import type {
  DeletePayload,
  NatDetectionPayload,
  NatOriginalAddressPayload,
  NotifyPayload,
  VendorIdPayload,
} from "./payload-types/notices.js";
import type { KePayload, NoncePayload, SaPayload } from "./payload-types/proposals.js";
import type { TrafficSelectorsPayload } from "./payload-types/selectors.js";

export type * from "./payload-types/frame.js";
export type * from "./payload-types/proposals.js";
export type * from "./payload-types/notices.js";
export type * from "./payload-types/authentication.js";
export type * from "./payload-types/selectors.js";
export type * from "./payload-types/configuration.js";
export type * from "./payload-types/carriers.js";

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
