import type { CaptureObservations } from "./model/capture.js";
import type { ClearFlow } from "./model/clear-flow.js";
import type { OpenedSession } from "./model/opened.js";
import type { KeptTunnel } from "./model/tunnel.js";

export type * from "./model/endpoint.js";
export type * from "./model/moment.js";
export type * from "./model/exchange.js";
export type * from "./model/ike-sa.js";
export type * from "./model/ike-sa-facts.js";
export type * from "./model/progress.js";
export type * from "./model/tcp-connection.js";
export type * from "./model/tunnel.js";
export type * from "./model/capture.js";
export type * from "./model/place.js";
export type * from "./model/clear-flow.js";
export type * from "./model/opened.js";
export { SIGHTING_LIMIT } from "./model/exchange.js";

/** All that was found out of what was captured, for the rules to judge. */
export interface SessionModel {
  readonly tunnels: readonly KeptTunnel[];
  /** Flows of packets with a private address that are no IPsec. */
  readonly clearFlows: readonly ClearFlow[];
  readonly observations: CaptureObservations;
  /** The content that keys opened; not there without keys. */
  readonly opened?: OpenedSession;
}
