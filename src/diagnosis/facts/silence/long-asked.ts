import type { Transmission } from "../../../session/model.js";
import { firstTimeOf, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { nextDue } from "./back-off.js";
import { silenceAfter } from "./silence.js";

/** So many attempts in so long are an outage of IKE, even where the last one was answered. Own choice: no source. */
const OUTAGE = { attempts: 5, within: 8_000_000 } as const;
/** After so many attempts in so long the asker is about to give up: strongSwan asks six times in 90 s. */
const NEAR_GIVING_UP = { attempts: 5, within: 20_000_000 } as const;

/** A request that was repeated for so long that it was an outage, whatever became of the last attempt. */
export function isOutage(request: Transmission): boolean {
  return hasTaken(request, OUTAGE);
}

/** A request that was repeated for so long that an answer to the next attempt would come too late. */
export function isNearGivingUp(request: Transmission): boolean {
  return hasTaken(request, NEAR_GIVING_UP);
}

/** The capture ends before the next attempt is due: nothing shows that the asker has stopped. */
export function isStillRepeated(context: TunnelContext, request: Transmission): boolean {
  const last = lastSighting(request);
  return last !== undefined && last.time + silenceAfter(context, last) < nextDue(request);
}

function hasTaken(request: Transmission, least: typeof OUTAGE | typeof NEAR_GIVING_UP): boolean {
  return request.tries >= least.attempts && lastTimeOf(request) - firstTimeOf(request) >= least.within;
}
