import type { EncryptedPayload, FragmentV1Payload } from "../message.js";
import { payloadName } from "../registries/payload-types.js";
import { byteCount, hexText, numbered, type Field } from "./field.js";
import { bodyOffset, type PayloadView } from "./view.js";

/** SK and SKF (RFC 7296 3.14, RFC 7383 2.5), and the ciphertext of an IKEv1 message, which has no header of its own. */
export const encryptedView: PayloadView<EncryptedPayload> = {
  describe: (payload, version) => {
    const { innerType, body, fragment } = payload;
    const inner: Field = {
      name: "First payload inside",
      value: numbered(payloadName(version, innerType), innerType),
    };
    if (version === 1) {
      return [
        inner,
        { name: "Ciphertext", value: byteCount(body.length), offset: payload.offset, length: body.length },
      ];
    }
    const at = bodyOffset(payload);
    const numbers: Field[] =
      fragment === null
        ? []
        : [
            { name: "Fragment number", value: String(fragment.number), offset: at, length: 2 },
            { name: "Total fragments", value: String(fragment.total), offset: at + 2, length: 2 },
          ];
    return [
      { ...inner, offset: payload.offset, length: 1 },
      ...numbers,
      {
        name: "IV, ciphertext and ICV",
        value: byteCount(body.length),
        offset: fragment === null ? at : at + 4,
        length: body.length,
      },
    ];
  },
  summarize: ({ body, fragment }, version) => {
    if (version === 1) return ciphertextToken(body.length);
    return fragment === null
      ? `SK{${body.length}}`
      : `SKF ${fragment.number}/${fragment.total}{${body.length}}`;
  },
};

/** What a line says of an IKEv1 message that is encrypted, of so many bytes behind its header. */
export function ciphertextToken(length: number): string {
  return `ENCRYPTED{${length}}`;
}

/** IKEv1 fragment ([MS-IKEE] 2.2.2). */
export const fragmentV1View: PayloadView<FragmentV1Payload> = {
  describe: (payload) => {
    const { id, number, last, data } = payload;
    const at = bodyOffset(payload);
    return [
      { name: "Fragment ID", value: String(id), offset: at, length: 2 },
      { name: "Fragment number", value: String(number), offset: at + 2, length: 1 },
      { name: "Last fragment", value: last ? "yes" : "no", offset: at + 3, length: 1 },
      { name: "Piece of the message", value: hexText(data), offset: at + 4, length: data.length },
    ];
  },
  summarize: ({ id, number, last, data }) => `FRAGMENT ${id}:${number}${last ? " last" : ""}{${data.length}}`,
};
