import { humanDuration, type Micros } from "../../../bytes/time.js";
import { joined, type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { seenAtBothEnds } from "../../places/both-ends.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import { afterBlank, type LoggedRequests } from "../host/logged-requests.js";
import { servesOthersText } from "../nat/served-others.js";
import { goesOn } from "../esp/esp-of-silent.js";
import { carriesTrafficAfter, healedAfter, MENDED, type Mended } from "../life/healing.js";
import { sideOf } from "../side.js";
import { answeredItselfText, isAnsweredItself } from "./answered-itself.js";
import type { Unanswered } from "./unanswered.js";
import { onlyOneDirection, unheardText } from "./unheard-side.js";

/** So many tries speak for themselves, even where the capture ends among them. */
const MANY_TRIES = 4;
/** A slow peer answers within this time. */
const SLOW_ANSWER_US: Micros = 5_000_000;

/**
 * The rival "a slow peer": open while the asker has tried three times only, or for less time than a slow peer takes, and still
 * asks. Null where the capture excludes it.
 */
export function slowPeer({ attempts, gaveUpAt, waited, silent }: Unanswered): Rival | null {
  if (attempts >= MANY_TRIES || (gaveUpAt !== null && waited >= SLOW_ANSWER_US)) return null;
  return {
    code: "responder-slow",
    separatedBy: say`a capture that goes on: whether ${silent.address} answers one of the next attempts (${attempts} attempts in ${humanDuration(waited)} so far)`,
  };
}

/** The rivals that the capture leaves open of an unanswered request: a slow peer, and answers that pass elsewhere. */
export function openRivals(context: TunnelContext, found: Unanswered): readonly (Rival | null)[] {
  return [slowPeer(found), found.isHeard ? null : onlyOneDirection(context, found.request)];
}

/** No critical fault where the tunnel came up again, or still carries traffic when the asker has given up, or its IKE SA still lives. */
export function severityOf(context: TunnelContext, found: Unanswered): Mended | Record<string, never> {
  const { lastTry, gaveUpAt, setup } = found;
  const isMended =
    healedAfter(context, lastTry, setup) ||
    carriesTrafficAfter(context, gaveUpAt ?? lastTry, setup) ||
    isAnsweredItself(found);
  return isMended ? MENDED : {};
}

/** Which side the capture points to, where its place is known, and the silent side's log. */
export function sideOfSilence(
  context: TunnelContext,
  found: Unanswered,
  logged: LoggedRequests | null = null,
): Message {
  const { asker, silent, isHeard } = found;
  if (logged?.kind === "answered") return logged.text;
  const others = servesOthersText(context, silent.address, found.firstTry);
  const place = joined(placeOfSilence(context, found), others, afterBlank(logged));
  return isHeard
    ? joined(answeredItselfText(found), place)
    : joined(unheardText(context, asker, silent), " ", place);
}

function placeOfSilence(context: TunnelContext, found: Unanswered): Message {
  const { asker, silent, setup, exchange } = found;
  const kept = keptByDevice(context, exchange.request);
  if (kept !== null) return kept;
  switch (sideOf(context, asker.address)) {
    case "near":
      // Its kernel sends ESP even where its daemon has died.
      return goesOn(context, found)
        ? say`Captured near ${asker.address}: the requests leave; they or the answers are lost on the way, or the daemon of ${silent.address} does not answer.`
        : say`Captured near ${asker.address}: the requests leave; they or the answers are lost on the way, or ${silent.address} is down.`;
    case "far":
      return say`Captured near ${silent.address}: the requests arrive there and no answer leaves, so look at that host and its daemon.`;
    case "both-ends":
      return seenAtBothEnds(context, setup.sa, exchange, silent.address);
    case "between":
    case "unknown":
      return say`Whether the path or ${silent.address} itself is at fault cannot be told from this capture point.`;
  }
}
