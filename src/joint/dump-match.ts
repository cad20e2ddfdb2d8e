import { type Message, say } from "../texts/message.js";
import type { HostRecords } from "./host.js";
import { ikeSpisOf } from "./end-by-spis.js";
import type { WireSa } from "./wire-sa.js";

/**
 * Why the dumps of a host are of another time than the capture; null where they may be of it. Each Child SA has SPIs of its own (RFC
 * 4301 section 4.1): states of the peers of the capture, none of which it has, were there before or after it. Without states, or
 * without ESP in the capture, nothing tells it.
 */
export function dumpsOfAnotherTime(
  { states, children, ikeSas, addresses }: HostRecords,
  sas: readonly WireSa[],
  peers: ReadonlySet<string>,
  ikeSpis: ReadonlySet<string>,
): Message | null {
  const own = states
    .flatMap(({ entries }) => entries)
    .filter(
      ({ src, dst, larval }) =>
        !larval && ((addresses.has(src) && peers.has(dst)) || (addresses.has(dst) && peers.has(src))),
    );
  const listed = children
    .flatMap(({ entries }) => entries)
    .flatMap(({ spiIn, spiOut }) => [spiIn, spiOut])
    .filter((spi) => spi !== null);
  if (own.length + listed.length === 0 || sas.length === 0) return null;
  // The IKE SA is that of the capture: its Child SAs were rekeyed since.
  if (ikeSas.some((sa) => ikeSpis.has(ikeSpisOf(sa)))) return null;
  const known = new Set([...own.map(({ spi }) => spi), ...listed]);
  return sas.some(({ spi }) => known.has(spi)) ? null : say`none of its SPIs is in the capture`;
}

/** The records without dumps, which are of another time. */
export function withoutDumps(records: HostRecords): HostRecords {
  return { ...records, states: [], policies: [], children: [], ikeSas: [] };
}
