import { type Address, addressBytes } from "../../../bytes/address.js";
import type { ClearFlow, OuterPair } from "../../../session/model.js";
import { once } from "../../once.js";
import { ClearFlowIndex } from "./clear-flow-index.js";

/** Fewer packets may be a stray. */
const FLOW_PACKETS = 3;

/** So large a share that the flow as a whole is of that kind, and so small that it is not. */
const MOSTLY_SHARE = 0.8;
const HARDLY_SHARE = 0.2;

function isMirror({ packets, mirrored }: ClearFlow): boolean {
  return mirrored >= FLOW_PACKETS && mirrored >= packets * MOSTLY_SHARE;
}

export function isOf(addresses: readonly Address[], { source, destination }: OuterPair): boolean {
  return addresses.includes(source) && addresses.includes(destination);
}

/** The flows in clear by the tunnels that they may concern. */
export const flowsByEnds = once(
  (flows: readonly ClearFlow[]) => new ClearFlowIndex(flows, mayLeak, isApart, isMirror),
);

/** Enough packets between private addresses. */
function mayLeak({ packets, source, destination }: ClearFlow): boolean {
  return packets >= FLOW_PACKETS && isPrivate(source) && isPrivate(destination);
}

/** Hardly any packet comes right before or after ESP. */
function isApart({ packets, mirrored, relayed, encrypted }: ClearFlow): boolean {
  return Math.max(mirrored, relayed, encrypted) <= packets * HARDLY_SHARE;
}

/** RFC 1918, RFC 4193. */
export function isPrivate(address: Address): boolean {
  const bytes = addressBytes(address);
  const [first = 0, second = 0] = bytes ?? [];
  if (bytes?.length === 16) return (first & 0xfe) === 0xfc;
  return first === 10 || (first === 172 && (second & 0xf0) === 16) || (first === 192 && second === 168);
}
