import { PAYLOAD_V2 } from "../registries/payload-types.js";
import { decodeCertificateRequest } from "./certificate-request.js";
import type { PayloadDecoder, PayloadTable } from "./decoder.js";
import { decodeDeleteV2 } from "./delete.js";
import { decodeEncrypted, decodeEncryptedFragment } from "./encrypted.js";
import { decodeKeV2 } from "./ke.js";
import { decodeNonce } from "./nonce.js";
import { decodeNotifyV2 } from "./notify.js";
import { decodeSaV2 } from "./sa-v2.js";
import { decodeVendorId } from "./vendor-id.js";

/** IKEv2 payload types that are decoded; names of all of them are in registries/payload-types.ts. */
export const PAYLOADS_V2: PayloadTable = new Map<number, PayloadDecoder>([
  [PAYLOAD_V2.SA, decodeSaV2],
  [PAYLOAD_V2.KE, decodeKeV2],
  [PAYLOAD_V2.CERTREQ, decodeCertificateRequest],
  [PAYLOAD_V2.NONCE, decodeNonce],
  [PAYLOAD_V2.NOTIFY, decodeNotifyV2],
  [PAYLOAD_V2.DELETE, decodeDeleteV2],
  [PAYLOAD_V2.VENDOR_ID, decodeVendorId],
  [PAYLOAD_V2.SK, decodeEncrypted],
  [PAYLOAD_V2.SKF, decodeEncryptedFragment],
]);
