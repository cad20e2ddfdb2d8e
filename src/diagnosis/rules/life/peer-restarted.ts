import { humanDuration } from "../../../bytes/time.js";
import { firstSighting } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { evidenceAt, evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { completeSetups, endedForNext, lastExchange, type UpSetup } from "../../facts/life/setups.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { unansweredLater } from "../../facts/silence/unanswered.js";
import { severityOf } from "../../facts/silence/unanswered-verdict.js";
import { deleteLike, PAST_ANNOUNCEMENTS_US } from "../../facts/life/ike-delete.js";
import { forgottenMapping } from "../../facts/nat/forgotten-mapping.js";
import { canonicalOf, lastOf } from "../../facts/sides.js";
import { disownedIkeSa } from "../../facts/life/disowned-ike-sa.js";
import { stoppedAnswers } from "../../facts/silence/answers-stop.js";
import { isRestart, beginsAnew, NOT_CROSSING } from "../../facts/life/restarts.js";
import { healedAfter, MENDED } from "../../facts/life/healing.js";
import { confirmedByLog, restartByLog, SOONER } from "../../facts/life/restart-by-log.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** A new SA that replaces one in order is followed by the delete of the old one within this time. */
const DELETE_DUE = 5_000_000;

/**
 * One side ignores requests of a living IKE SA and begins a new one itself, or it answers them in clear with
 * INVALID_IKE_SPI. A new setup alone proves nothing, re-authentication looks the same; one that the former responder begins,
 * and that takes over the traffic of an IKE SA which nobody deletes, is that of a daemon that has forgotten it.
 */
export const peerRestarted = defineRule({
  code: "peer-restarted",
  severity: "warning",
  title: "The peer lost the state of the tunnel",
  explanation:
    "One side no longer knows the IKE SA that the other still uses: it was restarted, or another node took over without its state.",
  signature:
    "INVALID_IKE_SPI (IKEv1: INVALID-COOKIE) in clear answers on an established IKE SA, or the peer begins a new IKE SA while the old one is in use, and the old one is never answered again. Or requests on an IKE SA, or ESP, have no answer, and the log of the silent side has a start of its daemon since that SA was made. Critical if that notify comes and the ESP of that side has stopped.",
  remedies: ["The peer's log: a start of the daemon or a fail-over at that time; find out why.", ...SOONER],
  commands: ["deadPeer", "restart", "log"],
  references: ["RFC 7296 section 2.4"],
  detect: (context) => byClearNotify(context) ?? restartByLog(context) ?? byNewIkeSa(context),
});

function byNewIkeSa(context: TunnelContext): Verdict | null {
  const found = bySilence(context) ?? byReplacement(context);
  return found === null || forgottenMapping(context) !== null ? null : found;
}

function bySilence(context: TunnelContext): Verdict | null {
  const found = unansweredLater(context).findLast((one) => isRestart(context, one));
  const anew = found === undefined ? undefined : beginsAnew(context.setups, found);
  const opening = anew?.progress.opening[0]?.request;
  if (found === undefined || anew === undefined || opening == null) return null;
  const { silent, asker, request } = found;
  return {
    ...(anew.progress.state === "up" ? MENDED : severityOf(context, found)),
    confidence: "likely",
    provenance: "inferred",
    phase: "INFORMATIONAL",
    headline: say`${silent.address} ignored the old IKE SA and began a new one: it restarted or lost its state`,
    summary: say`The IKE SA was up for ${asker.address}, but ${silent.address} no longer answered on it and began a new setup itself. It has lost the old SA: a restart of daemon or host, or a fail-over without state.`,
    evidence: [
      ...evidenceOf(request, "request on the old IKE SA, unanswered", 3),
      ...evidenceOf(opening, say`${silent.address} begins a new IKE SA`, 1),
    ],
    rivals: [
      {
        code: "dpd-timeout",
        separatedBy: say`the log of ${silent.address}: a start of the daemon at that time, or a liveness check of its own that failed`,
      },
    ],
  };
}

function byReplacement(context: TunnelContext): Verdict | null {
  const setups = completeSetups(context);
  for (const [index, next] of setups.entries()) {
    const old = setups[index - 1];
    const opening = next.progress.opening[0]?.request;
    if (old === undefined || opening == null || !replaces(context, old, next)) continue;
    return {
      ...MENDED,
      confidence: "possible",
      provenance: "inferred",
      phase: "IKE_SA_INIT",
      headline: say`${next.sa.initiator.address} began a new tunnel although the old one was up and not deleted: it restarted or lost its state`,
      summary: say`The tunnel was up and in use, begun by ${old.sa.initiator.address}. Then ${next.sa.initiator.address} began a new one, which took over the traffic at once, and the old one was never deleted on the wire. Whoever still knows the old SA deletes it, so ${next.sa.initiator.address} had probably forgotten it.`,
      evidence: [
        ...evidenceOf(old.progress.authentication.at(-1)?.response ?? null, "the old IKE SA comes up", 1),
        ...evidenceOf(opening, say`${next.sa.initiator.address} begins a new IKE SA`, 1),
      ],
      rivals: [
        {
          code: "reauth-gap",
          separatedBy: say`the log of ${next.sa.initiator.address}: a start of the daemon at that time, or a re-authentication`,
        },
      ],
      ...confirmedByLog(context, next.sa.initiator.address, old.sa, next.sa.firstTime),
    };
  }
  return null;
}

function replaces(context: TunnelContext, old: UpSetup, next: UpSetup): boolean {
  const { tunnel, setups } = context;
  if (old.sa.majorVersion !== 2 || old.sa.initiator.address !== next.sa.responder.address) return false;
  if (next.sa.firstTime < old.upAt + NOT_CROSSING || old.sa.lastTime >= next.sa.firstTime) return false;
  const last = lastExchange(old.sa);
  // Without the algorithms no length tells a delete: an answered INFORMATIONAL of the one who begins anew at once may be it.
  const isDeleted =
    old.progress.suite === null
      ? endedForNext(old, next) !== null
      : last !== undefined && deleteLike(old, last, PAST_ANNOUNCEMENTS_US.mostly) !== null;
  // A rekeyed IKE SA lives on under other SPIs, which begin without IKE_SA_INIT.
  const isRekeyed = setups.some(({ sa }) => !sa.startSeen && sa.firstTime > old.upAt);
  const up = firstSighting(next.progress.authentication.at(-1)?.response ?? null);
  if (isDeleted || isRekeyed || up === undefined || silenceAfter(context, up) < DELETE_DUE) return false;
  const before = tunnel.streams.filter(({ firstTime }) => firstTime < next.sa.firstTime);
  const after = tunnel.streams.filter(({ firstTime }) => firstTime >= next.sa.firstTime);
  const bothWays = (streams: typeof before): boolean =>
    new Set(streams.map(({ source }) => canonicalOf(tunnel, source))).size > 1;
  const isOver = before.every(({ lastTime }) => lastTime < next.upAt);
  return bothWays(before) && bothWays(after) && isOver;
}

function byClearNotify(context: TunnelContext): Verdict | null {
  const found = disownedIkeSa(context);
  if (found === null) return null;
  const { setup, answer, asked, notify } = found;
  const { sa, progress } = setup;
  const { address } = answer.source;
  const age =
    progress.upAt === null ? "" : say`, ${humanDuration(answer.time - progress.upAt)} after the setup`;
  const isMended = healedAfter(context, answer.time, setup);
  // The message alone may be forged; that its ESP has stopped, too, may not.
  const stopped = isMended ? null : stoppedAnswers(context);
  const isDead =
    stopped !== null && stopped.isSure && stopped.silent.source === canonicalOf(context.tunnel, address);
  return {
    ...(isMended ? MENDED : isDead ? { severity: "critical" as const } : {}),
    confidence: "likely",
    provenance: "deduced",
    phase: "INFORMATIONAL",
    headline: say`${address} says that it does not know the IKE SA any more (${notify})${isDead ? ", and its ESP has stopped" : ""}`,
    summary: joined(
      say`The IKE SA was in use, and ${address} answers a request on it in clear with ${notify}${age}. `,
      isDead
        ? say`No ESP of ${address} comes any more either, while ${stopped.asking.source} goes on for ${humanDuration(stopped.asking.lastTime - stopped.stoppedAt)}: the Child SA is gone with it. `
        : "",
      "The message claims that the SA is gone there: a restart, or a fail-over without state. It is not authenticated, so the other side may go on until its own liveness check fails.",
    ),
    evidence: [
      ...(isDead ? [lastOf(stopped.silent.last, say`last ESP packet of ${address}`)] : []),
      ...(asked === undefined ? [] : [evidenceAt(asked, "request on the IKE SA")]),
      evidenceAt(answer, say`${notify} in clear`),
    ],
    rivals: [
      {
        code: "load-balancer-split",
        separatedBy: "the logs of all nodes behind that address: whether another one still holds the SA",
      },
    ],
    ...confirmedByLog(context, address, sa, answer.time),
  };
}
