import type { IdentificationPayload, NatOriginalAddressPayload } from "../message.js";
import { identityText } from "../identity.js";
import { idTypeName } from "../registries/identification.js";
import { payloadName } from "../registries/payload-types.js";
import { ipProtocolName } from "../registries/traffic-selectors.js";
import { numbered, shortened, type Field } from "./field.js";
import { ipProtocolText } from "./ip-protocol.js";
import { bodyOffset, type PayloadView } from "./view.js";

const TEXT_OF_A_LINE = 64;

/** Identification payload (RFC 7296 3.5, RFC 2407 4.6.2). */
export const identificationView: PayloadView<IdentificationPayload> = {
  describe: (payload, version) => {
    const { idType, protocol, port, data } = payload;
    const at = bodyOffset(payload);
    const selector: Field[] =
      protocol === null || port === null
        ? []
        : [
            { name: "Protocol", value: ipProtocolText(protocol), offset: at + 1, length: 1 },
            { name: "Port", value: port === 0 ? "any (0)" : String(port), offset: at + 2, length: 2 },
          ];
    return [
      { name: "ID type", value: numbered(idTypeName(version, idType), idType), offset: at, length: 1 },
      ...selector,
      { name: "Identification data", value: identityText(idType, data), offset: at + 4, length: data.length },
    ];
  },
  summarize: ({ type, idType, protocol, port, data }, version) => {
    const selector = protocol === null || protocol === 0 ? "" : ` ${ipProtocolName(protocol)}/${port}`;
    const text = shortened(identityText(idType, data), TEXT_OF_A_LINE);
    return `${payloadName(version, type)}(${idTypeName(version, idType)}: ${text}${selector})`;
  },
};

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
