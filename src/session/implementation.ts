import type { Address } from "../bytes/address.js";
import { knownVendorId } from "../ike/vendor.js";
import { type BackOff, scheduleOf } from "./backoff.js";
import { implementationByOrder } from "./notify-order.js";
import type { IkeSa, Transmission, Tunnel } from "./model.js";

/** The software that a peer probably runs, and how that is known. */
export interface Implementation {
  readonly name: string;
  /**
   * A Vendor ID payload says so; its retransmissions follow the schedule of that daemon; the notifies of its IKE_SA_INIT stand in
   * the order of that daemon; or the user told it.
   */
  readonly by: "vendor-id" | "back-off" | "notify-order" | "told";
  /** A Vendor ID is an unauthenticated claim, a schedule can be configured, an order can be another's too: none is certain. */
  readonly confidence: "likely" | "possible";
}

/** Concludes the implementation at `address` from all its messages in the tunnel; null where nothing tells it. */
export function implementationOf({ ikeSas }: Tunnel, address: Address): Implementation | null {
  for (const sa of ikeSas) {
    const name = byVendorId(sa, address);
    if (name !== null) return { name, by: "vendor-id", confidence: "likely" };
  }
  for (const sa of ikeSas) {
    const backOff = byBackOff(sa, address);
    if (backOff !== null) return { name: backOff.name, by: "back-off", confidence: backOff.confidence };
  }
  for (const sa of ikeSas) {
    const name = byOrder(sa, address);
    if (name !== null) return { name, by: "notify-order", confidence: "possible" };
  }
  return null;
}

function byOrder({ exchanges, majorVersion }: IkeSa, address: Address): string | null {
  if (majorVersion !== 2) return null;
  for (const { request, response } of exchanges) {
    for (const sent of [request, response]) {
      if (sent?.sightings[0]?.source.address !== address) continue;
      const name = implementationByOrder(sent);
      if (name !== null) return name;
    }
  }
  return null;
}

function byVendorId({ exchanges }: IkeSa, address: Address): string | null {
  for (const { request, response } of exchanges) {
    const name = claimIn(request, address) ?? claimIn(response, address);
    if (name !== null) return name;
  }
  return null;
}

/** The product that a message of `address` claims its sender to be; null where it claims none. */
function claimIn(transmission: Transmission | null, address: Address): string | null {
  if (transmission?.sightings[0]?.source.address !== address) return null;
  for (const payload of transmission.message.payloads) {
    if (payload.kind !== "vendorId") continue;
    const implementation = knownVendorId(payload.data)?.implementation ?? null;
    if (implementation !== null) return implementation;
  }
  return null;
}

function byBackOff({ exchanges, majorVersion }: IkeSa, address: Address): BackOff | null {
  for (const { request, response } of exchanges) {
    const repeated = repeatedByItself(request, response, majorVersion);
    if (repeated === null || repeated.fragments !== null) continue;
    if (repeated.sightings[0]?.source.address !== address) continue;
    const backOff = scheduleOf(
      repeated.sightings.map(({ time }) => time),
      majorVersion,
    );
    if (backOff !== null) return backOff;
  }
  return null;
}

/**
 * The message of an exchange that its sender repeats by its own clock, null where there is none. Once answered, the
 * requester stops; only a message that nobody answers runs through its schedule. In IKEv1 that may be the response.
 */
function repeatedByItself(
  request: Transmission | null,
  response: Transmission | null,
  majorVersion: 1 | 2,
): Transmission | null {
  if (request === null) return null;
  if (response === null) return request;
  return majorVersion === 1 && request.tries === 1 ? response : null;
}
