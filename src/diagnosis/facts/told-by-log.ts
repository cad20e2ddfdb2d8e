import type { HostEvent } from "../../evidence/record.js";
import type { HostContext } from "../context.js";
import { eventsOf } from "./host.js";

/** Events of a kind about this tunnel, and whether the same IKE SAs or Child SAs came up behind the last of them. */
export function toldByLog(
  context: HostContext,
  kind: HostEvent["kind"],
  mendedBy: "ike-up" | "child-up",
): { readonly events: readonly HostEvent[]; readonly isMended: boolean } {
  const events = eventsOf(context, kind);
  const last = events.at(-1);
  const up = eventsOf(context, mendedBy).at(-1);
  const isMended =
    last !== undefined &&
    up !== undefined &&
    up.source.file === last.source.file &&
    up.source.line > last.source.line;
  return { events, isMended };
}
