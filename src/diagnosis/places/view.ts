import { sightingsOf } from "../../session/sightings.js";
import type { Micros } from "../../bytes/time.js";
import { grouped } from "../../bytes/grouped.js";
import { type Address, pairKey } from "../../bytes/address.js";
import type { EspStream } from "../../esp/stream.js";
import { openTunnel } from "../../session/log/open-tunnel.js";
import type {
  CaptureFile,
  CaptureObservations,
  IkeSa,
  KeptTunnel,
  Place,
  Tunnel,
} from "../../session/model.js";
import { seenOnTranslator } from "../../session/model/queries.js";
import { vantageOf } from "../../session/vantage.js";
import type { TunnelContext } from "../context.js";
import { canonicalOf } from "../facts/sides.js";
import { once, onceInTurn } from "../once.js";
import { continuedStreams, type PlaceStream } from "./continued-streams.js";

/** A tunnel as one of several capture files shows it. */
export interface PlaceView {
  /** Index of the file among those that were read together. */
  readonly index: number;
  /** The file; of a link of it, with the times of the link's own packets. */
  readonly file: CaptureFile;
  /** The link of the file that this is; null for all of it. */
  readonly segment: string | null;
  /** How far its clock was ahead before that was corrected. */
  readonly clockAhead: Micros;
  readonly observations: CaptureObservations;
  readonly ikeSas: readonly IkeSa[];
  /** One for each SA, also where a NAT device or the peer itself changed its port or address. */
  readonly streams: readonly PlaceStream[];
  /** The end that a link of the router that captured leads to, which another link of the same packets tells; else null. */
  readonly towards: Address | null;
  /** SPIs of all ESP of the place: what a NAT device made of the tunnel's addresses need not be known there. */
  readonly spis: ReadonlySet<number>;
  /** The end of the tunnel that the file was taken at, by the tunnel's own name for it; null where that is not known. */
  readonly near: Address | null;
  /** Routers between that end and this place, beyond the place that is nearest to it; null where another place is as near. */
  readonly hops: number | null;
  /** The TTL that each end's packets have here. */
  readonly ttls: ReadonlyMap<Address, TtlRange>;
}

interface TtlRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The tunnel as each file shows that holds some of it; none where the files were not read one by one. */
export const viewsOf = onceInTurn(({ tunnel, capture }: TunnelContext): readonly PlaceView[] => {
  const views = capture.places.flatMap((place) => {
    const file = capture.files[place.capture];
    const parts = partsAt(place, tunnel);
    return file === undefined || parts.length === 0 ? [] : [viewOf(tunnel, parts, place, file)];
  });
  return views.map((view) => ({ ...view, hops: hopsOf(view, views) }));
});

/** The tunnel at each capture point: where packets of several files are mixed, those that took turns did so at one of them. */
export const tunnelsAtPlaces = onceInTurn(({ tunnel, capture }: TunnelContext): readonly Tunnel[] =>
  capture.places.flatMap((place) => partsAt(place, tunnel)),
);

/** Several links of one router may be near one end: what the TTL of its packets lacks tells them apart. */
function hopsOf(view: Omit<PlaceView, "hops">, views: readonly Omit<PlaceView, "hops">[]): number | null {
  const { near } = view;
  if (near === null) return null;
  const ttlsThere = views
    .filter((other) => other.near === near)
    .map(({ ttls }) => ttls.get(near)?.highest ?? 0);
  const own = view.ttls.get(near)?.highest ?? 0;
  const isAlone = ttlsThere.filter((ttl) => ttl === own).length === 1;
  return isAlone ? Math.max(...ttlsThere) - own : null;
}

function viewOf(
  tunnel: Tunnel,
  parts: readonly Tunnel[],
  place: Place,
  file: CaptureFile,
): Omit<PlaceView, "hops"> {
  const ikeSas = parts.flatMap((part) => part.ikeSas);
  const streams = parts.flatMap((part) => part.streams);
  const { firstTime, lastTime } = place.observations;
  return {
    index: place.capture,
    file: place.segment === null ? file : { ...file, firstTime, lastTime },
    segment: place.segment,
    clockAhead: place.clockAhead,
    towards: null,
    observations: place.observations,
    ikeSas,
    streams: continuedStreams(streams),
    spis: spisOf(place),
    near: parts.map((part) => nearEnd(tunnel, part)).find((address) => address !== null) ?? null,
    ttls: ttlsOf(tunnel, ikeSas, streams),
  };
}

function nearEnd(tunnel: Tunnel, part: Tunnel): Address | null {
  const [first] = part.ikeSas;
  if (first === undefined) return null;
  const { place } = vantageOf(part);
  if (place === "near-initiator") return canonicalOf(tunnel, first.initiator.address);
  return place === "near-responder" ? canonicalOf(tunnel, first.responder.address) : null;
}

function ttlsOf(
  tunnel: Tunnel,
  ikeSas: readonly IkeSa[],
  streams: readonly EspStream[],
): ReadonlyMap<Address, TtlRange> {
  const ranges = new Map<Address, TtlRange>();
  const note = (address: Address, lowest: number, highest: number): void => {
    const sender = canonicalOf(tunnel, address);
    const known = ranges.get(sender);
    ranges.set(sender, {
      lowest: Math.min(lowest, known?.lowest ?? lowest),
      highest: Math.max(highest, known?.highest ?? highest),
    });
  };
  for (const { source, ttl } of ikeSas.flatMap(sightingsOf)) note(source.address, ttl, ttl);
  for (const { source, outer } of streams) note(source, outer.lowestTtl, outer.highestTtl);
  return ranges;
}

/** The tunnels of a place between the tunnel's ends, under whatever addresses they have there, with what is the tunnel's own. */
export function partsAt(place: Place, tunnel: Tunnel): Tunnel[] {
  const byPair = pairsOf(place);
  const named = [...tunnel.addresses, ...tunnel.aliases.map(({ address }) => address)];
  const ends = named.filter((address) => tunnel.addresses.includes(canonicalOf(tunnel, address)));
  const parts = ends.flatMap((one) =>
    ends.flatMap((other) => byPair.get(pairKey(one, other)) ?? []).toSorted((a, b) => a.id - b.id),
  );
  return [...new Set(parts)].map((part) => openTunnel(ownPart(part, tunnel)));
}

/**
 * Behind a NAT device several clients have one address, at the place on its other side or at all: of what is there only the IKE SAs and
 * streams whose SPIs the tunnel has are its own.
 */
function ownPart(part: KeptTunnel, tunnel: Tunnel): KeptTunnel {
  if (tunnel.client === null && !seenOnTranslator(tunnel)) return part;
  const initiatorSpis = new Set(tunnel.ikeSas.map(({ initiatorSpi }) => initiatorSpi));
  const spis = new Set(tunnel.streams.map(({ spi }) => spi));
  const frames = new Set(tunnel.icmp.map(({ frame }) => frame));
  return {
    ...part,
    ikeSas: part.ikeSas.filter(({ initiatorSpi }) => initiatorSpis.has(initiatorSpi)),
    streams: part.streams.filter(({ spi }) => spis.has(spi)),
    icmp: part.icmp.filter(({ frame }) => frames.has(frame)),
  };
}

const spisOf = once(
  ({ tunnels }: Place): ReadonlySet<number> =>
    new Set(tunnels.flatMap(({ streams }) => streams.map(({ spi }) => spi))),
);

/** The tunnels of a place by their ends: a gateway has one with each of thousands of peers. */
const pairsOf = once(({ tunnels }: Place) =>
  grouped(tunnels, ({ addresses: [one, other] }) => pairKey(one, other)),
);

/** The stream as it is at another place, where a NAT device may have changed addresses and ports; there it may be several. */
export function sameStreams(
  { spi, encapsulation }: PlaceStream,
  { streams }: PlaceView,
): readonly PlaceStream[] {
  return streams.filter((other) => other.spi === spi && other.encapsulation === encapsulation);
}

/** The first of these; undefined for none. */
export function sameStream(stream: PlaceStream, view: PlaceView): PlaceStream | undefined {
  return sameStreams(stream, view)[0];
}
