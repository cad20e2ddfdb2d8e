import type { Micros } from "../../../bytes/time.js";
import { formatOffer } from "../../../ike/offer.js";
import { saOf } from "../../../session/payloads.js";
import type { Setup, TunnelContext } from "../../context.js";
import { setupsOfClient } from "../authentication/same-client.js";
import { intervalsOf } from "../life/setups.js";
import type { Refusal } from "./refusals.js";

/** A client that has several offers sends the next one at once; nobody mends a configuration in this time. */
const AT_ONCE: Micros = 5_000_000;

/**
 * The setup that worked in the end, where a client went through its offers: each setup that was refused, and that one, offers
 * something else than the others and begins soon after the one before. Null where that is not so.
 */
export function takenOffer(context: TunnelContext, refusals: readonly Refusal[]): Setup | null {
  const refused = [...new Set(refusals.map(({ setup }) => setup))];
  const last = refused.at(-1);
  if (last === undefined) return null;
  const taken = setupsOfClient(context, last).find(({ sa }) => sa.firstTime > last.sa.firstTime);
  if (taken === undefined || taken.progress.upAt === null) return null;
  const all = [...refused, taken];
  const offers = all.map(offerOf);
  const areDifferent = !offers.includes(null) && new Set(offers).size === all.length;
  return areDifferent && intervalsOf(all).every((interval) => interval <= AT_ONCE) ? taken : null;
}

function offerOf({ progress }: Setup): string | null {
  const offer = saOf(progress.opening[0]?.request ?? null);
  return offer === null ? null : formatOffer(offer).join("; ");
}
