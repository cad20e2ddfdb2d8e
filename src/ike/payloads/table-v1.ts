import { PAYLOAD_V1 } from "../registries/payload-types.js";
import { decodeHash } from "./hash/decode.js";
import { decodeSignature } from "./signature/decode.js";
import { decodeCertificate } from "./certificate/decode.js";
import { decodeCertificateRequest } from "./certificate-request/decode.js";
import { decodeConfigurationV1 } from "./configuration/decode.js";
import type { PayloadDecoder, PayloadTable } from "./decoder.js";
import { decodeDeleteV1 } from "./delete/decode.js";
import { decodeFragmentV1 } from "./fragment-v1/decode.js";
import { decodeIdentificationV1 } from "./identification/decode.js";
import { decodeNatOriginalAddress } from "./nat-original-address/decode.js";
import { decodeKeV1 } from "./ke/decode.js";
import { decodeNatDetection } from "./nat-detection/decode.js";
import { decodeNonce } from "./nonce/decode.js";
import { decodeNotifyAuthIp, decodeNotifyV1 } from "./notify/decode.js";
import { decodeSaV1 } from "./sa/decode-v1.js";
import { decodeVendorId } from "./vendor-id/decode.js";

/** IKEv1 payload types that are decoded; names of all of them are in registries/payload-types.ts. */
export const PAYLOADS_V1: PayloadTable = new Map<number, PayloadDecoder>([
  [PAYLOAD_V1.SA, decodeSaV1],
  [PAYLOAD_V1.KE, decodeKeV1],
  [PAYLOAD_V1.ID, decodeIdentificationV1],
  [PAYLOAD_V1.CERT, decodeCertificate],
  [PAYLOAD_V1.CERTREQ, decodeCertificateRequest],
  [PAYLOAD_V1.HASH, decodeHash],
  [PAYLOAD_V1.SIG, decodeSignature],
  [PAYLOAD_V1.NONCE, decodeNonce],
  [PAYLOAD_V1.NOTIFY, decodeNotifyV1],
  [PAYLOAD_V1.DELETE, decodeDeleteV1],
  [PAYLOAD_V1.VENDOR_ID, decodeVendorId],
  [PAYLOAD_V1.ATTRIBUTES, decodeConfigurationV1],
  [PAYLOAD_V1.NAT_D, decodeNatDetection],
  // The drafts of NAT traversal had other numbers, 01 to 03 and 04 to 08; the content is the same.
  [PAYLOAD_V1.NAT_D_DRAFT_04, decodeNatDetection],
  [PAYLOAD_V1.NAT_D_DRAFT, decodeNatDetection],
  [PAYLOAD_V1.NAT_OA, decodeNatOriginalAddress],
  [PAYLOAD_V1.NAT_OA_DRAFT_04, decodeNatOriginalAddress],
  [PAYLOAD_V1.NAT_OA_DRAFT, decodeNatOriginalAddress],
  [PAYLOAD_V1.FRAGMENT, decodeFragmentV1],
]);

/** The same for Microsoft's AuthIP, which reads the notify payload otherwise ([MS-AIPS] 2.2.3). */
export const PAYLOADS_AUTHIP: PayloadTable = new Map<number, PayloadDecoder>([
  ...PAYLOADS_V1,
  [PAYLOAD_V1.NOTIFY, decodeNotifyAuthIp],
]);
