import type { Address } from "../../bytes/address.js";
import type { ClearFlow, OuterPair } from "../../session/model.js";

/** Fewer packets may be a stray. */
export const LEAST_CLEAR_PACKETS = 3;

/** So large a share that the flow as a whole is of that kind, and so small that it is not. */
const MOST = 0.8;

export function isMirror({ packets, mirrored }: ClearFlow): boolean {
  return mirrored >= LEAST_CLEAR_PACKETS && mirrored >= packets * MOST;
}

export function isOf(addresses: readonly Address[], { source, destination }: OuterPair): boolean {
  return addresses.includes(source) && addresses.includes(destination);
}
