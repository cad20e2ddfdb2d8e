import { frameCapture, frameNumber } from "../../bytes/frame.js";
import { type IkeHeader, type IkeMessage, V2_FLAG } from "../../ike/message.js";
import { EXCHANGES_V1, EXCHANGES_V2, exchangeName } from "../../ike/registries/exchanges.js";
import { notifyName } from "../../ike/registries/notify.js";
import { NOTIFY_ERRORS_V1, NOTIFY_STATUS_V1 } from "../../ike/registries/notify-v1.js";
import { NOTIFY_ERRORS_V2, NOTIFY_STATUS_V2 } from "../../ike/registries/notify-v2.js";
import { PAYLOAD_TYPES_V1, PAYLOAD_TYPES_V2, payloadName } from "../../ike/registries/payload-types.js";
import type { RegistryRow } from "../../ike/registries/registry.js";
import type { Sighting } from "../../session/model.js";
import {
  plainName,
  readAddress,
  readFrames,
  readNumber,
  readSpi,
  readType,
  type TypeNames,
} from "./filter-values.js";

/** The subject of a filter: a message, or a datagram that should be one and is none. */
export interface Filtered {
  readonly message: IkeMessage | null;
  readonly sighting: Pick<Sighting, "frames" | "framesLeftOut" | "source" | "destination">;
}

/** Decides whether something is shown. */
export type MessageFilter = (seen: Filtered) => boolean;

/** An attribute that a filter can ask a message for. */
export interface Attribute {
  readonly meaning: string;
  /** Reads a value that is asked for and gives what tells whether a message has it; throws FilterError for what it cannot have. */
  readonly has: (text: string) => MessageFilter;
  /** Its values in a message, as one would ask for them. */
  readonly of: (seen: Filtered) => readonly string[];
}

const MOST_BYTE = 0xff;
const MOST_U16 = 0xffff;
const MOST_U32 = 0xffff_ffff;
const MOST_VERSION = 15;

/** One table for filters and their help. */
export const ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  [
    "peer",
    {
      meaning: "address of either end",
      has: (text) => {
        const address = readAddress(text);
        return ({ sighting: { source, destination } }) =>
          source.address === address || destination.address === address;
      },
      of: ({ sighting: { source, destination } }) => [source.address, destination.address],
    },
  ],
  [
    "exchange",
    {
      meaning: "exchange type by name or number, such as IKE_AUTH",
      ...typed(
        { what: "an exchange type", names: namesOf(EXCHANGES_V2, EXCHANGES_V1), most: MOST_BYTE },
        exchangeName,
        ({ header }) => [header.exchangeType],
      ),
    },
  ],
  [
    "spi",
    {
      meaning: "initiator or responder SPI, or how it begins",
      has: (text) => {
        const digits = readSpi(text);
        return ofMessage(
          ({ header }) => header.initiatorSpi.startsWith(digits) || header.responderSpi.startsWith(digits),
        );
      },
      of: valuesOf(({ header }) => [header.initiatorSpi, header.responderSpi]),
    },
  ],
  [
    "payload",
    {
      meaning: "type of a payload in clear, by name or number",
      ...typed(
        { what: "a payload type", names: namesOf(PAYLOAD_TYPES_V2, PAYLOAD_TYPES_V1), most: MOST_BYTE },
        payloadName,
        ({ payloads }) => payloads.map(({ type }) => type),
      ),
    },
  ],
  [
    "notify",
    {
      meaning: "type of a notify in clear, by name or number",
      ...typed(
        {
          what: "a notify type",
          names: namesOf(NOTIFY_ERRORS_V2, NOTIFY_STATUS_V2, NOTIFY_ERRORS_V1, NOTIFY_STATUS_V1),
          most: MOST_U16,
        },
        notifyName,
        ({ payloads }) =>
          payloads.flatMap((payload) => (payload.kind === "notify" ? [payload.notifyType] : [])),
      ),
    },
  ],
  [
    "version",
    {
      meaning: "IKE version, 1 or 2",
      has: (text) => {
        const version = readNumber(text, MOST_VERSION, "a major version");
        return ofMessage(({ header }) => header.majorVersion === version);
      },
      of: valuesOf(({ header }) => [String(header.majorVersion)]),
    },
  ],
  [
    "id",
    {
      meaning: "Message ID, decimal or behind 0x",
      has: (text) => {
        const id = readNumber(text, MOST_U32, "a Message ID");
        return ofMessage(({ header }) => header.messageId === id);
      },
      of: valuesOf(({ header }) => [String(header.messageId)]),
    },
  ],
  [
    "port",
    {
      meaning: "UDP or TCP port of either end",
      has: (text) => {
        const port = readNumber(text, MOST_U16, "a port");
        return ({ sighting: { source, destination } }) => source.port === port || destination.port === port;
      },
      of: ({ sighting: { source, destination } }) => [source.port, destination.port].map(String),
    },
  ],
  [
    "frame",
    {
      meaning: "frame number, or a range such as 12-20; 2:12 in the second file",
      has: inFrames,
      of: ({ sighting }) => sighting.frames.map((frame) => String(frameNumber(frame))),
    },
  ],
]);

/** Whether a message, or a datagram that is none, came in a frame of that number or range. */
export function inFrames(text: string): MessageFilter {
  const {
    range: [first, last],
    capture,
  } = readFrames(text);
  return ({ sighting: { frames, framesLeftOut = 0 } }) => {
    if (capture !== null && frames.some((frame) => frameCapture(frame) !== capture)) return false;
    const numbers = frames.map(frameNumber);
    if (numbers.some((number) => number >= first && number <= last)) return true;
    if (framesLeftOut === 0) return false;
    // Which ones are left out is not known, but where they lie.
    const [from = 0, to = 0] = numbers.slice(-2);
    return first <= Math.max(from, to) && last >= Math.min(from, to);
  };
}

/** A datagram that is no message has nothing of what is asked. */
function ofMessage(has: (message: IkeMessage) => boolean): MessageFilter {
  return ({ message }) => message !== null && has(message);
}

function valuesOf(values: (message: IkeMessage) => readonly string[]): Attribute["of"] {
  return ({ message }) => (message === null ? [] : values(message));
}

function typed(
  types: TypeNames,
  nameOf: (version: number, number: number) => string,
  numbersOf: (message: IkeMessage) => readonly number[],
): Pick<Attribute, "has" | "of"> {
  return {
    has: (text) => {
      const wanted = readType(text, types);
      return ofMessage((message) =>
        numbersOf(message).some((number) =>
          typeof wanted === "number"
            ? number === wanted
            : plainName(nameOf(message.header.majorVersion, number)) === wanted,
        ),
      );
    },
    of: valuesOf((message) =>
      numbersOf(message).map((number) => nameOf(message.header.majorVersion, number)),
    ),
  };
}

function namesOf(...tables: readonly (readonly RegistryRow[])[]): string[] {
  return [...new Set(tables.flat().map(([, name]) => name))];
}

/** "request" or "response" by the flag of IKEv2; null for IKEv1, which does not say. */
export function directionOf({
  majorVersion,
  flags,
}: Pick<IkeHeader, "majorVersion" | "flags">): "request" | "response" | null {
  if (majorVersion !== 2) return null;
  return (flags & V2_FLAG.response) === 0 ? "request" : "response";
}
