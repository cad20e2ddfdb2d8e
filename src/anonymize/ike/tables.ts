import { PAYLOAD_V1, PAYLOAD_V2 } from "../../ike/registries/payload-types.js";
import {
  contentBehind,
  rewriteAuthentication,
  rewriteCertificate,
  rewriteConfiguration,
  rewriteDeleteV1,
  rewriteDeleteV2,
  rewriteEap,
  rewriteFragment,
  rewriteIdentificationV1,
  rewriteKeV2,
  rewriteIdentification,
  rewriteNatDetection,
  rewriteTrafficSelectors,
  rewriteVendorId,
} from "./bodies.js";
import { rewriteNotifyV1, rewriteNotifyV2 } from "./notify.js";
import { rewriteSaV1, rewriteSaV2 } from "./proposals.js";
import type { BodyRewriter } from "./window.js";

/** Keeps only the generic header: for a payload that is in no table. */
export const UNKNOWN_BODY: BodyRewriter = contentBehind(0);

export const BODIES_V2: ReadonlyMap<number, BodyRewriter> = new Map<number, BodyRewriter>([
  [PAYLOAD_V2.SA, rewriteSaV2],
  [PAYLOAD_V2.KE, rewriteKeV2],
  [PAYLOAD_V2.IDi, rewriteIdentification],
  [PAYLOAD_V2.IDr, rewriteIdentification],
  [PAYLOAD_V2.IDg, rewriteIdentification],
  [PAYLOAD_V2.CERT, rewriteCertificate],
  [PAYLOAD_V2.CERTREQ, contentBehind(1)],
  [PAYLOAD_V2.AUTH, rewriteAuthentication],
  [PAYLOAD_V2.NOTIFY, rewriteNotifyV2],
  [PAYLOAD_V2.DELETE, rewriteDeleteV2],
  [PAYLOAD_V2.VENDOR_ID, rewriteVendorId],
  [PAYLOAD_V2.TSi, rewriteTrafficSelectors],
  [PAYLOAD_V2.TSr, rewriteTrafficSelectors],
  [PAYLOAD_V2.CP, rewriteConfiguration],
  [PAYLOAD_V2.EAP, rewriteEap],
  [PAYLOAD_V2.SKF, rewriteFragment],
]);

export const BODIES_V1: ReadonlyMap<number, BodyRewriter> = new Map<number, BodyRewriter>([
  [PAYLOAD_V1.SA, rewriteSaV1],
  [PAYLOAD_V1.ID, rewriteIdentificationV1],
  [PAYLOAD_V1.CERT, rewriteCertificate],
  [PAYLOAD_V1.CERTREQ, rewriteCertificate],
  [PAYLOAD_V1.NOTIFY, rewriteNotifyV1],
  [PAYLOAD_V1.DELETE, rewriteDeleteV1],
  [PAYLOAD_V1.VENDOR_ID, rewriteVendorId],
  [PAYLOAD_V1.ATTRIBUTES, rewriteConfiguration],
  [PAYLOAD_V1.NAT_D, rewriteNatDetection],
  [PAYLOAD_V1.NAT_D_DRAFT_04, rewriteNatDetection],
  [PAYLOAD_V1.NAT_D_DRAFT, rewriteNatDetection],
  [PAYLOAD_V1.NAT_OA, rewriteIdentification],
  [PAYLOAD_V1.NAT_OA_DRAFT_04, rewriteIdentification],
  [PAYLOAD_V1.NAT_OA_DRAFT, rewriteIdentification],
]);
