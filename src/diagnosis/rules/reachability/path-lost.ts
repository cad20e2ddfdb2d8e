import { sightingsOf } from "../../../session/sightings.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import { stoppedAnswers } from "../../facts/silence/answers-stop.js";
import { sendsBrokenEspAfter } from "../../facts/esp/broken-esp.js";

import { arrivedAt } from "../../facts/esp/one-way-side.js";
import { isNear } from "../../facts/side.js";
import { evidenceOf, triesText } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { messageName } from "../../phases.js";
import { canonicalOf, lastOf } from "../../facts/sides.js";
import { CARRIED_EVERYWHERE } from "../../facts/esp/mtu-advice.js";
import { staleSpi } from "../../facts/esp/stale-spi.js";
import { type Unanswered, unansweredLater } from "../../facts/silence/unanswered.js";
import { answeredByLog, loggedRequests, partsOf } from "../../facts/host/logged-requests.js";
import { severityOf, sideOfSilence } from "../../facts/silence/unanswered-verdict.js";
import { servesOthersAfter } from "../../facts/nat/served-others.js";
import { isMoved, movedAsker } from "../../facts/nat/moved-asker.js";
import { isRefusedByIcmp } from "../../facts/icmp-errors.js";
import { mayBeReplaced } from "../../facts/life/came-up-instead.js";
import { isRestart } from "../../facts/life/restarts.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Steady traffic: a few packets, and one a second at least. Of less, the last packet tells nothing about the path. */
const STEADY_PACKETS = 4;
const STEADY_GAP: Micros = 1_000_000;
/** Own ESP goes on at least so long behind the peer's last packet. */
const GOES_ON: Micros = 5_000_000;
/** Liveness checks begin within this time of the last packet; what is asked later says nothing of that moment. */
const ASKED_SOON: Micros = 60_000_000;

interface Loss {
  readonly found: Unanswered;
  readonly last: EspStream;
  readonly own: EspStream;
}

/**
 * Steady ESP of the peer stops at one moment, IKE requests after it stay unanswered, and own ESP goes on: all that the peer
 * sends is cut off at once. Where its ESP goes on, it is `dpd-timeout`; where IKE is still answered, `esp-one-way`.
 */
export const pathLost = defineRule({
  code: "path-lost",
  severity: "critical",
  title: "The path to the peer, or the whole peer, failed at one moment",
  explanation:
    "The tunnel worked and carried traffic; then all packets of the peer, ESP and IKE, stopped at once, while this side went on sending.",
  signature:
    "Steady ESP of one peer stops, IKE requests of the other side begun within a minute of that stay unanswered, and the other side's own ESP goes on for at least 5 s.",
  remedies: [
    "At that time: link and interface events, routing changes, provider outages and WAN fail-over on both sides.",
    "Ping or traceroute the peer's address outside of the tunnel: if it answers, only IPsec traffic is cut (a firewall state or policy change).",
    "If the peer has a second line: MOBIKE or a second tunnel takes over if both ends support it.",
  ],
  commands: ["route", "deadPeer", "status"],
  references: ["RFC 7296 section 2.4"],
  needs: ["rates"],
  yieldsTo: ["nat-clients-collide"],
  onlyWith: ["esp"],
  detect: (context) => {
    if (isRefusedByIcmp(context)) return null;
    return whileAsking(context) ?? inMidTraffic(context);
  },
});

/**
 * As above, but nobody asks by IKE: traffic that took turns ends on one side at one moment, and no IKE of that side comes
 * any more either. Not said where the packets arrive at the silent side, whose host would be the one to look at.
 */
function inMidTraffic(context: TunnelContext): Verdict | null {
  const { tunnel, setups } = context;
  const stopped = stoppedAnswers(context);
  if (
    stopped === null ||
    !stopped.isSure ||
    stopped.resumedAt !== null ||
    isNear(context, stopped.silent.source)
  )
    return null;
  // Both explain the same silence, and know more.
  if (staleSpi(context) !== null || movedAsker(context) !== null) return null;
  const { asking, silent, stoppedAt, turns, after } = stopped;
  if (arrivedAt(context, asking.source, silent.source, stoppedAt) !== null) return null;
  const heard = setups
    .flatMap(({ sa }) => sightingsOf(sa))
    .filter(({ source }) => canonicalOf(tunnel, source.address) === silent.source)
    .map(({ time }) => time);
  if (heard.length === 0 || heard.some((time) => time > stoppedAt)) return null;
  if (servesOthersAfter(context, silent.source, stoppedAt)) return null;
  const span = humanDuration(asking.lastTime - stoppedAt);
  const smallest = smallestOfLarge(asking.streams, stoppedAt, after);
  const asked = unansweredLater(context).find(
    ({ silent: { address }, firstTry }) => address === silent.source && firstTry > stoppedAt,
  );
  return {
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: say`all packets of ${silent.source} stop at one moment, while ${asking.source} goes on sending for ${span}`,
    summary: joined(
      say`The tunnel worked: packets of ${silent.source} answered those of ${asking.source} ${turns} times. After the last of them nothing comes any more, neither ESP nor IKE, while ${asking.source} goes on with packets of the same sizes (at least ${after} in ${span}). `,
      say`Either the way from ${silent.source} or that peer itself failed, or it moved to another address and could not say so. `,
      asked === undefined
        ? "Nobody asked by IKE, so the host behind it that answered may also be all that is gone."
        : say`What ${asking.source} asks by IKE later has no answer either (${triesText(asked.request)}).`,
    ),
    evidence: [
      lastOf(silent.last, say`last ESP packet of ${silent.source}; no IKE of it follows either`),
      lastOf(asking.last, say`${asking.source} still sends ESP`),
    ],
    rivals: [
      ...(smallest === null
        ? []
        : [
            {
              code: "esp-large-packets-lost" as const,
              separatedBy: say`a small ping through the tunnel: all packets behind that moment have ${smallest} bytes or more, and if the ping is answered, only packets so large are lost`,
            },
          ]),
      {
        code: "esp-one-way",
        separatedBy: say`a liveness check, or a ping to another host behind ${silent.source}: if that is answered, only the host that was asked is silent`,
      },
      {
        code: "mobike-failed",
        separatedBy: say`the log of ${silent.source}: whether its address changed at that moment`,
      },
      {
        code: "capture-one-direction",
        separatedBy:
          "a second capture: whether the sniffer still sees both directions of other peers after that moment",
      },
    ],
  };
}

/** The size, in bytes, of the smallest packet behind `time` where all of them, `count` at least, are large; null where some are not. */
function smallestOfLarge(streams: readonly EspStream[], time: Micros, count: number): number | null {
  const sizes = streams.flatMap(({ sizes: { lastLarge } }) =>
    lastLarge.filter((packet) => packet.time > time).map(({ bytes }) => bytes),
  );
  const smallest = Math.min(...sizes);
  return sizes.length >= count && smallest > CARRIED_EVERYWHERE ? smallest : null;
}

function whileAsking(context: TunnelContext): Verdict | null {
  const losses = unansweredLater(context).flatMap((found) => lossOf(context, found));
  const loss = losses[0];
  if (loss === undefined) return null;
  const { found, last, own } = loss;
  const { asker, silent, request, exchange, setup } = found;
  const name = messageName(setup.sa, exchange, "request");
  const logged = loggedRequests(context, asker, silent, request);
  const replaced =
    silent.address === setup.sa.responder.address ? mayBeReplaced(context, setup.sa, last.lastTime) : null;
  return {
    ...severityOf(context, found),
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: joined(
      say`all packets of ${silent.address} stop at one moment, while ${asker.address} goes on sending for ${humanDuration(own.lastTime - last.lastTime)}`,
      answeredByLog(logged),
    ),
    summary: joined(
      say`The tunnel worked: ${silent.address} had sent ${distinctPackets(last)} ESP packets without a pause. After the last of them nothing comes any more, neither ESP nor an answer to ${name} (${triesText(request)}), while ${asker.address} still sends ESP. `,
      say`ESP and IKE do not fail together unless the path or the whole peer does. ${sideOfSilence(context, found, logged)}`,
    ),
    evidence: [
      {
        frame: last.lastFrame,
        time: last.lastTime,
        nanos: 0,
        text: say`last ESP packet of ${silent.address}`,
      },
      ...evidenceOf(request, say`${name}, unanswered`, 3),
      { frame: own.lastFrame, time: own.lastTime, nanos: 0, text: say`${asker.address} still sends ESP` },
    ],
    ...partsOf(logged),
    rivals:
      logged?.kind === "answered"
        ? []
        : [
            ...(replaced === null ? [] : [replaced]),
            {
              code: "dpd-timeout",
              separatedBy: say`whether ${silent.address} was up at that moment (its log, its uptime): if it was not, the peer failed and not the path`,
            },
          ],
  };
}

function lossOf(context: TunnelContext, found: Unanswered): Loss[] {
  const { tunnel } = context;
  const { silent, asker, firstTry, setup } = found;
  if (isRestart(context, found) || isMoved(context, found)) return [];
  const last = latest(tunnel.streams.filter(({ source }) => canonicalOf(tunnel, source) === silent.address));
  const own = latest(tunnel.streams.filter(({ source }) => canonicalOf(tunnel, source) === asker.address));
  if (last === undefined || own === undefined || !isSteady(last) || distinctPackets(own) < STEADY_PACKETS)
    return [];
  const stopped = last.lastTime;
  if (servesOthersAfter(context, silent.address, stopped)) return [];
  if (sendsBrokenEspAfter(tunnel, silent.address, stopped)) return [];
  if (own.lastTime - stopped < GOES_ON || firstTry <= stopped || firstTry - stopped > ASKED_SOON) return [];
  const isHeardLater = sightingsOf(setup.sa).some(
    ({ source, time }) => time > stopped && canonicalOf(tunnel, source.address) === silent.address,
  );
  return isHeardLater ? [] : [{ found, last, own }];
}

function latest(streams: readonly EspStream[]): EspStream | undefined {
  return streams.toSorted((a, b) => b.lastTime - a.lastTime)[0];
}

function isSteady(stream: EspStream): boolean {
  const { firstTime, lastTime } = stream;
  const packets = distinctPackets(stream);
  return packets >= STEADY_PACKETS && (lastTime - firstTime) / (packets - 1) <= STEADY_GAP;
}
