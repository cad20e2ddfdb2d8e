import type { Address } from "../../bytes/address.js";
import type { Exchange, IkeSa } from "../../session/model.js";
import type { TunnelContext } from "../context.js";
import { exchangesOf, nameOf } from "./passage.js";
import { type PlaceView, viewsOf } from "./view.js";
import { type Message, say } from "../../texts/message.js";

/** The context, with files from both ends as the place that the packets were captured at. */
export function placedAtBothEnds(context: TunnelContext): TunnelContext {
  const { tunnel } = context;
  const views = viewsOf(context);
  const [one, other] = tunnel.addresses.map((address) => views.find(({ near }) => near === address));
  // One file may be of a router, on which both ends' links meet.
  if (one === undefined || other === undefined || one.segment !== null) return context;
  return {
    ...context,
    vantage: {
      place: "both-ends",
      reason: say`${nameOf(one)} at ${tunnel.addresses[0]}, ${nameOf(other)} at ${tunnel.addresses[1]}`,
    },
  };
}

/** Tells from files of both ends whether a request that `silent` does not answer gets there. */
export function seenAtBothEnds(
  context: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
  silent: Address,
): Message {
  const view = viewAtOtherEnd(context, sa, exchange, silent);
  return view === undefined
    ? "Seen at both ends: the request is not in the capture of the other end."
    : say`Seen at both ends: the request is in ${nameOf(view)} too, and no answer leaves there, so look at that host and its daemon.`;
}

/** Whether files of both ends show that the request comes to `silent`. */
export function isAtOtherEnd(
  context: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
  silent: Address,
): boolean {
  return viewAtOtherEnd(context, sa, exchange, silent) !== undefined;
}

/** The place at `silent` that has the request; undefined where none has. */
function viewAtOtherEnd(
  context: TunnelContext,
  sa: IkeSa,
  exchange: Exchange,
  silent: Address,
): PlaceView | undefined {
  const view = viewsOf(context).find(({ near }) => near === silent);
  if (view === undefined) return undefined;
  const asked = keysOf(sa, exchange);
  return exchangesOf(view).some(([key, { request }]) => request !== null && asked.includes(key))
    ? view
    : undefined;
}

function keysOf(sa: IkeSa, exchange: Exchange): string[] {
  return exchangesOf({ ikeSas: [{ ...sa, exchanges: [exchange] }] }).map(([key]) => key);
}
