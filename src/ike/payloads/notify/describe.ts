import { toHex } from "../../../bytes/hex.js";
import { doiField } from "../../describe/doi.js";
import { type Field, hexText, numbered, shortened } from "../../describe/field.js";
import { type IkeVersion, type PayloadView, bodyOffset } from "../../describe/view.js";
import { notifyDataFields, notifyLineValues } from "./data.js";
import type { NotifyPayload } from "./type.js";
import { notifyName } from "../../registries/notify.js";
import { protocolName } from "../../registries/protocols.js";

const HEADER_V2 = 4;

const HEADER_V1 = 8;

const TEXT_OF_A_LINE = 48;

/** Notify payload (RFC 7296 3.10, RFC 2408 3.14), its data by the form that its type has. */
export const notifyView: PayloadView<NotifyPayload> = {
  describe: (payload, version) => {
    const { doi, protocol, spi, notifyType } = payload;
    const at = bodyOffset(payload, doi === null ? 0 : 4);
    const fields: Field[] = [
      ...doiField(payload, doi),
      { name: "Protocol", value: protocolText(protocol, version), offset: at, length: 1 },
      { name: "SPI size", value: String(spi.length), offset: at + 1, length: 1 },
      {
        name: "Notify type",
        value: numbered(notifyName(version, notifyType), notifyType),
        offset: at + 2,
        length: 2,
      },
    ];
    if (spi.length > 0) fields.push({ name: "SPI", value: hexText(spi), offset: at + 4, length: spi.length });
    return [...fields, ...dataFields(payload, version)];
  },
  summarize: (payload, version) => {
    const name = notifyName(version, payload.notifyType);
    const text = lineText(payload, version);
    return text === null ? `N(${name})` : `N(${name}: ${shortened(text, TEXT_OF_A_LINE)})`;
  },
};

function dataFields(payload: NotifyPayload, version: IkeVersion): Field[] {
  const { doi, spi, data } = payload;
  const offset = bodyOffset(payload, (doi === null ? HEADER_V2 : HEADER_V1) + spi.length);
  const known = notifyDataFields(payload, version, offset);
  if (known !== null) return known;
  return data.length === 0
    ? []
    : [{ name: "Notification data", value: hexText(data), offset, length: data.length }];
}

/** The text of a line beyond the name: the values where they are readable, else the SA that is meant. */
function lineText(payload: NotifyPayload, version: IkeVersion): string | null {
  const values = notifyLineValues(payload, version);
  if (values.length > 0) return values.join(", ");
  if (payload.spi.length === 0 || version === 1) return null;
  return `${protocolName(version, payload.protocol)} 0x${toHex(payload.spi)}`;
}

/** 0: the notify is about no SA (RFC 7296 3.10). */
function protocolText(protocol: number, version: IkeVersion): string {
  return protocol === 0 ? "none (0)" : numbered(protocolName(version, protocol), protocol);
}
