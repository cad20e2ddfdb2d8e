import { NAT_T_PORT } from "../../../ike/ports.js";
import type { Micros } from "../../../bytes/time.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { type Gap, gapsOf } from "./nat-silence.js";
import { behindNat } from "./behind-nat.js";

/** No NAT device forgets sooner. */
const SHORTEST_TIMEOUT: Micros = 30_000_000;
/** Fewer tries may be a lost packet. */
const TRIES = 3;

/** A request of the responder in a pause of the initiator behind NAT that is longer than mappings last, and never answered. */
interface ForgottenMapping {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly request: Transmission;
  /** Addresses of the initiator, which is behind NAT, and of the responder. */
  readonly inside: string;
  readonly responder: string;
  /** The pause, which the initiator ends of its own accord. */
  readonly gap: Gap;
}

/** The last such request; null where there is none, or where the initiator is not proven to be behind NAT. */
export const forgottenMapping = onceInTurn((context: TunnelContext): ForgottenMapping | null => {
  const { tunnel, setups, capture } = context;
  const nat = behindNat(context);
  if (nat?.initiatorBehindNat !== true || nat.responderBehindNat === true || capture.files.length > 1)
    return null;
  const inside = tunnel.ikeSas[0]?.initiator.address;
  if (inside === undefined || [...tunnel.keepalives.keys()].includes(inside)) return null;
  const responder = responderOf(context);
  const gaps = gapsOf(tunnel, [inside], SHORTEST_TIMEOUT);
  for (const setup of setups.toReversed()) {
    const exchange = setup.progress.later.findLast((one) => meetsSilence(one, responder));
    if (exchange?.request == null) continue;
    const gap = gaps.find((one) => encloses(one, exchange));
    if (gap === undefined) continue;
    return { setup, exchange, request: exchange.request, inside, responder, gap };
  }
  return null;
});

function responderOf({ tunnel }: TunnelContext): string {
  return tunnel.ikeSas[0]?.responder.address ?? tunnel.addresses[1];
}

function meetsSilence({ request, response, expectsResponse }: Exchange, responder: string): boolean {
  const first = request?.sightings[0];
  return (
    request !== null &&
    first !== undefined &&
    response === null &&
    expectsResponse &&
    request.tries >= TRIES &&
    first.source.address === responder &&
    first.source.port === NAT_T_PORT &&
    first.transport === "udp"
  );
}

function encloses({ from, to }: Gap, { request }: Exchange): boolean {
  return firstTimeOf(request) - from >= SHORTEST_TIMEOUT && lastTimeOf(request) <= to;
}
