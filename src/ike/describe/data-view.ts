import { type Field, hexText } from "./field.js";
import { type IkeVersion, type PayloadView, bodyOffset } from "./view.js";
import type { Payload } from "../message.js";
import { payloadName } from "../registries/payload-types.js";

/** Payloads that are one run of bytes: their name and how many they are says all that a line has room for. */
export function dataView<P extends Payload>(
  name: string,
  dataOf: (payload: P) => Uint8Array,
): PayloadView<P> {
  return {
    describe: (payload) => [dataField(name, payload, dataOf(payload))],
    summarize: (payload, version) => sizedName(payload, version, dataOf(payload)),
  };
}

/** "NONCE{32}": name of the payload type and bytes of its data. */
export function sizedName(payload: Payload, version: IkeVersion, data: Uint8Array): string {
  return `${payloadName(version, payload.type)}{${data.length}}`;
}

export function dataField(name: string, payload: Payload, data: Uint8Array): Field {
  return { name, value: hexText(data), offset: bodyOffset(payload), length: data.length };
}
