import type { SecretBytes } from "./secret-bytes.js";

/** Forms in which programs write keys. */
export type KeyForm =
  | "ikev2_decryption_table"
  | "ikev1_decryption_table"
  | "esp_sa"
  | "charon log"
  | "pluto log"
  | "ip xfrm state"
  | "tcpdump -E";

/** The place of a key, by which it is named; never what it is. */
export interface KeySource {
  /** As the user named it; "embedded" for keys within a capture. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly form: KeyForm;
}

/** SPIs of an IKE SA as on the wire, 16 lower-case hex digits each. */
export interface IkeSpis {
  readonly initiator: string;
  readonly responder: string;
}

/** Algorithms that a source names beside its keys, by IKEv2 transform IDs; null where it does not. */
export interface NamedSuite {
  readonly encryption: number;
  /** Bits; null where the algorithm has one length only. */
  readonly keyLength: number | null;
  /** 0 for a combined-mode cipher. */
  readonly integrity: number;
}

/** Keys of one IKEv2 IKE SA (RFC 7296 2.14); those that the source lacks are null. A salt stands behind the cipher key. */
export interface IkeKeysV2 {
  readonly kind: "ikev2";
  readonly source: KeySource;
  /** The SPIs that the source says they belong to; null where it names none. */
  readonly spis: IkeSpis | null;
  /** An initiator SPI that stands near by in a log: most likely that of their IKE SA. */
  readonly nearSpi: string | null;
  readonly suite: NamedSuite | null;
  readonly skD: SecretBytes | null;
  readonly skAi: SecretBytes | null;
  readonly skAr: SecretBytes | null;
  readonly skEi: SecretBytes | null;
  readonly skEr: SecretBytes | null;
}

/** Keys of one IKEv1 phase 1 (RFC 2409 5, appendix B). */
export interface IkeKeysV1 {
  readonly kind: "ikev1";
  readonly source: KeySource;
  /** Initiator cookie, 16 hex digits; null where the source does not say. */
  readonly cookie: string | null;
  readonly nearSpi: string | null;
  /** Ka: SKEYID_e cut or expanded to the cipher's length. */
  readonly cipherKey: SecretBytes | null;
  readonly skeyidD: SecretBytes | null;
  readonly skeyidA: SecretBytes | null;
  /** IV of the first encrypted message. */
  readonly initialIv: SecretBytes | null;
}

/** Integrity of an ESP SA. */
export interface EspIntegrity {
  /** IKEv2 transform ID; 0 for none; null where the source says only how long the ICV is. */
  readonly id: number | null;
  readonly icvLength: number;
}

/** Keys of one ESP SA, one direction (RFC 4303). */
export interface EspKeys {
  readonly kind: "esp";
  readonly source: KeySource;
  /** Null where the source gives any or none. */
  readonly spi: number | null;
  /** Addresses as the capture writes them; null for any. */
  readonly from: string | null;
  readonly to: string | null;
  /** IKEv2 transform ID. */
  readonly encryption: number;
  /** With its salt or nonce behind it. */
  readonly cipherKey: SecretBytes;
  readonly integrity: EspIntegrity;
  readonly integrityKey: SecretBytes | null;
  /** Whether sequence numbers have 64 bits; null where the source does not say. */
  readonly esn: boolean | null;
  /** The source does not say which of two SAs these are for: one of both entries fits none. */
  readonly oneOfTwo: boolean;
}

/** The result g^ir of a Diffie-Hellman exchange: of an IKE SA or of a Child SA with PFS. */
export interface SharedSecret {
  readonly kind: "shared secret";
  readonly source: KeySource;
  readonly secret: SecretBytes;
}

export type Key = IkeKeysV2 | IkeKeysV1 | EspKeys | SharedSecret;

/** A line that should hold keys and does not; the reason names no byte of it. */
export interface KeyFault {
  readonly source: KeySource;
  readonly reason: string;
}

/** All keys that were given. */
export interface KeyRing {
  readonly keys: readonly Key[];
  readonly faults: readonly KeyFault[];
  /** Keys that were not taken because there are more than {@link MOST_KEYS}. */
  readonly leftOut: number;
}

/** A gateway of 10,000 tunnels writes some 40,000; more are no help for one capture. */
export const MOST_KEYS = 200_000;
/** Faults beyond are not told one by one. */
export const MOST_KEY_FAULTS = 1000;
