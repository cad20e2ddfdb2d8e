import type { Address } from "../bytes/address.js";
import type { XfrmState } from "../evidence/record.js";
import { openTunnel } from "../session/log/open-tunnel.js";
import type { Endpoint, KeptTunnel } from "../session/model.js";
import type { HostRecords } from "./host.js";
import type { OuterEnd } from "./outer-address.js";

/**
 * The end that a host has in the capture by the SPIs that its texts name: those of an IKE SA and of Child SAs are random numbers (RFC
 * 7296 section 2.6, RFC 4303 section 2.1), and stay the same behind any NAT device. Null where the texts name none of the capture, or
 * those of several ends.
 */
export function endBySpis(
  records: HostRecords,
  tunnels: readonly KeptTunnel[],
  ends: ReadonlySet<Address>,
): OuterEnd | null {
  if ([...records.addresses].some((own) => ends.has(own))) return null;
  const found = [...endsByEsp(records, tunnels, ends), ...endsByIke(records, tunnels, ends)];
  const [address, ...others] = new Set(found.map((end) => end.address));
  if (address === undefined || others.length > 0) return null;
  return { address, ports: new Set(found.map(({ port }) => port)) };
}

/** SPIs that a host sends to, and those that it receives in. */
interface OwnSpis {
  readonly sent: ReadonlySet<number>;
  readonly received: ReadonlySet<number>;
}

function endsByEsp(
  records: HostRecords,
  tunnels: readonly KeptTunnel[],
  ends: ReadonlySet<Address>,
): Endpoint[] {
  const { sent, received } = ownSpis(records, ends);
  const streams = tunnels.flatMap((tunnel) => tunnel.streams);
  return streams.flatMap(({ spi, source, sourcePort, destination, destinationPort }) => [
    ...(sent.has(spi) ? [{ address: source, port: sourcePort }] : []),
    ...(received.has(spi) ? [{ address: destination, port: destinationPort }] : []),
  ]);
}

function ownSpis({ states, children, events }: HostRecords, ends: ReadonlySet<Address>): OwnSpis {
  const [sent, received] = [new Set<number>(), new Set<number>()];
  const named = [
    ...children.flatMap(({ entries }) => entries),
    ...events.map(({ event }) => event).filter(({ kind }) => kind === "child-up"),
  ];
  for (const { spiIn, spiOut } of named) {
    if (spiIn !== null && spiIn > 0) received.add(spiIn);
    if (spiOut !== null && spiOut > 0) sent.add(spiOut);
  }
  for (const state of states.flatMap(({ entries }) => entries)) {
    const own = state.own ?? ownEnd(state, ends);
    if (state.larval || own === null) continue;
    (own === state.src ? sent : received).add(state.spi);
  }
  return { sent, received };
}

/** The end of a state that is this host's own, if the other one is in the capture: that is the peer. */
function ownEnd({ src, dst }: XfrmState, ends: ReadonlySet<Address>): Address | null {
  if (ends.has(src) === ends.has(dst)) return null;
  return ends.has(dst) ? src : dst;
}

function endsByIke(
  { ikeSas }: HostRecords,
  tunnels: readonly KeptTunnel[],
  ends: ReadonlySet<Address>,
): Endpoint[] {
  const named = new Map(
    ikeSas
      .filter(({ initiatorSpi, responderSpi }) => initiatorSpi !== null && responderSpi !== null)
      .map((sa) => [ikeSpisOf(sa), sa]),
  );
  if (named.size === 0) return [];
  return tunnels.flatMap((kept) =>
    kept.ikeSas.flatMap((outline) => {
      const { id, initiator, responder } = outline;
      const sa = named.get(ikeSpisOf(outline));
      if (sa === undefined) return [];
      const { isInitiator, remote } = sa;
      const isBegunHere =
        isInitiator ??
        (remote === null || !ends.has(remote.address) ? null : remote.address === responder.address);
      if (isBegunHere === null) return [];
      return portsOf(kept, id, isBegunHere ? initiator.address : responder.address);
    }),
  );
}

/** The two SPIs of an IKE SA as one text, to look it up by. */
export function ikeSpisOf(sa: {
  readonly initiatorSpi: string | null;
  readonly responderSpi: string | null;
}): string {
  return `${sa.initiatorSpi ?? ""} ${sa.responderSpi ?? ""}`;
}

/** All ports that an address has in the messages of an IKE SA: a NAT device gives it another one for UDP 4500. */
function portsOf(kept: KeptTunnel, id: string, address: Address): Endpoint[] {
  const exchanges = openTunnel(kept).ikeSas.find((sa) => sa.id === id)?.exchanges ?? [];
  return exchanges
    .flatMap(({ request, response }) => [...(request?.sightings ?? []), ...(response?.sightings ?? [])])
    .flatMap(({ source, destination }) => [source, destination])
    .filter((end) => end.address === address);
}
