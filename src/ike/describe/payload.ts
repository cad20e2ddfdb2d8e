import type { Payload } from "../message.js";
import { authenticationView } from "./authentication.js";
import { certificateView } from "./certificate.js";
import { configurationView } from "./configuration.js";
import { eapView } from "./eap.js";
import { identificationView, natOriginalAddressView } from "./identification.js";
import { trafficSelectorsView } from "./traffic-selectors.js";
import { certificateRequestView } from "./certificate-request.js";
import { deleteView } from "./delete.js";
import { encryptedView, fragmentV1View } from "./encrypted.js";
import type { Field } from "./field.js";
import { keView } from "./ke.js";
import { notifyView } from "./notify.js";
import { saView } from "./sa.js";
import {
  hashView,
  isCutHeader,
  natDetectionView,
  nonceView,
  opaqueView,
  puzzleSolutionView,
  signatureView,
} from "./simple.js";
import { vendorIdView } from "./vendor-id.js";
import type { IkeVersion, PayloadView } from "./view.js";

type Kind = Payload["kind"];
type PayloadOf<K extends Kind> = Extract<Payload, { readonly kind: K }>;

/** How each kind of payload is shown: a new kind is a row here. */
const VIEWS: { readonly [K in Kind]: PayloadView<PayloadOf<K>> } = {
  sa: saView,
  ke: keView,
  nonce: nonceView,
  notify: notifyView,
  delete: deleteView,
  vendorId: vendorIdView,
  natDetection: natDetectionView,
  natOriginalAddress: natOriginalAddressView,
  identification: identificationView,
  certificate: certificateView,
  authentication: authenticationView,
  trafficSelectors: trafficSelectorsView,
  configuration: configurationView,
  eap: eapView,
  certificateRequest: certificateRequestView,
  encrypted: encryptedView,
  fragmentV1: fragmentV1View,
  hash: hashView,
  signature: signatureView,
  puzzleSolution: puzzleSolutionView,
  opaque: opaqueView,
};

/** The table's row for a payload; TypeScript cannot see that the kinds of both match. */
function viewOf(payload: Payload): PayloadView<Payload> {
  return VIEWS[payload.kind] as unknown as PayloadView<Payload>;
}

/**
 * The fields of a payload for a tree, those of its generic header first (RFC 7296 3.2); the caller prints its type.
 * `version` is the major version of the message's header. Total: never throws.
 */
export function describePayload(payload: Payload, version: IkeVersion): Field[] {
  return [...genericHeader(payload, version), ...viewOf(payload).describe(payload, version)];
}

/** A payload as one compact token, such as "KE[CURVE25519]" or "N(COOKIE)". Total: never throws. */
export function summarizePayload(payload: Payload, version: IkeVersion): string {
  return viewOf(payload).summarize(payload, version);
}

function genericHeader(payload: Payload, version: IkeVersion): Field[] {
  const { offset, length, critical, kind } = payload;
  if ((kind === "encrypted" && version === 1) || isCutHeader(payload)) return [];
  const fields: Field[] = [{ name: "Payload length", value: String(length), offset: offset + 2, length: 2 }];
  return critical ? [{ name: "Critical", value: "yes", offset: offset + 1, length: 1 }, ...fields] : fields;
}
