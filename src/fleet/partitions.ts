import { type EndKeys, keysOf } from "./end.js";

/** Shares of the tunnels of a fleet that hubs divide among themselves. It is the same for all hubs of a server, for ever. */
export const PARTITIONS = 64;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The partition of a name that both ends of a tunnel have for it: FNV-1a of its characters, which are ASCII. */
export function partitionOf(key: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME);
  return (hash >>> 0) % PARTITIONS;
}

/**
 * All partitions in which the end of a tunnel may meet its other end: those of its SPIs, never of addresses, which a NAT changes. An
 * end without any, which is never joined, has one of its own.
 */
export function partitionsOf(gateway: string, account: EndKeys & { readonly tunnel: number }): number[] {
  const keys = keysOf(account);
  const names = keys.length > 0 ? keys : [`${gateway} ${account.tunnel}`];
  return [...new Set(names.map(partitionOf))];
}

/**
 * The partition that tells of a tunnel: of the oldest name that all of its ends have, so that it stays through rekeys for as long as
 * possible. Who has that partition has all of the ends.
 */
export function homeOf(
  ends: readonly {
    readonly gateway: { readonly name: string };
    readonly newest: { readonly account: EndKeys & { readonly tunnel: number } };
  }[],
): number {
  const [first, ...others] = ends;
  if (first === undefined) return 0;
  const { gateway, newest } = first;
  const shared = others.reduce((left, other) => {
    const there = new Set(keysOf(other.newest.account));
    return left.filter((key) => there.has(key));
  }, keysOf(newest.account));
  const [oldest] = shared;
  return oldest === undefined ? (partitionsOf(gateway.name, newest.account)[0] ?? 0) : partitionOf(oldest);
}
