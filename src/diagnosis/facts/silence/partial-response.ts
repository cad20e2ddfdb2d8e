import type { Exchange } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { type Lack, lackOf } from "./lacking-parts.js";
import { lostResponse } from "./lost-response.js";

/** A response that is sent again and again and never comes whole: the requester repeats because it cannot read it. */
export interface PartialResponse {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly lacks: Lack;
}

/** The responses of a tunnel that repeat without effect, of which the capture misses the same part each time. */
export function partialResponses(context: TunnelContext): PartialResponse[] {
  return context.setups.flatMap((setup) => {
    const exchange = lostResponse(setup, context);
    const lacks = exchange === null ? null : lackOf(exchange);
    return exchange === null || lacks === null ? [] : [{ setup, exchange, lacks }];
  });
}
