import type { Address } from "../../../bytes/address.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { Sighting } from "../../../session/model.js";
import { type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { isNoLivenessCheck } from "../child/refused-quick-mode.js";
import { canonicalOf } from "../sides.js";

/** A Child SA that is deleted carried its last packet shortly before; the answer of the deleting side may still come behind it. */
const BEFORE: Micros = 30_000_000;
const UNDER_WAY: Micros = 1_000_000;

/**
 * The INFORMATIONAL of IKEv1 that `silent` sent when its ESP ended, and that may be the Delete of the Child SA: it is no liveness check,
 * and the first one since. Null where there is none. A Delete is not answered (RFC 2408 5.15), and the other side may miss it.
 */
export function possibleDelete(context: TunnelContext, silent: Address, stoppedAt: Micros): Sighting | null {
  for (const setup of context.setups) {
    if (setup.sa.majorVersion !== 1) continue;
    const said = setup.progress.later.filter(
      ({ exchangeType, startedBy, request }) =>
        exchangeType === EXCHANGE_V1.INFORMATIONAL &&
        canonicalOf(context.tunnel, endsOf(setup.sa, startedBy)[0].address) === silent &&
        firstTimeOf(request) > stoppedAt - UNDER_WAY,
    );
    const [first] = said.toSorted((a, b) => firstTimeOf(a.request) - firstTimeOf(b.request));
    const sighting = firstSighting(first?.request ?? null);
    // Checks that nobody answers come again.
    const areTogether = said.every(
      ({ request }) => firstTimeOf(request) - (sighting?.time ?? 0) <= UNDER_WAY,
    );
    if (first === undefined || sighting === undefined || !areTogether) continue;
    if (sighting.time <= stoppedAt + BEFORE && isNoLivenessCheck(setup, first)) return sighting;
  }
  return null;
}

/** The sentence on it for the reader. */
export function possibleDeleteText({ source }: Sighting, asking: Address, wait: Micros): Message {
  return say`${source.address} sent an INFORMATIONAL ${wait < UNDER_WAY ? "at that moment" : say`${humanDuration(wait)} later`}, which nothing answers: it may be the Delete of the Child SA, whose lifetime ended there and not at ${asking}. What ${asking} sends then goes to an SA that is gone. `;
}

/** The explanation that it is one. */
export function deletedThere(silent: Address): Rival {
  return {
    code: "esp-stale-spi",
    separatedBy: say`the log of ${silent} at that time: whether it deleted the Child SA, and the phase 2 lifetimes of both sides`,
  };
}

export const COMPARE_LIFETIMES =
  "Compare the phase 2 lifetimes of both sides, in time and in volume, and switch on dead peer detection at the side that goes on sending.";
