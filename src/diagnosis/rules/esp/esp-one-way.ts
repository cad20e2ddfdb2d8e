import { humanDuration } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import type { Tunnel } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { brokenEspOf } from "../../facts/broken-esp.js";
import { waysOf } from "../../facts/esp-ways.js";
import { type OneWayKind, oneWayKind } from "../../facts/one-way-traffic.js";
import { birthsOf } from "../../../session/esp/births.js";
import { byDirection, ikeFromSilentSide } from "../../facts/one-direction.js";
import type { Sighting } from "../../../session/model.js";
import { stoppedAnswers } from "../../facts/answers-stop.js";
import { evidenceAt } from "../../evidence.js";
import { canonicalOf, lastOf } from "../../facts/sides.js";
import { sightingsOf } from "../../facts/sightings.js";
import { staleSpi } from "../../facts/stale-spi.js";
import { movedAsker } from "../../facts/moved-asker.js";
import { defineRule } from "../../rule.js";

/** Fewer packets, or less time, may just be the beginning of a conversation. */
const PACKETS = 4;
const TIME = 2_500_000;
/** Of a new SA's numbers: what came before the first packet that was seen may be lost. */
const FIRST_NUMBERS = 4;

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
    "ESP of one side counts up and none of the other side comes, though both sides' IKE messages are seen here: on a new SA at intervals of pings, or repeated as TCP does. Other traffic on a new SA, and pings on an older one or without an end, make it a possible warning; packets of many sizes, as log messages have, an explanation. Or packets took turns, and then one direction stops while the other goes on with the same sizes and IKE still comes.",
  remedies: [
    "At the silent side: do the packets arrive and get decrypted ('ip -s xfrm state', 'swanctl --list-sas': bytes in)? If not: a firewall on the way drops ESP or UDP 4500 data.",
    "If they are decrypted there: routing behind the silent side, its firewall towards the inner network, and a NAT rule that catches the replies before IPsec.",
    "Compare the selectors: replies must match the Child SA's traffic selectors to be encrypted.",
  ],
  commands: ["status", "route", "firewall"],
  references: ["RFC 4301 section 5.1"],
  needs: ["rates"],
  yieldsTo: ["esp-blocked"],
  detect: (context) => neverAnswered(context) ?? noLongerAnswered(context),
});

function neverAnswered(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  // The other direction may be among those.
  if (tunnel.streamsNotKept > 0) return null;
  const directions = byDirection(tunnel);
  const [forward] = directions;
  if (directions.length !== 1 || forward === undefined) return null;
  const { source, destination, packets, firstTime, lastTime } = forward;
  if (packets < PACKETS || lastTime - firstTime < TIME) return null;
  if (brokenEspOf(tunnel, destination).length > 0) return null;
  const proof = ikeFromSilentSide(context, forward);
  const kind = oneWayKind(waysOf(tunnel)[0]?.streams ?? [], context.capture.observations.lastTime ?? 0);
  const gravity = gravityOf(kind, tunnel, forward.first);
  if (proof === null || gravity === null) return null;
  return {
    ...gravity,
    provenance: "deduced",
    phase: "ESP",
    headline: `ESP flows from ${source} to ${destination} only (${packets} packets in ${humanDuration(lastTime - firstTime)}, none back)`,
    summary:
      `${source} sent ${packets} ESP packets to ${destination} in ${humanDuration(lastTime - firstTime)} and not one came back, while IKE ` +
      `messages of ${destination} are seen here. ${sideOfOneWay(context, source)}`,
    evidence: [
      {
        frame: forward.first.firstFrame,
        time: forward.first.firstTime,
        nanos: 0,
        text: `first ESP packet ${source} -> ${destination}`,
      },
      {
        frame: forward.last.lastFrame,
        time: forward.last.lastTime,
        nanos: 0,
        text: `last of ${packets} ESP packets, none in the other direction`,
      },
      proof,
    ],
    rivals: [
      {
        code: "esp-absent",
        separatedBy:
          kind === "pings" || kind === "repeats"
            ? `a ping to the inner address of ${destination} itself or to another host behind it: if that is answered, the tunnel works and only the host that was asked is silent (its own firewall, or it is off)`
            : `whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${destination}: whether the replies leave in clear`,
      },
    ],
  };
}

/**
 * Traffic that needs answers, on an SA that never had another direction, is a fault. What else an SA carries from its birth on,
 * or pings on one that is older, is only possible: log messages look so too. Of the rest nothing is known.
 */
function gravityOf(
  kind: OneWayKind,
  tunnel: Tunnel,
  first: EspStream,
): Pick<Verdict, "severity" | "confidence"> | null {
  const isBorn =
    first.firstSequence <= FIRST_NUMBERS &&
    birthsOf(tunnel.ikeSas).some(({ time }) => time <= first.firstTime);
  switch (kind) {
    case "repeats":
      return { confidence: "likely" };
    case "pings":
      return isBorn ? { confidence: "likely" } : POSSIBLE;
    case "beats":
      return POSSIBLE;
    case "reports":
      return isBorn ? { severity: "info", confidence: "possible" } : null;
    case "unclear":
      return isBorn ? POSSIBLE : null;
  }
}

const POSSIBLE = { severity: "warning", confidence: "possible" } as const;

/** Of the silent side's IKE messages one must be later than this behind its last ESP packet. */
const LATER = 1_000_000;

/** Answers that stop in the middle of traffic while IKE of the silent side still comes. */
function noLongerAnswered(context: TunnelContext): Verdict | null {
  const stopped = stoppedAnswers(context);
  if (stopped === null || staleSpi(context) !== null || movedAsker(context) !== null) return null;
  const { asking, silent, stoppedAt, turns, after } = stopped;
  const proof = ikeAfter(context, silent.source, stoppedAt + LATER);
  if (proof === null) return null;
  const span = humanDuration(asking.lastTime - stoppedAt);
  return {
    confidence: "likely",
    provenance: "inferred",
    phase: "ESP",
    headline: `ESP of ${silent.source} stops, while ${asking.source} goes on for ${span} and IKE is still answered`,
    summary:
      `Traffic took turns (${turns} answers of ${silent.source}), then ESP of ${silent.source} ends while ${asking.source} goes on with packets of the same sizes (at least ${after} in ${span}). ` +
      `IKE of ${silent.source} still comes, so the peer lives and the way for IKE is open. ${sideOfOneWay(context, asking.source)}`,
    evidence: [
      lastOf(silent.last, `last ESP packet of ${silent.source}`),
      evidenceAt(proof, `an IKE message of ${silent.source} later`),
      lastOf(asking.last, `ESP of ${asking.source} goes on`),
    ],
    rivals: [
      {
        code: "esp-absent",
        separatedBy: `a ping to another host behind ${silent.source}: if that is answered, the tunnel works and the host that was asked is silent`,
      },
      {
        code: "nat-mapping-changed",
        separatedBy: `a capture at ${silent.source}: whether its answers leave, and to which address and port`,
      },
      {
        code: "plaintext-leak",
        separatedBy: `a capture at ${silent.source}: whether the replies leave in clear`,
      },
    ],
  };
}

/** The first IKE message of that end after `time`. */
function ikeAfter({ setups, tunnel }: TunnelContext, address: string, time: number): Sighting | null {
  return (
    setups
      .flatMap(({ sa }) => sightingsOf(sa))
      .filter((sighting) => sighting.time > time && canonicalOf(tunnel, sighting.source.address) === address)
      .toSorted((a, b) => a.time - b.time)[0] ?? null
  );
}

/** Where to look, as far as the sniffer's place tells. */
function sideOfOneWay({ vantage, setups }: TunnelContext, source: string): string {
  const initiator = setups[0]?.sa.initiator.address;
  const near =
    (vantage.place === "near-initiator" && source === initiator) ||
    (vantage.place === "near-responder" && source !== initiator);
  if (near) {
    return "Seen near the sender: its packets leave; either they or the answers are lost on the way, or the other side does not answer.";
  }
  if (vantage.place === "near-initiator" || vantage.place === "near-responder") {
    return "Seen near the receiver: the packets arrive there and no answer leaves, so look at that host and the network behind it.";
  }
  return "Where the answers are lost cannot be told from this place.";
}
