import type { Micros } from "../bytes/time.js";
import { clocksOf } from "../diagnosis/places/clocks.js";
import { capturesWorthComparing, joinsPlaces } from "../diagnosis/places/worth-comparing.js";
import type { KeptTunnel, Place } from "../session/model.js";
import { isAborted } from "./abort.js";
import type { Reopen } from "./reopen.js";
import { readSegments } from "./segments.js";
import { readSession, type Session, type SessionOptions } from "./session.js";

export interface PlacesOptions extends SessionOptions {
  /** Opens the captures again; without it, what several places show is not compared. */
  readonly reopen?: Reopen;
  /** The captures are pieces of one, written in turns: what comes again in a later one was sent again. */
  readonly rotated?: boolean;
}

export interface ComparedSession extends Session {
  /** What each place shows by itself; none where there is one place only. */
  readonly places: readonly Place[];
  /** What the clock of each capture was found to show too much, by its index; empty where all agree. */
  readonly clocks: readonly Micros[];
}

/** Reads files, or links of the one file, that hold the same packets of `tunnels` by themselves too. */
export async function readPlaces(
  first: Session,
  tunnels: readonly KeptTunnel[],
  options: PlacesOptions,
): Promise<ComparedSession> {
  const { reopen, signal, rotated = false } = options;
  const none: ComparedSession = { ...first, places: [], clocks: [] };
  if (reopen === undefined || isAborted(signal)) return none;
  const compared =
    first.files.length === 1
      ? await readLinks(first, tunnels, reopen, signal)
      : await readFiles(first, capturesWorthComparing(tunnels, first.files, rotated), reopen, options);
  // Half of a file proves nothing about what is missing in it.
  return isAborted(signal) ? none : compared;
}

async function readLinks(
  first: Session,
  tunnels: readonly KeptTunnel[],
  reopen: Reopen,
  signal: AbortSignal | undefined,
): Promise<ComparedSession> {
  const places = joinsPlaces(tunnels) ? await readSegments(reopen, signal) : [];
  return { ...first, places, clocks: [] };
}

/** Where the clocks of files differ, all is read again with the clocks set right: time tells which packet answers which. */
async function readFiles(
  first: Session,
  captures: readonly number[],
  reopen: Reopen,
  { signal, opener }: PlacesOptions,
): Promise<ComparedSession> {
  const options = signal === undefined ? {} : { signal };
  const readEach = async (clocks: readonly Micros[]): Promise<Place[]> => {
    const places: Place[] = [];
    for (const capture of captures) {
      // What places hold is compared as it went over the wire: nothing is opened.
      const { model } = await readSession(await reopen(capture, clocks), options);
      places.push({ capture, segment: null, tunnels: model.tunnels, observations: model.observations });
    }
    return places;
  };
  const places = await readEach([]);
  const clocks = clocksOf(places);
  if (clocks.length === 0) return { ...first, places, clocks };
  const all = await readSession(await reopen(null, clocks), {
    ...options,
    ...(opener === undefined ? {} : { opener }),
  });
  return { ...all, places: await readEach(clocks), clocks };
}
