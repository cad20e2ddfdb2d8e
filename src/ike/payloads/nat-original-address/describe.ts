import { numbered, shortened } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import { identityText } from "../../identity.js";
import type { NatOriginalAddressPayload } from "./type.js";
import { idTypeName } from "../../registries/identification.js";
import { payloadName } from "../../registries/payload-types.js";

const TEXT_OF_A_LINE = 64;

/** NAT-OA payload of IKEv1 (RFC 3947 5.2). */
export const natOriginalAddressView: PayloadView<NatOriginalAddressPayload> = {
  describe: (payload, version) => {
    const { idType, address } = payload;
    const at = bodyOffset(payload);
    return [
      { name: "ID type", value: numbered(idTypeName(version, idType), idType), offset: at, length: 1 },
      { name: "Address", value: identityText(idType, address), offset: at + 4, length: address.length },
    ];
  },
  summarize: ({ type, idType, address }, version) =>
    `${payloadName(version, type)}(${shortened(identityText(idType, address), TEXT_OF_A_LINE)})`,
};
