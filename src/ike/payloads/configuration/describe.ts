import { attributeLength } from "../../describe/attributes.js";
import { type Field, listed, numbered, shortened } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { TransformAttribute } from "../attribute.js";
import type { ConfigurationPayload } from "./type.js";
import { configurationValue } from "./values.js";
import { configAttributeName, configTypeName } from "../../registries/configuration.js";
import { payloadName } from "../../registries/payload-types.js";

/** Type and three bytes: reserved in IKEv2; reserved and identifier in IKEv1. */
const HEADER = 4;

const MOST_OF_A_LINE = 4;

const TEXT_OF_A_LINE = 48;

/** Configuration payload (RFC 7296 3.15), and the attributes payload of mode config and XAUTH. */
export const configurationView: PayloadView<ConfigurationPayload> = {
  describe: (payload) => {
    const { configType, identifier, attributes } = payload;
    const at = bodyOffset(payload);
    const fields: Field[] = [
      {
        name: "Configuration type",
        value: numbered(configTypeName(configType), configType),
        offset: at,
        length: 1,
      },
    ];
    if (identifier !== null) {
      fields.push({ name: "Identifier", value: String(identifier), offset: at + 2, length: 2 });
    }
    let end = at + HEADER;
    const offsets = attributes.map(
      (attribute) => (end += attributeLength(attribute)) - attributeLength(attribute),
    );
    return [
      ...fields,
      ...listed(attributes, (attribute, index) => ({
        name: configAttributeName(attribute.type),
        value: configurationValue(attribute),
        offset: offsets[index] ?? end,
        length: attributeLength(attribute),
      })),
    ];
  },
  summarize: ({ type, configType, attributes }, version) => {
    const shown = attributes.slice(0, MOST_OF_A_LINE).map(attributeText);
    const more = attributes.length - shown.length;
    const list = shown.length === 0 ? "" : `: ${shown.join(", ")}${more > 0 ? ` +${more}` : ""}`;
    return `${payloadName(version, type)}(${configTypeName(configType)}${list})`;
  },
};

function attributeText(attribute: TransformAttribute): string {
  const name = configAttributeName(attribute.type);
  const isEmpty = attribute.bytes !== null && attribute.bytes.length === 0;
  return isEmpty ? name : `${name}=${shortened(configurationValue(attribute), TEXT_OF_A_LINE)}`;
}
