import type { Payload } from "../message.js";
import { payloadName } from "../registries/payload-types.js";
import { authenticationView } from "../payloads/authentication/describe.js";
import { certificateView } from "../payloads/certificate/describe.js";
import { configurationView } from "../payloads/configuration/describe.js";
import { eapView } from "../payloads/eap/describe.js";
import { identificationView } from "../payloads/identification/describe.js";
import { natOriginalAddressView } from "../payloads/nat-original-address/describe.js";
import { trafficSelectorsView } from "../payloads/traffic-selectors/describe.js";
import { certificateRequestView } from "../payloads/certificate-request/describe.js";
import { deleteView } from "../payloads/delete/describe.js";
import { encryptedView } from "../payloads/encrypted/describe.js";
import { fragmentV1View } from "../payloads/fragment-v1/describe.js";
import { numbered, type Field } from "./field.js";
import { keView } from "../payloads/ke/describe.js";
import { notifyView } from "../payloads/notify/describe.js";
import { reservedFields } from "./reserved.js";
import { saView } from "../payloads/sa/describe.js";
import { hashView } from "../payloads/hash/describe.js";
import { natDetectionView } from "../payloads/nat-detection/describe.js";
import { nonceView } from "../payloads/nonce/describe.js";
import { isCutHeader, opaqueView } from "../payloads/opaque/describe.js";
import { puzzleSolutionView } from "../payloads/puzzle-solution/describe.js";
import { signatureView } from "../payloads/signature/describe.js";
import { vendorIdView } from "../payloads/vendor-id/describe.js";
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
 * `version` is the major version of the message's header. With `bytes`, those that offsets count in, every byte is named:
 * links, lengths and counts, and what is reserved where it is not zero. Total: never throws.
 */
export function describePayload(
  payload: Payload,
  version: IkeVersion,
  bytes: Uint8Array | null = null,
): Field[] {
  const body = viewOf(payload).describe(payload, version, bytes);
  if (!hasGenericHeader(payload, version)) return body;
  const fields = [...genericHeader(payload, version, bytes), ...body];
  const reserved = bytes === null ? [] : reservedFields(payload, version, bytes);
  return reserved.length === 0 ? fields : byOffset(fields, reserved);
}

/** A payload as one compact token, such as "KE[CURVE25519]" or "N(COOKIE)". Total: never throws. */
export function summarizePayload(payload: Payload, version: IkeVersion): string {
  return viewOf(payload).summarize(payload, version);
}

function hasGenericHeader(payload: Payload, version: IkeVersion): boolean {
  return !(payload.kind === "encrypted" && version === 1) && !isCutHeader(payload);
}

function genericHeader(
  { offset, length, critical, kind }: Payload,
  version: IkeVersion,
  bytes: Uint8Array | null,
): Field[] {
  const next = bytes?.[offset];
  // SK and SKF show what theirs means as the first payload inside.
  const isShown = next !== undefined && kind !== "encrypted";
  return [
    ...(isShown
      ? [{ name: "Next payload", value: numbered(payloadName(version, next), next), offset, length: 1 }]
      : []),
    ...(critical ? [{ name: "Critical", value: "yes", offset: offset + 1, length: 1 }] : []),
    { name: "Payload length", value: String(length), offset: offset + 2, length: 2 },
  ];
}

/** Both lists in one, each field of the second before what lies behind it. */
function byOffset(fields: readonly Field[], others: readonly Field[]): Field[] {
  const all = [...fields];
  for (const other of others) {
    const at = all.findIndex(({ offset }) => offset !== undefined && offset > (other.offset ?? 0));
    all.splice(at < 0 ? all.length : at, 0, other);
  }
  return all;
}
