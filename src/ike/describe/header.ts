import { hex32 } from "../../bytes/hex.js";
import { V1_FLAG, V2_FLAG, type IkeHeader, type IkeMessage } from "../message.js";
import { IKEV1_STATUS } from "../registries/algorithm-status-v1.js";
import { exchangeName } from "../registries/exchanges.js";
import { payloadName } from "../registries/payload-types.js";
import { numbered, type Field } from "./field.js";
import { withStatus } from "./status.js";

const FLAG_NAMES: ReadonlyMap<number, readonly (readonly [bit: number, name: string])[]> = new Map([
  [
    1,
    [
      [V1_FLAG.encryption, "ENCRYPTION"],
      [V1_FLAG.commit, "COMMIT"],
      [V1_FLAG.authenticationOnly, "AUTHENTICATION_ONLY"],
    ],
  ],
  [
    2,
    [
      [V2_FLAG.initiator, "INITIATOR"],
      [V2_FLAG.version, "VERSION"],
      [V2_FLAG.response, "RESPONSE"],
    ],
  ],
]);

/** The fixed header of a message (RFC 7296 3.1, RFC 2408 3.1), and what the bytes behind it contradict. */
export function describeHeader(message: IkeMessage): Field[] {
  const { header, available, trailing = 0 } = message;
  const { majorVersion, nextPayload, exchangeType } = header;
  const fields: Field[] = [
    { name: "Initiator SPI", value: header.initiatorSpi, offset: 0, length: 8 },
    { name: "Responder SPI", value: header.responderSpi, offset: 8, length: 8 },
    {
      name: "Next payload",
      value: numbered(payloadName(majorVersion, nextPayload), nextPayload),
      offset: 16,
      length: 1,
    },
    { name: "Version", value: versionText(header), offset: 17, length: 1 },
    {
      name: "Exchange type",
      value: numbered(exchangeName(majorVersion, exchangeType), exchangeType),
      offset: 18,
      length: 1,
    },
    { name: "Flags", value: flagText(header), offset: 19, length: 1 },
    { name: "Message ID", value: messageIdText(header), offset: 20, length: 4 },
    { name: "Length", value: String(header.length), offset: 24, length: 4 },
  ];
  if (available < header.length) {
    fields.push({ name: "Captured", value: `${available} of ${header.length} bytes` });
  }
  if (trailing > 0) {
    fields.push({
      name: "Behind the message",
      value: `${trailing} bytes`,
      offset: available,
      length: trailing,
    });
  }
  return fields;
}

function versionText({ majorVersion, minorVersion }: IkeHeader): string {
  return withStatus(`${majorVersion}.${minorVersion}`, majorVersion === 1 ? IKEV1_STATUS : null);
}

/** Names of the flags that are set, as far as they have one. */
export function flagNames({ majorVersion, flags }: IkeHeader): string[] {
  const known = FLAG_NAMES.get(majorVersion) ?? [];
  return known.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
}

/** "0x28 (INITIATOR, RESPONSE)"; bits without a name as they are. */
function flagText(header: IkeHeader): string {
  const { majorVersion, flags } = header;
  const known = FLAG_NAMES.get(majorVersion) ?? [];
  const names = flagNames(header);
  const rest = known.reduce((left, [bit]) => left & ~bit, flags);
  const hex = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;
  if (rest !== 0 && names.length > 0) names.push(hex(rest));
  return names.length === 0 ? hex(flags) : `${hex(flags)} (${names.join(", ")})`;
}

/** A counter in IKEv2, a random number in IKEv1. */
function messageIdText({ majorVersion, messageId }: IkeHeader): string {
  return majorVersion === 1 ? hex32(messageId) : String(messageId);
}
