import type { Micros } from "../../bytes/time.js";
import type { CaptureObservations } from "./capture.js";
import type { ClearFlow } from "./clear-flow.js";
import type { KeptTunnel } from "./tunnel.js";

/** The packets of one of several capture files, or of one link of a file that joins them: those that passed one capture point. */
export interface Place {
  /** Index of the file among those that were read together. */
  readonly capture: number;
  /** The link in that file, for people; null for the whole file. */
  readonly segment: string | null;
  /** How far its clock is ahead of that of the place it was compared with; its times are given without that. Microseconds. */
  readonly clockAhead: Micros;
  readonly tunnels: readonly KeptTunnel[];
  readonly observations: CaptureObservations;
  readonly clearFlows: readonly ClearFlow[];
}
