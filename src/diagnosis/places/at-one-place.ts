import type { Place } from "../../session/model.js";
import { type CaptureContext, type TunnelContext, tunnelContext } from "../context.js";
import type { Verdict } from "../finding.js";
import { gravestOf } from "../gravest.js";
import { onceInTurn } from "../once.js";
import type { TunnelRule } from "../rule.js";
import { partsAt } from "./view.js";

/**
 * The gravest verdict that one place proves by itself; null where none does. Read together, captures of several places show each packet
 * more than once, at other addresses and beside what another place has decrypted, so that some rules cannot look at all of them at once.
 */
export function atOnePlace(rule: TunnelRule, context: TunnelContext): Verdict | null {
  if (rule.atOnePlace !== true || context.capture.places.length === 0) return null;
  return gravestOf(
    rule,
    contextsAtPlaces(context)
      .map((own) => rule.detect(own))
      .filter((verdict) => verdict?.confidence !== "possible"),
  );
}

/** The tunnel as each place shows it, as if that had been captured alone. */
export const contextsAtPlaces = onceInTurn((context: TunnelContext): readonly TunnelContext[] => {
  const { tunnel, capture } = context;
  return capture.places.flatMap((place) => {
    const alone = captureAt(place, capture);
    return partsAt(place, tunnel).map((part) => tunnelContext(part, alone));
  });
});

/** The files keep their numbers, by which frames name them. */
function captureAt(place: Place, capture: CaptureContext): CaptureContext {
  const { observations, tunnels, clearFlows } = place;
  const files = capture.files.map((file, index) =>
    index === place.capture ? file : { ...file, firstTime: null, lastTime: null },
  );
  return { observations, tunnels, clearFlows, files, places: [] };
}
