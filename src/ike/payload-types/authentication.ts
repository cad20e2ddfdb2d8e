import type { PayloadFrame } from "./frame.js";

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
