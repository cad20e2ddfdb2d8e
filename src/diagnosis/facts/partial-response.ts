import type { Exchange } from "../../session/model.js";
import type { Setup, TunnelContext } from "../context.js";
import { lostResponse } from "./lost-response.js";

/** A response that is sent again and again and never comes whole: the requester repeats because it cannot read it. */
export interface PartialResponse {
  readonly setup: Setup;
  readonly exchange: Exchange;
  /** What is missing of it: IP fragments, or IKE fragments by their numbers. */
  readonly lacks: "ip" | readonly number[];
}

/** The responses of a tunnel that repeat without effect, of which the capture misses the same part each time. */
export function partialResponses(context: TunnelContext): PartialResponse[] {
  return context.setups.flatMap((setup) => {
    const exchange = lostResponse(setup, context);
    const lacks = exchange === null ? null : lackOf(exchange);
    return exchange === null || lacks === null ? [] : [{ setup, exchange, lacks }];
  });
}

/** Null where one of the attempts of the response is whole here. */
export function lackOf({ response }: Exchange): PartialResponse["lacks"] | null {
  if (response === null) return null;
  if (response.sightings.every(({ missingFragments }) => missingFragments !== null)) return "ip";
  if (response.fragments === null) return null;
  const { total, seen } = response.fragments;
  const missing = Array.from({ length: Math.min(total, SHOWN) }, (_, index) => index + 1).filter(
    (number) => !seen.has(number),
  );
  return missing.length > 0 ? missing : null;
}

/** Fragment numbers that are looked at; RFC 7383 allows 65535. */
const SHOWN = 64;
