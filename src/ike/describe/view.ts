import type { Payload } from "../message.js";
import type { Field } from "./field.js";

/** The two versions of IKE, which name the same numbers differently. */
export type IkeVersion = 1 | 2;

/** How payloads of one kind are shown to people. Both functions are total: they never throw, whatever was decoded. */
export interface PayloadView<P extends Payload> {
  /** The fields behind the generic header, for a tree; with the message's bytes also what only its layout tells. */
  readonly describe: (payload: P, version: IkeVersion, bytes: Uint8Array | null) => Field[];
  /** A compact token for a line. */
  readonly summarize: (payload: P, version: IkeVersion) => string;
}

/** Bytes of the generic payload header. */
const GENERIC_HEADER = 4;

/** Offset of a byte of the payload's body in the message. */
export function bodyOffset(payload: Payload, at = 0): number {
  return payload.offset + GENERIC_HEADER + at;
}
