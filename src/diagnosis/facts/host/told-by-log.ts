import type { HostEvent } from "../../../evidence/record.js";
import type { HostContext } from "../../context.js";
import { eventsInCapture, eventsOf } from "./events.js";

/** Events of a kind about this tunnel in the time of the capture, and whether the same IKE SAs or Child SAs came up behind the last of them. */
export function toldByLog(
  context: HostContext,
  kind: HostEvent["kind"],
  mendedBy: "ike-up" | "child-up",
  isWanted: (event: HostEvent) => boolean = () => true,
): { readonly events: readonly HostEvent[]; readonly isMended: boolean } {
  const events = eventsInCapture(context, kind).filter(isWanted);
  const last = events.at(-1);
  const up = eventsOf(context, mendedBy).at(-1);
  const isMended =
    last !== undefined &&
    up !== undefined &&
    up.source.file === last.source.file &&
    up.source.line > last.source.line;
  return { events, isMended };
}
