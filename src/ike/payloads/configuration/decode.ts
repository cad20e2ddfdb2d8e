import type { ByteReader } from "../../../bytes/reader.js";
import type { TransformAttribute } from "../attribute.js";
import { numberOf, readAttributes } from "../attributes.js";
import type { ConfigurationPayload } from "./type.js";
import { declaredWindow } from "../decoder.js";
import { type PayloadFrame, payloadOf } from "../frame.js";

const TYPE_MASK = 0x7fff;

/** CP of IKEv2 (RFC 7296 3.15): type, three reserved bytes, attributes. */
export function decodeConfigurationV2(frame: PayloadFrame, body: ByteReader): ConfigurationPayload {
  const configType = body.u8("configuration type");
  body.skip(3, "configuration payload");
  const attributes: TransformAttribute[] = [];
  while (body.remaining > 0) attributes.push(readAttributeV2(body));
  return payloadOf(frame, {
    kind: "configuration",
    configType,
    identifier: null,
    attributes,
  });
}

/** Attributes payload of IKEv1 (draft-ietf-ipsec-isakmp-mode-cfg 3.2): type, reserved byte, identifier, attributes. */
export function decodeConfigurationV1(frame: PayloadFrame, body: ByteReader): ConfigurationPayload {
  const configType = body.u8("configuration type");
  body.skip(1, "attributes payload");
  const identifier = body.u16("identifier");
  return payloadOf(frame, {
    kind: "configuration",
    configType,
    identifier,
    attributes: readAttributes(body),
  });
}

/** RFC 7296 3.15.1: the first bit is reserved and ignored; there is always a length. */
function readAttributeV2(reader: ByteReader): TransformAttribute {
  const type = reader.u16("attribute type") & TYPE_MASK;
  const length = reader.u16("attribute length");
  const bytes = declaredWindow(reader, length, "IKE attribute length", "attribute value").rest();
  return { type, value: numberOf(bytes), bytes };
}
