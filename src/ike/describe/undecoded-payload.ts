import type { IkeVersion } from "./view.js";

/** Position of a payload that is not decoded. Walks along a chain as one object, for there are millions. */
export interface UndecodedPayload {
  readonly version: IkeVersion;
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Start of its body, behind the generic header. */
  readonly start: number;
  readonly end: number;
}
