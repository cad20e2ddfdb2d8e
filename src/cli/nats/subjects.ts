/** The stream that holds the events of all gateways; `ikescope hub` makes it. */
export const STREAM = "IKESCOPE";
/** Everything that gateways publish. */
export const ALL_EVENTS = "ikescope.event.*";

/** The subject that a gateway publishes on, and nothing else: packaging/nats/ lets it do no more. */
export function eventSubject(gateway: string): string {
  return `ikescope.event.${gateway}`;
}

/** The stream of what hubs tell: findings over several gateways, raised and cleared. */
export const TOLD_STREAM = "IKESCOPE-FLEET";
export const ALL_TOLD = "ikescope.fleet.*";

/** The subject of what is told of one share of the fleet. */
export function toldSubject(share: number): string {
  return `ikescope.fleet.${share}`;
}

/** The bucket of what hubs share: their leases, what they told, and summaries of tunnels. */
export const HUB_BUCKET = "ikescope-hub";

/** Begins the subjects on which a gateway gets acknowledgements. */
export function gatewayInbox(gateway: string): string {
  return `_INBOX_ikescope_${gateway}`;
}

/** The work queue of units of stored captures, which `ikescope batch --queue` makes. */
export const BATCH_STREAM = "IKESCOPE-BATCH";
/** The bucket that says in whose file of rows each unit is. */
export const BATCH_BUCKET = "ikescope-batch";

/** The subject of a unit in a queue; "*" for all. */
export function batchSubject(queue: string, unit: string): string {
  return `ikescope.batch.${queue}.${unit}`;
}
