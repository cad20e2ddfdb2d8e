import { toHex } from "../../../bytes/hex.js";
import { asciiText } from "../../../bytes/text.js";
import { type Field, hexText, shortened } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { VendorIdPayload } from "./type.js";
import { knownVendorId } from "../../vendor.js";

/** Shorter data that happens to be printable is no text. */
const SHORTEST_TEXT = 4;

const HEX_OF_A_LINE = 8;

const TEXT_OF_A_LINE = 48;

/** Vendor ID payload (RFC 7296 3.12, RFC 2408 3.16). */
export const vendorIdView: PayloadView<VendorIdPayload> = {
  describe: (payload) => {
    const { data } = payload;
    const known = knownVendorId(data);
    const text = readableText(data);
    const fields: Field[] = [
      { name: "Vendor ID", value: hexText(data), offset: bodyOffset(payload), length: data.length },
    ];
    if (known !== null) fields.push({ name: "Known as", value: known.name });
    if (known !== null && known.implementation !== null) {
      fields.push({ name: "Sent by", value: known.implementation });
    }
    if (text !== null) fields.push({ name: "Text", value: shortened(text) });
    return fields;
  },
  summarize: ({ data }) => {
    const known = knownVendorId(data);
    if (known !== null) return `VID(${known.name})`;
    const text = readableText(data);
    if (text !== null) return `VID("${shortened(text, TEXT_OF_A_LINE)}")`;
    const isLong = data.length > HEX_OF_A_LINE * 2;
    return isLong ? `VID(0x${toHex(data, 0, HEX_OF_A_LINE)}…){${data.length}}` : `VID(0x${toHex(data)})`;
  },
};

function readableText(data: Uint8Array): string | null {
  return data.length < SHORTEST_TEXT ? null : asciiText(data);
}
