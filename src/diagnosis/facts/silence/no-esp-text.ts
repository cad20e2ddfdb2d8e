import { humanDuration } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { lastEspOfSilent } from "../esp/esp-of-silent.js";
import { ownStreamsOf } from "../nat/own-streams.js";
import { canonicalOf } from "../sides.js";
import type { Unanswered } from "./unanswered.js";

/** The sentence that no ESP of a side that answers no request comes any more, with a blank behind it. */
export function noEspText(context: TunnelContext, found: Unanswered): Message {
  const { firstTry, silent, setup } = found;
  const { streams } = context.tunnel;
  const lastEsp = lastEspOfSilent(context, found);
  if (lastEsp > firstTry)
    return say`The last ESP of the silent side came in ${humanDuration(lastEsp - firstTry)} after the first of them. `;
  const isOwn = ownStreamsOf(context, setup);
  const isOfOthers = streams.some(
    (stream) =>
      stream.lastTime > firstTry &&
      canonicalOf(context.tunnel, stream.source) === silent.address &&
      !isOwn(stream),
  );
  return isOfOthers
    ? say`No ESP comes in on the ports of this IKE SA either: what still comes from ${silent.address} uses other ports, as another client behind its NAT device does. `
    : "No ESP of the silent side comes in either. ";
}
