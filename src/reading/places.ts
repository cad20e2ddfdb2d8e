import type { Micros } from "../bytes/time.js";
import { clocksOf } from "../diagnosis/places/clocks.js";
import { capturesWorthComparing, mayJoinPlaces } from "../diagnosis/places/worth-comparing.js";
import type { KeptTunnel, Place } from "../session/model.js";
import { isAborted } from "./abort.js";
import type { Reopen } from "./reopen.js";
import type { ComparedSession } from "./compared.js";
import { readLinks } from "./links.js";
import { readPlace } from "./place.js";
import { readSession, type Session, type SessionOptions } from "./session.js";

export interface PlacesOptions extends SessionOptions {
  /** Opens the captures again; without it, what several places show is not compared. */
  readonly reopen?: Reopen;
  /** The captures are pieces of one, written in turns: what comes again in a later one was sent again. */
  readonly rotated?: boolean;
}

/** Reads files, or links of the one file, that hold the same packets of `tunnels` by themselves too. */
export async function readPlaces(
  first: Session,
  tunnels: readonly KeptTunnel[],
  options: PlacesOptions,
): Promise<ComparedSession> {
  const { reopen, signal } = options;
  const none: ComparedSession = { ...first, places: [], clocks: [] };
  if (reopen === undefined || isAborted(signal)) return none;
  const compared = await readAll(first, tunnels, reopen, options);
  // Half of a file proves nothing about what is missing in it.
  return isAborted(signal) || compared === null ? none : compared;
}

/** Null where there is one place only. */
async function readAll(
  first: Session,
  tunnels: readonly KeptTunnel[],
  reopen: Reopen,
  options: PlacesOptions,
): Promise<ComparedSession | null> {
  if (first.files.length === 1) return mayJoinPlaces(tunnels) ? readLinks(first, reopen, options) : null;
  const captures = capturesWorthComparing(tunnels, first.files, options.rotated ?? false);
  return captures.length === 0 ? null : readFiles(first, captures, reopen, options);
}

/** Compares the files; if their clocks differ, all is read again with the clocks set right, for time tells which packet answers which. */
async function readFiles(
  first: Session,
  captures: readonly number[],
  reopen: Reopen,
  { signal, opener }: PlacesOptions,
): Promise<ComparedSession> {
  const readEach = async (clocks: readonly Micros[]): Promise<Place[]> => {
    const places: Place[] = [];
    for (const capture of captures) {
      const source = await reopen(capture, clocks);
      places.push(
        (await readPlace(source, { capture, segment: null, clockAhead: clocks[capture] ?? 0 }, signal)).place,
      );
    }
    return places;
  };
  const places = await readEach([]);
  const found = clocksOf(places);
  if (found.every((ahead) => ahead === 0)) return { ...first, places, clocks: [] };
  const clocks = first.files.map((_, capture) => found[captures.indexOf(capture)] ?? 0);
  const all = await readSession(await reopen(null, clocks), { signal, opener });
  return { ...all, places: await readEach(clocks), clocks };
}
