import type { Address } from "../../bytes/address.js";
import { type AddressNames, NO_NAMES } from "../address-names.js";
import { printable } from "../../bytes/text.js";
import type { LiveTunnel } from "../../live/tunnel.js";

/** Both ends of a tunnel, the initiator first if messages prove who that is. */
export type Peers = Pick<LiveTunnel, "peers" | "rolesProven">;

const GAP = "…";

/**
 * "192.0.2.1 -> 198.51.100.2" in at most `width` columns (7 at least), with names if there is room for them; "<->" if
 * nothing proves who the initiator is.
 */
export function peersText(
  { peers, rolesProven }: Peers,
  width: number,
  names: AddressNames = NO_NAMES,
): string {
  const [first, second] = [printable(peers[0]), printable(peers[1])];
  const arrow = rolesProven ? " -> " : " <-> ";
  const whole = `${first}${arrow}${second}`;
  const named = names.in(whole);
  if (named.length <= width) return named;
  if (whole.length <= width) return whole;
  const room = width - arrow.length;
  // The shorter one needs no more than it has, the longer one gets the rest.
  const half = Math.floor(room / 2);
  const forFirst =
    first.length <= half ? first.length : second.length <= room - half ? room - second.length : half;
  return `${shortAddress(first, forFirst)}${arrow}${shortAddress(second, room - forFirst)}`;
}

/** Columns that the peers and their names need where nothing is left out. */
export function peersLength({ peers, rolesProven }: Peers, names: AddressNames = NO_NAMES): number {
  const named = peers.reduce((sum, peer) => sum + names.in(peer).length, 0);
  return named + (rolesProven ? 4 : 5);
}

/**
 * An address in at most `width` columns. Of a long one the middle goes, for networks differ at the front and hosts at
 * the end; whole groups of IPv6 where there is room for them.
 */
export function shortAddress(address: Address, width: number): string {
  if (address.length <= width) return address;
  return shortByGroups(address.split(":"), width) ?? shortByCharacters(address, width);
}

function shortByGroups(groups: readonly string[], width: number): string | null {
  let best: string | null = null;
  for (let kept = 2; kept < groups.length; kept++) {
    const tail = Math.floor(kept / 2);
    const head = kept - tail;
    const text = `${groups.slice(0, head).join(":")}:${GAP}:${groups.slice(-tail).join(":")}`;
    if (text.length > width) break;
    best = text;
  }
  return best;
}

function shortByCharacters(text: string, width: number): string {
  if (width <= 1) return GAP.slice(0, Math.max(0, width));
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}${GAP}${tail === 0 ? "" : text.slice(-tail)}`;
}
