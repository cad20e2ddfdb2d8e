import type { Payload } from "../message.js";
import { doiName } from "../registries/ipsec-doi.js";
import { numbered, type Field } from "./field.js";
import { bodyOffset } from "./view.js";

/** The domain of interpretation that payloads of IKEv1 begin with (RFC 2408 3.4); nothing in IKEv2. */
export function doiField(payload: Payload, doi: number | null): Field[] {
  if (doi === null) return [];
  const value = numbered(doiName(doi), doi);
  return [{ name: "Domain of interpretation", value, offset: bodyOffset(payload), length: 4 }];
}
