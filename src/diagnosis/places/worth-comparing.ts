import type { Address } from "../../bytes/address.js";
import { frameCapture } from "../../bytes/frame.js";
import type { CaptureFile, IkeSa, KeptTunnel, Sighting, Transmission } from "../../session/model.js";

/** Each of these is read once more, by itself; who gives more of them at once does not ask where a packet got lost. */
const MOST_PLACES = 8;

/**
 * The files (by index) that may come from several places on one way, because they hold the same packets: none, or two and more.
 * Files that were rotated follow one another and share nothing: a request repeated across their border is no copy.
 */
export function capturesWorthComparing(
  tunnels: readonly KeptTunnel[],
  files: readonly CaptureFile[],
  rotated: boolean,
): readonly number[] {
  const all = [...files.keys()];
  const overlapping = all.filter((index) =>
    all.some((other) => other !== index && overlap(files[index], files[other])),
  );
  const isOneThing = (): boolean =>
    tunnels.some(isHeldTwice) || tunnels.some(isInSeveral) || sharesIkeSa(tunnels);
  if (isFew(overlapping) && isOneThing()) return overlapping;
  if (rotated) return [];
  // Clocks may differ by more than the files are long.
  const isRepeated = (): boolean => tunnels.some(comesAgain) || sharesIkeSa(tunnels);
  return isFew(all) && isRepeated() ? all : [];
}

/** Tunnels of one capture that are looked into: where captures were joined, most tunnels are in it twice. */
const ENOUGH_TUNNELS = 200;

/**
 * Whether one capture may hold packets of a tunnel from both sides of a router or NAT device. With clocks that differ, what it has
 * from both looks like something sent twice; then the TTLs of a sender tell.
 */
export function mayJoinPlaces(tunnels: readonly KeptTunnel[]): boolean {
  return (
    tunnels.some(
      ({ duplicates, aliases }) => duplicates.routed || aliases.some(({ kind }) => kind === "nat-view"),
    ) ||
    tunnels.slice(0, ENOUGH_TUNNELS).some(comesWithTwoTtls) ||
    sharesIkeSa(tunnels)
  );
}

function comesWithTwoTtls({ ikeSas, streams }: KeptTunnel): boolean {
  const ttls = new Map<Address, number>();
  const isOther = ({ source, ttl }: Sighting): boolean => {
    const known = ttls.get(source.address) ?? ttl;
    ttls.set(source.address, known);
    return known !== ttl;
  };
  return (
    streams.some(({ duplicates, order, outer }) => {
      const comesAgain = duplicates > 0 || order.tooOld > 0 || order.restarts > 0;
      return comesAgain && outer.lowestTtl < outer.highestTtl;
    }) || ikeSas.flatMap((sa) => messagesOf(sa.open())).some(({ sightings }) => sightings.some(isOther))
  );
}

function isFew(captures: readonly number[]): boolean {
  return captures.length > 1 && captures.length <= MOST_PLACES;
}

function overlap(one: CaptureFile | undefined, other: CaptureFile | undefined): boolean {
  if (one?.firstTime == null || one.lastTime === null) return false;
  if (other?.firstTime == null || other.lastTime === null) return false;
  return one.firstTime <= other.lastTime && other.firstTime <= one.lastTime;
}

function isHeldTwice({ duplicates, aliases, streams }: KeptTunnel): boolean {
  return (
    duplicates.count > 0 ||
    aliases.some(({ kind }) => kind === "nat-view") ||
    streams.some((stream) => stream.duplicates > 0)
  );
}

/** With clocks that differ, what is held twice looks like something sent twice. */
function isInSeveral({ ikeSas }: KeptTunnel): boolean {
  return capturesOf(ikeSas.flatMap((sa) => messagesOf(sa.open()))) > 1;
}

/** This share of a tunnel's messages comes again in another file where the files hold the same. */
const REPEATED = 0.3;

function comesAgain({ ikeSas }: KeptTunnel): boolean {
  const messages = ikeSas.flatMap((sa) => messagesOf(sa.open()));
  const again = messages.filter((message) => capturesOf([message]) > 1);
  return again.length > messages.length * REPEATED;
}

function messagesOf({ exchanges }: IkeSa): Transmission[] {
  return exchanges
    .flatMap(({ request, response }) => [request, response])
    .filter((message) => message !== null);
}

/** How many files the messages were seen in. */
function capturesOf(messages: readonly Transmission[]): number {
  const frames = messages.flatMap(({ sightings }) => sightings).flatMap((sighting) => sighting.frames);
  return new Set(frames.map(frameCapture)).size;
}

/** One IKE SA on both sides of a NAT device looks like two by clocks that differ. */
function sharesIkeSa(tunnels: readonly KeptTunnel[]): boolean {
  const spis = tunnels.flatMap(({ ikeSas }) => [...new Set(ikeSas.map(({ initiatorSpi }) => initiatorSpi))]);
  return new Set(spis).size < spis.length;
}
