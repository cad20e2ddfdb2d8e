import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import type { Transmission } from "../session/model.js";
import type { Setup, TunnelContext } from "./context.js";

/**
 * What a tunnel has, or has not, by which it is known what rules may find in it.
 * esp: ESP or AH packets, whole or in part. icmp: ICMP errors that quote it. clear-flows: the capture has packets in clear.
 * ikev1: an IKE SA of that version. beyond-setup: exchanges behind a setup, or several IKE SAs. several-messages: more than one
 * IKE message. unanswered: an exchange of which one side is missing, or a message that was seen again or in part.
 * demand: COOKIE, PUZZLE, REDIRECT or INVALID_KE_PAYLOAD in clear.
 */
export type Trait =
  | "esp"
  | "icmp"
  | "clear-flows"
  | "ikev1"
  | "beyond-setup"
  | "several-messages"
  | "unanswered"
  | "demand";

const BITS: Readonly<Record<Trait, number>> = {
  esp: 1,
  icmp: 2,
  "clear-flows": 4,
  ikev1: 8,
  "beyond-setup": 16,
  "several-messages": 32,
  unanswered: 64,
  demand: 128,
};

export function bitOf(trait: Trait): number {
  return BITS[trait];
}

/** The traits of a tunnel, a bit each. */
export function traitsOf({ tunnel, setups, capture }: TunnelContext): number {
  const { streams, brokenEsp, icmp } = tunnel;
  let traits = 0;
  if (streams.length > 0 || brokenEsp.size > 0) traits |= BITS.esp;
  if (icmp.length > 0) traits |= BITS.icmp;
  if (capture.clearFlows.length > 0) traits |= BITS["clear-flows"];
  if (setups.length > 1) traits |= BITS["beyond-setup"] | BITS["several-messages"];
  for (const setup of setups) traits |= traitsOfSetup(setup);
  return traits;
}

/** Exchanges of the first quick mode: its two messages, and the third. */
const FIRST_QUICK_MODE = 2;

function traitsOfSetup({ sa, progress }: Setup): number {
  let traits = sa.majorVersion === 1 ? BITS.ikev1 : 0;
  if (progress.later.length > 0 || progress.quick.length > FIRST_QUICK_MODE) traits |= BITS["beyond-setup"];
  if (sa.exchanges.length > 1 || sa.unkept > 0) traits |= BITS["several-messages"];
  for (const { request, response } of sa.exchanges) {
    if (request === null || response === null) traits |= BITS.unanswered;
    else traits |= BITS["several-messages"];
    traits |= traitsOfMessage(request) | traitsOfMessage(response);
  }
  return traits;
}

function traitsOfMessage(transmission: Transmission | null): number {
  if (transmission === null) return 0;
  const { sightings, tries, fragments, message } = transmission;
  let traits = 0;
  if (tries > 1 || sightings.length > 1) traits |= BITS.unanswered | BITS["several-messages"];
  else if (fragments !== null || sightings[0]?.missingFragments != null) traits |= BITS.unanswered;
  for (const payload of message.payloads) {
    if (payload.kind === "notify" && DEMANDS.has(payload.notifyType)) traits |= BITS.demand;
  }
  return traits;
}

const DEMANDS: ReadonlySet<number> = new Set([
  NOTIFY_V2.COOKIE,
  NOTIFY_V2.PUZZLE,
  NOTIFY_V2.REDIRECT,
  NOTIFY_V2.INVALID_KE_PAYLOAD,
]);
