import { type Field, numbered, shortened } from "../../describe/field.js";
import { ipProtocolText } from "../../describe/ip-protocol.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import { identityText } from "../../identity.js";
import type { IdentificationPayload } from "./type.js";
import { idTypeName } from "../../registries/identification.js";
import { payloadName } from "../../registries/payload-types.js";
import { ipProtocolName } from "../../registries/traffic-selectors.js";

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
