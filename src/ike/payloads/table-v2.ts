import { PAYLOAD_V2 } from "../registries/payload-types.js";
import { decodeAuthentication } from "./authentication/decode.js";
import { decodeCertificate } from "./certificate/decode.js";
import { decodeCertificateRequest } from "./certificate-request/decode.js";
import { decodeConfigurationV2 } from "./configuration/decode.js";
import type { PayloadDecoder, PayloadTable } from "./decoder.js";
import { decodeDeleteV2 } from "./delete/decode.js";
import { decodeEap } from "./eap/decode.js";
import { decodeEncrypted, decodeEncryptedFragment } from "./encrypted/decode.js";
import { decodeIdentificationV2 } from "./identification/decode.js";
import { decodeKeV2 } from "./ke/decode.js";
import { decodeNonce } from "./nonce/decode.js";
import { decodeNotifyV2 } from "./notify/decode.js";
import { decodePuzzleSolution } from "./puzzle-solution/decode.js";
import { decodeSaV2 } from "./sa/decode-v2.js";
import { decodeTrafficSelectors } from "./traffic-selectors/decode.js";
import { decodeVendorId } from "./vendor-id/decode.js";

/**
 * IKEv2 payload types that are decoded; names of all of them are in registries/payload-types.ts. Opaque by their RFC are
 * GSPM, whose content each password method defines (RFC 6467 3.2), and GSA and KD of group IKE (RFC 9838).
 */
export const PAYLOADS_V2: PayloadTable = new Map<number, PayloadDecoder>([
  [PAYLOAD_V2.SA, decodeSaV2],
  [PAYLOAD_V2.KE, decodeKeV2],
  [PAYLOAD_V2.IDi, decodeIdentificationV2],
  [PAYLOAD_V2.IDr, decodeIdentificationV2],
  [PAYLOAD_V2.CERT, decodeCertificate],
  [PAYLOAD_V2.CERTREQ, decodeCertificateRequest],
  [PAYLOAD_V2.AUTH, decodeAuthentication],
  [PAYLOAD_V2.NONCE, decodeNonce],
  [PAYLOAD_V2.NOTIFY, decodeNotifyV2],
  [PAYLOAD_V2.DELETE, decodeDeleteV2],
  [PAYLOAD_V2.VENDOR_ID, decodeVendorId],
  [PAYLOAD_V2.TSi, decodeTrafficSelectors],
  [PAYLOAD_V2.TSr, decodeTrafficSelectors],
  [PAYLOAD_V2.SK, decodeEncrypted],
  [PAYLOAD_V2.CP, decodeConfigurationV2],
  [PAYLOAD_V2.EAP, decodeEap],
  [PAYLOAD_V2.IDg, decodeIdentificationV2],
  [PAYLOAD_V2.SKF, decodeEncryptedFragment],
  [PAYLOAD_V2.PS, decodePuzzleSolution],
]);
