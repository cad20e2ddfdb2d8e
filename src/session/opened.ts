import { decodePayloads } from "../ike/decode.js";
import type { Chain } from "../ike/payload-chain.js";
import type { OpenedMessage } from "./model/opened.js";

/** The payloads of an opened message, decoded anew each time; offsets count from the start of the plaintext. */
export function openedPayloads({ version, firstType, plain }: OpenedMessage): Chain {
  return decodePayloads(version, firstType, plain);
}
