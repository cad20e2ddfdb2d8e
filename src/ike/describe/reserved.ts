import type { Payload } from "../message.js";
import { TS_TYPE } from "../registries/traffic-selectors.js";
import { attributeLength } from "./attributes.js";
import { hexText, type Field } from "./field.js";
import { bodyOffset, type IkeVersion } from "./view.js";
import { selectorLength } from "../payloads/traffic-selectors/describe.js";

/** In the generic header, beside the critical bit of IKEv2. */
const RESERVED_BITS = { 1: 0xff, 2: 0x7f } as const;
/** The bit that tells the two forms of an attribute apart in IKEv1; in IKEv2 it is reserved. */
const ATTRIBUTE_BIT = 0x80;
/** The flags of an IKEv1 fragment without that of the last one ([MS-IKEE] 2.2.2). */
const FRAGMENT_BITS = 0xfe;

/** Bytes that the senders of today leave zero; where they lie in the message. */
type ByteRange = readonly [offset: number, length: number];

/** The reserved bytes and bits of a payload that are not zero, a field each. `bytes` is the message that it was decoded from. */
export function reservedFields(payload: Payload, version: IkeVersion, bytes: Uint8Array): Field[] {
  return [
    ...bitsIn(bytes, payload.offset + 1, RESERVED_BITS[version]),
    ...reservedRanges(payload, version).flatMap((range) => reservedIn(bytes, range)),
    ...(payload.kind === "fragmentV1" ? bitsIn(bytes, bodyOffset(payload, 3), FRAGMENT_BITS) : []),
    ...attributeBits(payload, version, bytes),
  ];
}

/** The field of reserved bytes, none where they are zero. */
export function reservedIn(bytes: Uint8Array, [offset, length]: ByteRange): Field[] {
  const there = bytes.subarray(offset, offset + length);
  return there.some((byte) => byte !== 0) ? [reservedField([offset, length], there)] : [];
}

function bitsIn(bytes: Uint8Array, offset: number, mask: number): Field[] {
  const bits = (bytes[offset] ?? 0) & mask;
  return bits === 0 ? [] : [reservedField([offset, 1], Uint8Array.of(bits))];
}

function reservedField([offset, length]: ByteRange, bytes: Uint8Array): Field {
  return { name: "Reserved", value: hexText(bytes), offset, length };
}

function reservedRanges(payload: Payload, version: IkeVersion): readonly ByteRange[] {
  const at = bodyOffset(payload);
  switch (payload.kind) {
    case "ke":
      return version === 2 ? [[at + 2, 2]] : [];
    case "identification":
      return version === 2 ? [[at + 1, 3]] : [];
    case "natOriginalAddress":
    case "authentication":
      return [[at + 1, 3]];
    case "configuration":
      return [[at + 1, version === 2 ? 3 : 1]];
    case "trafficSelectors": {
      const selectors: ByteRange[] = [];
      let end = at + 4;
      for (const selector of payload.selectors) {
        if (selector.form === "fibreChannel") selectors.push([end + 1, 1], [end + 4, 1], [end + 8, 1]);
        if (selector.form === "other" && selector.type === TS_TYPE.TS_SECLABEL) selectors.push([end + 1, 1]);
        end += selectorLength(selector);
      }
      return [[at + 1, 3], ...selectors];
    }
    default:
      return [];
  }
}

/** RFC 7296 3.15.1: the first bit of an attribute of CP. */
function attributeBits(payload: Payload, version: IkeVersion, bytes: Uint8Array): Field[] {
  if (payload.kind !== "configuration" || version === 1) return [];
  const fields: Field[] = [];
  let at = bodyOffset(payload, 4);
  for (const attribute of payload.attributes) {
    fields.push(...bitsIn(bytes, at, ATTRIBUTE_BIT));
    at += attributeLength(attribute);
  }
  return fields;
}
