import type { Micros } from "../../../bytes/time.js";
import { formatOffer } from "../../../ike/offer.js";
import { saOf } from "../../../session/payloads.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Refusal } from "./refusals.js";

/** A client that has several offers sends the next one at once; nobody mends a configuration in this time. */
const AT_ONCE: Micros = 5_000_000;

/**
 * The setup that worked in the end, where a client went through its offers each time that it was refused: the next setup begins soon
 * after, and offers something that was not refused just before, until one works. Null where that is not so.
 */
export function takenOffer(context: TunnelContext, refusals: readonly Refusal[]): Setup | null {
  const refused = new Set(refusals.map(({ setup }) => setup));
  const setups = context.setups;
  const tried = new Set<string>();
  let taken: Setup | null = null;
  for (const [index, setup] of setups.entries()) {
    if (!refused.has(setup)) {
      tried.clear();
      continue;
    }
    const [offer, next] = [offerOf(setup), setups[index + 1]];
    if (offer === null || tried.has(offer) || next === undefined) return null;
    tried.add(offer);
    const nextOffer = offerOf(next);
    const isOther = nextOffer !== null && !tried.has(nextOffer);
    if (!isOther || next.sa.firstTime - setup.sa.firstTime > AT_ONCE) return null;
    if (refused.has(next)) continue;
    if (next.progress.upAt === null) return null;
    taken = next;
  }
  return taken;
}

function offerOf({ progress }: Setup): string | null {
  const offer = saOf(progress.opening[0]?.request ?? null);
  return offer === null ? null : formatOffer(offer).join("; ");
}
