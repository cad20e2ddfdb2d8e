import type {
  HashPayload,
  NatDetectionPayload,
  NoncePayload,
  OpaquePayload,
  Payload,
  PuzzleSolutionPayload,
  SignaturePayload,
} from "../message.js";
import { payloadName } from "../registries/payload-types.js";
import { hexText, type Field } from "./field.js";
import { bodyOffset, type IkeVersion, type PayloadView } from "./view.js";

/** Payloads that are one run of bytes: their name and how many they are says all that a line has room for. */
function dataView<P extends Payload>(name: string, dataOf: (payload: P) => Uint8Array): PayloadView<P> {
  return {
    describe: (payload) => [dataField(name, payload, dataOf(payload))],
    summarize: (payload, version) => sizedName(payload, version, dataOf(payload)),
  };
}

/** "NONCE{32}": name of the payload type and bytes of its data. */
export function sizedName(payload: Payload, version: IkeVersion, data: Uint8Array): string {
  return `${payloadName(version, payload.type)}{${data.length}}`;
}

/** Whether not even the payload's length was there: its bytes are then those of the generic header. */
export function isCutHeader(payload: Payload): boolean {
  return payload.kind === "opaque" && payload.length === 0 && payload.body.length > 0;
}

function dataField(name: string, payload: Payload, data: Uint8Array): Field {
  return { name, value: hexText(data), offset: bodyOffset(payload), length: data.length };
}

export const nonceView = dataView<NoncePayload>("Nonce data", ({ data }) => data);
export const hashView = dataView<HashPayload>("Hash data", ({ data }) => data);
export const signatureView = dataView<SignaturePayload>("Signature data", ({ data }) => data);
export const puzzleSolutionView = dataView<PuzzleSolutionPayload>("Puzzle solution data", ({ data }) => data);
/** Not decoded, or cut off; the end of a capture may even cut the generic header. */
export const opaqueView: PayloadView<OpaquePayload> = {
  describe: (payload) => {
    const { offset, body } = payload;
    return isCutHeader(payload)
      ? [{ name: "Generic header, cut off", value: hexText(body), offset, length: body.length }]
      : [dataField("Data", payload, body)];
  },
  summarize: (payload, version) => sizedName(payload, version, payload.body),
};

export const natDetectionView: PayloadView<NatDetectionPayload> = {
  describe: (payload) => [dataField("Hash of cookies, address and port", payload, payload.hash)],
  summarize: (payload, version) => payloadName(version, payload.type),
};
