import { frameNumber } from "../../bytes/frame.js";
import { type IkeHeader, V2_FLAG } from "../../ike/message.js";
import { exchangeName } from "../../ike/registries/exchanges.js";
import { notifyName } from "../../ike/registries/notify.js";
import { payloadName } from "../../ike/registries/payload-types.js";
import type { SeenMessage } from "../../session/transmission.js";

/** What can be asked of a message: a name, and the values that the message has for it. */
export interface Attribute {
  readonly meaning: string;
  readonly values: (seen: SeenMessage) => readonly string[];
  /** The asked value may be the beginning of the message's. */
  readonly prefix?: true;
}

/** One table for filters and their help. */
export const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  peer: {
    meaning: "address of either end",
    values: ({ sighting }) => [sighting.source.address, sighting.destination.address],
  },
  exchange: {
    meaning: "exchange type by name or number, such as IKE_AUTH",
    values: ({ message: { header } }) => [
      exchangeName(header.majorVersion, header.exchangeType),
      String(header.exchangeType),
    ],
  },
  spi: {
    meaning: "initiator or responder SPI, or how it begins",
    values: ({ message: { header } }) => [header.initiatorSpi, header.responderSpi],
    prefix: true,
  },
  payload: {
    meaning: "type of a payload in clear, by name or number",
    values: ({ message: { header, payloads } }) =>
      payloads.flatMap(({ type }) => [payloadName(header.majorVersion, type), String(type)]),
  },
  notify: {
    meaning: "type of a notify in clear, by name or number",
    values: ({ message: { header, payloads } }) =>
      payloads.flatMap((payload) =>
        payload.kind === "notify"
          ? [notifyName(header.majorVersion, payload.notifyType), String(payload.notifyType)]
          : [],
      ),
  },
  version: {
    meaning: "IKE version, 1 or 2",
    values: ({ message: { header } }) => [String(header.majorVersion)],
  },
  id: {
    meaning: "Message ID, decimal",
    values: ({ message: { header } }) => [String(header.messageId)],
  },
  port: {
    meaning: "UDP port of either end",
    values: ({ sighting }) => [String(sighting.source.port), String(sighting.destination.port)],
  },
  frame: {
    meaning: "frame number",
    values: ({ sighting }) => sighting.frames.map((frame) => String(frameNumber(frame))),
  },
};

/** "request" or "response" by the flag of IKEv2; null for IKEv1, which does not say. */
export function directionOf({
  majorVersion,
  flags,
}: Pick<IkeHeader, "majorVersion" | "flags">): "request" | "response" | null {
  if (majorVersion !== 2) return null;
  return (flags & V2_FLAG.response) === 0 ? "request" : "response";
}
