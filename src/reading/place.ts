import type { CaptureSource, CaptureSummary } from "../capture/source.js";
import type { Place } from "../session/model.js";
import { readSession } from "./session.js";

/** One place, and the summaries of what was read of it. */
export interface PlaceRead {
  readonly place: Place;
  readonly files: readonly CaptureSummary[];
}

/** Reads the packets of one capture point by themselves. They are compared as they went over the wire: nothing is opened. Closes the source. */
export async function readPlace(
  source: CaptureSource,
  { capture, segment, clockAhead }: Pick<Place, "capture" | "segment" | "clockAhead">,
  signal: AbortSignal | undefined,
): Promise<PlaceRead> {
  const { model, files } = await readSession(source, { signal });
  const { tunnels, observations, clearFlows } = model;
  return { place: { capture, segment, clockAhead, tunnels, observations, clearFlows }, files };
}
