import { type Field, byteCount, numbered } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { EncryptedPayload } from "./type.js";
import { payloadName } from "../../registries/payload-types.js";

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

/** The token of an encrypted IKEv1 message with so many bytes behind its header. */
export function ciphertextToken(length: number): string {
  return `ENCRYPTED{${length}}`;
}
