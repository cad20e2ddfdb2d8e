import { servesOthersAfter } from "../nat/served-others.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { Message } from "../../../texts/message.js";
import { say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { isAtOtherEnd } from "../../places/both-ends.js";
import { keptByDevice } from "../../places/kept-by-device.js";
import { sideOf } from "../side.js";
import type { Unanswered } from "./unanswered.js";

export const PEER_UP =
  "Is the silent peer up (ping, its console, its log at that time)? A reboot, a fail-over or an address change answers nothing on the old SA.";
export const UDP_STATE =
  "Look for a firewall or NAT on the way that deletes the UDP state while the tunnel is idle: keepalives must come more often than its timeout.";
export const ONLY_IKE =
  "If ESP still comes in but IKE does not: a rule or rate limit for UDP 500 or 4500 alone, often at the silent side.";
export const CAPTURE_THERE =
  "Capture at the silent side: the checks arrive and no answer leaves (host), or they do not arrive (path).";
const AT_SILENT_HOST =
  "At the host of the silent peer, where the checks arrive: does its daemon still list the IKE SA, and do the counters of its firewall rules grow with each check?";

/** The usual time between keepalives (RFC 3948 section 4): a tunnel with ESP in it was not idle. */
const IDLE_US: Micros = 20_000_000;

/** Other explanations of checks without an answer; where they are seen to arrive at the silent side, nothing on the way. */
export function deadPeerRivals(context: TunnelContext, found: Unanswered): readonly Rival[] {
  const { address } = found.silent;
  const deleted: Rival = {
    code: "sa-deleted-by-peer",
    separatedBy: say`the log of ${address}: whether it had removed the SA before, so that it ignores the checks`,
  };
  if (servesOthersAfter(context, address, found.firstTry)) return [deleted, replacedAt(address)];
  if (!reachesSilent(context, found)) {
    return [
      deleted,
      {
        code: "path-lost",
        separatedBy: say`a capture at ${address}: whether the checks arrive there, and answers leave`,
      },
    ];
  }
  return [
    ...(isAnsweredLater(context, found)
      ? [
          {
            code: "peer-restarted" as const,
            separatedBy: say`the log of ${address}: whether its daemon started anew before the checks came; it answers a new IKE SA later`,
          },
        ]
      : []),
    deleted,
    {
      code: "host-drops-inbound",
      separatedBy: say`the log of ${address}: whether its daemon receives the checks that come to the host`,
    },
  ];
}

function replacedAt(gateway: Address): Rival {
  return {
    code: "identity-flap",
    separatedBy: say`the log of ${gateway}: whether it removed this IKE SA because another client with the same identity came up ("uniqueness policy")`,
  };
}

/** Steps for checks without an answer; null where all of the rule's own ones apply. */
export function deadPeerRemedies(
  context: TunnelContext,
  found: Unanswered,
  stillSends: boolean,
): readonly Message[] | null {
  const arrives = reachesSilent(context, found);
  // A peer whose ESP comes in is up.
  if (stillSends) return [ONLY_IKE, arrives ? AT_SILENT_HOST : CAPTURE_THERE];
  if (arrives) return [PEER_UP, AT_SILENT_HOST];
  return wasBusy(context, found) ? [PEER_UP, ONLY_IKE, CAPTURE_THERE] : null;
}

/** The capture shows that the requests come to the host of the silent side. */
function reachesSilent(context: TunnelContext, { asker, silent, setup, exchange }: Unanswered): boolean {
  if (keptByDevice(context, exchange.request) !== null) return false;
  const side = sideOf(context, asker.address);
  return (
    side === "far" || (side === "both-ends" && isAtOtherEnd(context, setup.sa, exchange, silent.address))
  );
}

/** The silent side answers a setup that begins after the first check. */
function isAnsweredLater({ setups }: TunnelContext, { firstTry }: Unanswered): boolean {
  return setups.some(({ sa, progress }) => sa.firstTime > firstTry && progress.chosen !== null);
}

/** ESP went on until the first check, or is younger than a keepalive's interval then. */
function wasBusy({ tunnel }: TunnelContext, { firstTry }: Unanswered): boolean {
  return tunnel.streams.some(
    ({ firstTime, lastTime, gapFrom, gapTo }) =>
      firstTime <= firstTry &&
      lastTime >= firstTry - IDLE_US &&
      !(gapFrom < firstTry - IDLE_US && gapTo > firstTry),
  );
}
