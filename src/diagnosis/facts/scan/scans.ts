import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { formatOffer } from "../../../ike/offer.js";
import type { SaPayload } from "../../../ike/message.js";
import { errorNotify } from "../../../session/payloads.js";
import type { Setup } from "../../setup.js";
import { bareOpening, beginsBare, isSweep } from "./opening-marks.js";

/** So many different offers, each in an IKE SA of its own, are tried out: a daemon offers all that it takes at once, again and again. */
const LEAST_OFFERS = 4;
/** Offers that are tried out by hand, a configuration each, come further apart. */
const APART_US: Micros = 60_000_000;

/**
 * The setups that a scanner made: a first message that announces nothing, never gone on with, and that offers all old algorithms
 * at once, or is one of a series of different offers. Each of these alone a weak or old daemon may show; together none does.
 * None where an opening like them goes on: then a peer makes them.
 */
export function scansAmong(setups: readonly Setup[]): readonly Setup[] {
  const bare: BareSetup[] = [];
  const peers = new Set<Address>();
  for (const setup of setups) {
    const offer = bareOpening(setup);
    if (offer !== null) bare.push({ setup, offer });
    else if (beginsBare(setup)) peers.add(setup.sa.initiator.address);
  }
  if (bare.length === 0) return NONE;
  const alone = bare.filter(({ setup }) => !peers.has(setup.sa.initiator.address));
  const tried = triedOut(alone);
  const scans = alone.filter((one) => isSweep(one.offer) || tried.has(one)).map(({ setup }) => setup);
  const scanners = new Set(scans.map(({ sa }) => sa.initiator.address));
  const orphans = setups.filter((one) => isRefusalAlone(one) && scanners.has(one.sa.initiator.address));
  return orphans.length === 0 ? scans : setups.filter((one) => scans.includes(one) || orphans.includes(one));
}

/** A refusal in clear whose first message was sent before the capture began: to a scanner it refuses a scan. */
function isRefusalAlone({ sa, progress }: Setup): boolean {
  const { opening, authentication, quick, later } = progress;
  return (
    opening.length + authentication.length + quick.length + sa.unkept === 0 &&
    later.every(({ startedBy, request }) => startedBy === "responder" && errorNotify(request) !== null)
  );
}

const NONE: readonly Setup[] = [];

interface BareSetup {
  readonly setup: Setup;
  readonly offer: SaPayload;
}

/** Setups of one initiator, close to one another, that offer something else each time. */
function triedOut(bare: readonly BareSetup[]): ReadonlySet<BareSetup> {
  const tried = new Set<BareSetup>();
  if (bare.length < LEAST_OFFERS) return tried;
  let series: BareSetup[] = [];
  const end = (): void => {
    const offers = new Set(series.map(({ offer }) => formatOffer(offer).join("\n")));
    if (offers.size >= LEAST_OFFERS) for (const one of series) tried.add(one);
  };
  for (const one of bare.toSorted((a, b) => a.setup.sa.firstTime - b.setup.sa.firstTime)) {
    const before = series.at(-1);
    if (before !== undefined && !follows(one, before)) {
      end();
      series = [];
    }
    series.push(one);
  }
  end();
  return tried;
}

function follows({ setup: { sa } }: BareSetup, { setup: { sa: before } }: BareSetup): boolean {
  return sa.initiator.address === before.initiator.address && sa.firstTime - before.lastTime <= APART_US;
}
