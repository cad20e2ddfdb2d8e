import type { CaptureObservations } from "./capture.js";
import type { KeptTunnel } from "./tunnel.js";

/** What one of several capture files shows by itself: what passed the place where it was taken. */
export interface Place {
  /** Index of the file among those that were read together. */
  readonly capture: number;
  readonly tunnels: readonly KeptTunnel[];
  readonly observations: CaptureObservations;
}
