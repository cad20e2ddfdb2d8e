import { frameCapture } from "../../bytes/frame.js";
import type { CaptureFile, KeptTunnel, Transmission } from "../../session/model.js";

/** Each of these is read once more, by itself; who gives more of them at once does not ask where a packet got lost. */
const MOST_PLACES = 8;

/**
 * The files (by index) that may come from several places on one way, because they hold the same packets: none, or two and more.
 * Files that were rotated follow one another and share nothing.
 */
export function capturesWorthComparing(
  tunnels: readonly KeptTunnel[],
  files: readonly CaptureFile[],
): readonly number[] {
  const all = [...files.keys()];
  const overlapping = all.filter((index) =>
    all.some((other) => other !== index && overlap(files[index], files[other])),
  );
  if (isFew(overlapping) && (tunnels.some(isHeldTwice) || isSeenByOthers(tunnels, 0))) return overlapping;
  // Clocks may differ by more than the files are long.
  return isFew(all) && isSeenByOthers(tunnels, MOST_MESSAGES) ? all : [];
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

/** This share of a tunnel's messages comes again in another file where the files hold the same. */
const MOST_MESSAGES = 0.3;

/**
 * With clocks that differ, what is held twice looks like something sent twice, and one IKE SA on both sides of a translator
 * like two.
 */
function isSeenByOthers(tunnels: readonly KeptTunnel[], share: number): boolean {
  return tunnels.some((tunnel) => sharedMessages(tunnel) > share) || sharesIkeSa(tunnels);
}

/** The share of a tunnel's messages that were seen in several files. */
function sharedMessages({ ikeSas }: KeptTunnel): number {
  const messages = ikeSas
    .flatMap((sa) => sa.open().exchanges)
    .flatMap(({ request, response }) => [request, response].filter((message) => message !== null));
  return messages.filter(isInSeveral).length / Math.max(1, messages.length);
}

function isInSeveral({ sightings }: Transmission): boolean {
  return new Set(sightings.flatMap(({ frames }) => frames).map(frameCapture)).size > 1;
}

function sharesIkeSa(tunnels: readonly KeptTunnel[]): boolean {
  const spis = tunnels.flatMap(({ ikeSas }) => [...new Set(ikeSas.map(({ initiatorSpi }) => initiatorSpi))]);
  return new Set(spis).size < spis.length;
}
