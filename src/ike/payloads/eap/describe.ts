import { type FieldReader, type FieldsOf, readFields } from "../../describe/field-reader.js";
import { type Field, byteCount, numbered, plainText, shortened } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { EapPayload } from "./type.js";
import { MSCHAPV2_OPERATION, mschapv2OperationName } from "../../registries/eap-mschapv2.js";
import { EAP_METHOD, EAP_VENDOR, eapCodeName, eapMethodName, eapVendorName } from "../../registries/eap.js";

const HEADER = 4;

const TEXT_OF_A_LINE = 48;

const EXPANDED_HEADER = 8;

/** 3GPP TS 24.502 9.3.2: the one type that 3GPP has. */
const EAP_5G = 3;

/** EAP payload (RFC 7296 3.16, RFC 3748 4 and 5.7). */
export const eapView: PayloadView<EapPayload> = {
  describe: (payload) => {
    const { code, identifier, messageLength, method, vendor, data } = payload;
    const at = bodyOffset(payload);
    const fields: Field[] = [
      { name: "Code", value: numbered(eapCodeName(code), code), offset: at, length: 1 },
      { name: "Identifier", value: String(identifier), offset: at + 1, length: 1 },
      { name: "Length", value: lengthText(payload, messageLength), offset: at + 2, length: 2 },
    ];
    if (method !== null) {
      fields.push({
        name: "Type",
        value: numbered(eapMethodName(method), method),
        offset: at + 4,
        length: 1,
      });
    }
    if (vendor !== null) {
      fields.push(
        {
          name: "Vendor ID",
          value: numbered(eapVendorName(vendor.id), vendor.id),
          offset: at + 5,
          length: 3,
        },
        { name: "Vendor type", value: String(vendor.type), offset: at + 8, length: 4 },
      );
    }
    const behind = HEADER + (method === null ? 0 : 1) + (vendor === null ? 0 : EXPANDED_HEADER - 1);
    return [...fields, ...readFields(data, at + behind, METHOD_DATA.get(method ?? 0) ?? readOpaque)];
  },
  summarize: (payload) => {
    const { code, method } = payload;
    if (method === null) return `EAP(${eapCodeName(code)})`;
    return `EAP(${eapCodeName(code)}: ${methodText(payload)})`;
  },
};

/** The data of methods that say something in clear. */
const METHOD_DATA: ReadonlyMap<number, FieldsOf> = new Map<number, FieldsOf>([
  [EAP_METHOD.IDENTITY, (reader) => reader.text("Identity")],
  [EAP_METHOD.NOTIFICATION, (reader) => reader.text("Message")],
  [EAP_METHOD.NAK, readNak],
  [EAP_METHOD.MSCHAPV2, readMschapv2],
  [EAP_METHOD.GTC, readHidden],
  [EAP_METHOD.OTP, readHidden],
]);

function readOpaque(reader: FieldReader): void {
  if (reader.remaining > 0) reader.data("Type data");
}

/** A password or token of the user, in clear within EAP (RFC 3748 5.5, 5.6): a report that is passed on must not carry it. */
function readHidden(reader: FieldReader): void {
  if (reader.remaining > 0) {
    reader.data("Type data", reader.remaining, ({ length }) => `${byteCount(length)}, not shown`);
  }
}

/** RFC 3748 5.3.1: the methods that the peer would take. */
function readNak(reader: FieldReader): void {
  while (reader.remaining > 0) {
    reader.number("Desired method", 1, (method) => numbered(eapMethodName(method), method));
  }
}

function readMschapv2(reader: FieldReader): void {
  const operation = reader.number("MSCHAPv2 operation", 1, operationText);
  // The answer to a success or a failure is the operation alone.
  if (reader.remaining === 0) return;
  reader.number("MSCHAPv2 ID", 1);
  reader.number("MSCHAPv2 length", 2);
  const isOver = operation === MSCHAPV2_OPERATION.SUCCESS || operation === MSCHAPV2_OPERATION.FAILURE;
  if (isOver) reader.text("Message");
  else reader.data("MSCHAPv2 data");
}

function operationText(operation: number): string {
  return numbered(mschapv2OperationName(operation), operation);
}

function methodText({ method, vendor, data }: EapPayload): string {
  if (vendor !== null) {
    if (vendor.id === EAP_VENDOR["3GPP"] && vendor.type === EAP_5G) return "5G";
    return `${eapVendorName(vendor.id)}/${vendor.type}`;
  }
  const name = eapMethodName(method ?? 0);
  if (method === EAP_METHOD.IDENTITY && data.length > 0) {
    return `${name} ${shortened(plainText(data), TEXT_OF_A_LINE)}`;
  }
  const operation = method === EAP_METHOD.MSCHAPV2 ? data[0] : undefined;
  return operation === undefined ? name : `${name} ${mschapv2OperationName(operation)}`;
}

/** The EAP message's own length, and that it is wrong where it is. */
function lengthText({ length }: EapPayload, declared: number): string {
  const expected = length - HEADER;
  return declared === expected ? String(declared) : `${declared}, but the payload holds ${expected} bytes`;
}
