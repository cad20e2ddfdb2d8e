import { hex32 } from "../../../bytes/hex.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { brokenEspOf } from "../../facts/esp/broken-esp.js";
import { mayBePings, oneWayGravity, POSSIBLE } from "../../facts/esp/one-way-gravity.js";
import {
  COMPARE_SELECTORS,
  DO_THEY_ARRIVE,
  IF_DECRYPTED,
  sideOfOneWay,
} from "../../facts/esp/one-way-side.js";
import { carrierOf, momentOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { askedFor, oneWayChild } from "../../facts/esp/one-way-child.js";
import { type OneWayKind, oneWayKind, varyInSize } from "../../facts/esp/one-way-traffic.js";
import { countLines, isCountedUnseen } from "../../facts/esp/counted-one-way.js";
import { countedOneWayVerdict } from "../../facts/esp/counted-one-way-verdict.js";
import { forgottenEsp } from "../../facts/host/forgotten-sa.js";
import { byDirection, type Direction, ikeFromSilentSide, sinceRekey } from "../../facts/esp/one-direction.js";
import { ikeInVain } from "../../facts/silence/ike-in-vain.js";
import { noLongerAnswered } from "../../facts/silence/answers-stop-verdict.js";
import { childNoLongerAnswered } from "../../facts/silence/stopped-child-verdict.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Fewer packets, or less time, may be the first ones of a TCP connection or a ping that is answered in a moment. */
const ASKING_PACKETS = 3;
const ROUND_TRIP_US: Micros = 1_000_000;
/** An answer that takes longer than this does not come any more. */
const SLOW_ANSWER_US: Micros = 2_500_000;

/**
 * One direction's SPI counts up, the other has none, while IKE is seen in both directions (so the sniffer sees both
 * ways); or traffic took turns, and then one direction stops while the other goes on as before and IKE still comes from
 * the silent side. Traffic that needs no answer looks otherwise: see {@link noLongerAnswered}.
 */
export const espOneWay = defineRule({
  code: "esp-one-way",
  severity: "critical",
  title: "Encrypted traffic flows in one direction only",
  explanation:
    "One side sends ESP packets and none comes back, although both sides' IKE messages are seen here.",
  signature:
    "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here: on a new SA at intervals of pings, or repeated as TCP does. Other traffic on a new SA, and pings on an older one or without an end, make it a possible warning; packets of many sizes, as log messages have, an explanation. Or one of several Child SAs is never answered, or no longer (possible). Or packets took turns, and then one direction stops while the other goes on with the same sizes and IKE still comes. Or counters of both directions of a Child SA ('swanctl --list-sas', 'ip -s xfrm state') say that its receiver has none of what was sent (certain), or has decrypted it and sent nothing back (a warning).",
  remedies: [DO_THEY_ARRIVE, IF_DECRYPTED, COMPARE_SELECTORS],
  commands: ["status", "route", "firewall"],
  references: ["RFC 4301 section 5.1"],
  needs: ["rates"],
  yieldsTo: [
    "esp-blocked",
    "path-lost",
    "icmp-protocol-unreachable",
    "nat-clients-collide",
    "nat-mapping-expired",
  ],
  onlyWith: ["esp"],
  detect: (context) =>
    countedOneWayVerdict(context) ??
    neverAnswered(context) ??
    noLongerAnswered(context) ??
    childNeverAnswered(context) ??
    childNoLongerAnswered(context) ??
    unansweredSinceRekey(context),
});

/** One of several Child SAs has packets in one direction only: its subnets, or its SPI, and no more than those. */
function childNeverAnswered(context: TunnelContext): Verdict | null {
  const found = oneWayChild(context);
  if (found === null) return null;
  const { espSa, answered } = found;
  const span = humanDuration(askedFor(found));
  const kind = oneWayKind(espSa.streams, context.capture.observations.lastTime ?? 0);
  const wantsAnswers = kind === "repeats" || kind === "pings";
  // Reports that leave beside it for long need no answer; who waits for one does not go on for longer.
  const isShort = mayBePings(espSa.packets, askedFor(found));
  if (!wantsAnswers && (!isShort || varyInSize(espSa.streams))) return null;
  const side = sideOfOneWay(context, espSa.source, espSa.destination, null);
  return {
    ...(wantsAnswers ? { confidence: "possible" as const } : POSSIBLE),
    provenance: "deduced",
    phase: "ESP",
    headline: say`one Child SA is never answered: SPI ${hex32(espSa.spi)} from ${espSa.source} to ${espSa.destination} (${espSa.packets} packets in ${span}, none back)`,
    summary: joined(
      say`${espSa.source} sent ${espSa.packets} ESP packets with SPI ${hex32(espSa.spi)} in ${span}, and no packet of that Child SA came back, while another Child SA of the same peers has packets both ways. `,
      say`So this capture holds both directions, and the path for ESP is open. `,
      side.text,
    ),
    evidence: [
      ...momentOf(
        { frame: espSa.firstFrame, time: espSa.firstTime },
        say`first ESP packet of SPI ${hex32(espSa.spi)}`,
      ),
      ...momentOf(
        { frame: espSa.lastFrame, time: espSa.lastTime },
        say`last of ${espSa.packets} ESP packets, none in the other direction`,
      ),
      ...[answered.forward, answered.backward].flatMap((other) =>
        other?.source === espSa.destination
          ? momentOf(
              { frame: other.lastFrame, time: other.lastTime },
              say`ESP of ${espSa.destination} in another Child SA`,
            )
          : [],
      ),
    ],
    ...side.steps,
    rivals: [
      {
        code: "esp-absent",
        separatedBy: say`a ping through this Child SA to the inner address of ${espSa.destination} itself: if that is answered, the Child SA works and only the host that was asked is silent`,
      },
      {
        code: "esp-asymmetric-spi",
        separatedBy: say`the counters of each SA at ${espSa.destination}: whether the replies leave in another Child SA`,
      },
    ],
  };
}

function neverAnswered(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  const directions = byDirection(tunnel);
  const [forward] = directions;
  if (directions.length !== 1 || forward === undefined) return null;
  const kind = oneWayKind(
    espDirectionsOf(tunnel)[0]?.streams ?? [],
    context.capture.observations.lastTime ?? 0,
  );
  const grave = oneWayGravity(kind, tunnel, forward);
  return grave === null ? null : oneDirection(context, forward, kind, grave);
}

/** The verdict that packets of one side since a rekey want answers, and none comes; the traffic that was answered before may have ended with it. */
function unansweredSinceRekey(context: TunnelContext): Verdict | null {
  const { tunnel, capture } = context;
  const forward = sinceRekey(tunnel);
  if (forward === null) return null;
  const streams = tunnel.streams.filter(({ firstTime }) => firstTime >= forward.firstTime);
  const kind = oneWayKind(streams, capture.observations.lastTime ?? 0);
  if (kind !== "pings" && kind !== "repeats") return null;
  const found = oneDirection(context, forward, kind, { confidence: "possible" });
  const { source, destination, packets, firstTime, lastTime } = forward;
  return found === null
    ? null
    : {
        ...found,
        headline: say`since the rekey ${carrierOf(forward.first)} flows from ${source} to ${destination} only (${packets} packets in ${humanDuration(lastTime - firstTime)}, none back)`,
      };
}

/** Packets of one direction alone, while IKE of the other side is seen. */
function oneDirection(
  context: TunnelContext,
  forward: Direction,
  kind: OneWayKind,
  grave: Pick<Verdict, "severity" | "confidence">,
): Verdict | null {
  const { tunnel } = context;
  // The other direction may be among those.
  if (tunnel.streamsNotKept > 0) return null;
  const { source, destination, packets, firstTime, lastTime } = forward;
  const waited = lastTime - firstTime;
  if (packets < ASKING_PACKETS || waited < ROUND_TRIP_US) return null;
  if (brokenEspOf(tunnel, destination).length > 0) return null;
  const proof = ikeFromSilentSide(context, forward);
  const gravity =
    grave.confidence === "likely" && waited < SLOW_ANSWER_US
      ? { ...grave, confidence: "possible" as const }
      : grave;
  // The process that had the states is gone: that is told of the peer.
  if (proof === null || forgottenEsp(context, destination) !== null || isCountedUnseen(context)) return null;
  const carrier = carrierOf(forward.first);
  const side = sideOfOneWay(context, source, destination, firstTime);
  const isLater = proof.time > lastTime;
  return {
    ...gravity,
    provenance: "deduced",
    phase: "ESP",
    headline: say`${carrier} flows from ${source} to ${destination} only (${packets} packets in ${humanDuration(lastTime - firstTime)}, none back)`,
    summary: joined(
      say`${source} sent ${packets} ${carrier} packets to ${destination} in ${humanDuration(waited)} and not one came back${isLater ? say`; IKE messages of ${destination} are seen here ${humanDuration(proof.time - lastTime)} after the last of them. ` : say`, while IKE messages of ${destination} are seen here. `}`,
      (isLater ? ikeInVain(context, source, firstTime) : null) ?? "",
      side.text,
    ),
    evidence: [
      {
        frame: forward.first.firstFrame,
        time: forward.first.firstTime,
        nanos: 0,
        text: say`first ${carrier} packet ${source} -> ${destination}`,
      },
      {
        frame: forward.last.lastFrame,
        time: forward.last.lastTime,
        nanos: 0,
        text: say`last of ${packets} ${carrier} packets, none in the other direction`,
      },
      proof,
    ],
    ...side.steps,
    lines: countLines(context),
    rivals: [
      {
        code: "esp-absent",
        separatedBy:
          kind === "pings" || kind === "repeats"
            ? say`a ping to the inner address of ${destination} itself or to another host behind it: if that is answered, the tunnel works and only the host that was asked is silent (its own firewall, or it is off)`
            : `whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells`,
      },
      {
        code: "plaintext-leak",
        separatedBy: say`a capture at ${destination}: whether the replies leave in clear`,
      },
    ],
  };
}
