import type { CaptureObservations } from "./capture.js";
import type { ClearFlow } from "./clear-flow.js";
import type { KeptTunnel } from "./tunnel.js";

/** What one of several capture files, or one link of a file that joins them, shows by itself: what passed the place there. */
export interface Place {
  /** Index of the file among those that were read together. */
  readonly capture: number;
  /** The link in that file, for people; null for the whole file. */
  readonly segment: string | null;
  readonly tunnels: readonly KeptTunnel[];
  readonly observations: CaptureObservations;
  readonly clearFlows: readonly ClearFlow[];
}
