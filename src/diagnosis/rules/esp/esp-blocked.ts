import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { Sighting } from "../../../session/model.js";
import { childSaCreations } from "../../../session/esp/child-sa-creations.js";
import type { EspSa } from "../../../session/esp/child-sa.js";
import { isFresh } from "../../../session/esp/child-sas.js";
import { firstSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { countedOneWay, isCountedUnseen } from "../../facts/esp/counted-one-way.js";
import { brokenEspOf } from "../../facts/esp/broken-esp.js";
import { evidenceAt } from "../../evidence.js";
import { type EspDirection, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { wasThereAt } from "../../facts/life/ike-later.js";
import { isNear } from "../../facts/side.js";
import type { Verdict } from "../../finding.js";
import { byDirection } from "../../facts/esp/one-direction.js";
import { oneWayGravity, POSSIBLE } from "../../facts/esp/one-way-gravity.js";
import { arrivedAt } from "../../facts/esp/one-way-side.js";
import { oneWayKind } from "../../facts/esp/one-way-traffic.js";
import { firstOf, lastOf } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Fewer packets, or less time, may just be the beginning of a conversation. */
const FLOW_PACKETS = 4;
const TIME: Micros = 2_500_000;
const FIRST_NUMBER = 1;

/** ESP as protocol 50 leaves from the birth of the SA on, none ever comes, and IKE over UDP is answered meanwhile. */
function isBlocked(
  context: TunnelContext,
): { readonly direction: EspDirection; readonly proof: Sighting } | null {
  const directions = espDirectionsOf(context.tunnel);
  const [direction] = directions;
  if (directions.length !== 1 || direction === undefined) return null;
  const { source, destination, packets, firstTime, lastTime, streams, espSas } = direction;
  if (packets < FLOW_PACKETS || lastTime - firstTime < TIME) return null;
  if (!espSas.some((espSa) => isSeenFromBirth(espSa, context))) return null;
  if (streams.some(({ encapsulation }) => encapsulation !== "esp")) return null;
  if (brokenEspOf(context.tunnel, destination).length > 0) return null;
  // ESP that arrives at its receiver was not blocked.
  if (
    isNear(context, destination) ||
    arrivedAt(context, source, destination, null) !== null ||
    !context.setups.some((setup) => isUpBefore(setup, firstTime))
  ) {
    return null;
  }
  const proof = answerDuring(context, source, firstTime);
  return proof === null ? null : { direction, proof };
}

/** Before a capture that starts late a few packets may have gone, and been answered. */
function isSeenFromBirth(espSa: EspSa, { tunnel }: TunnelContext): boolean {
  const isWhole = espSa.firstSequence === FIRST_NUMBER;
  return (
    isWhole || (isFresh(espSa) && childSaCreations(tunnel.ikeSas).some(({ time }) => time <= espSa.firstTime))
  );
}

/** Read from a later exchange, and so from the answer to IKE_AUTH on: its own length may tell nothing under a suite that is cut off. */
function isUpBefore({ progress: { upAt, authentication } }: Setup, time: Micros): boolean {
  const accepted = firstSighting(authentication.at(-1)?.response ?? null)?.time ?? Infinity;
  return upAt !== null && Math.min(upAt, accepted) <= time;
}

/** A request of the sender that the silent side answered after ESP began. */
function answerDuring({ setups }: TunnelContext, source: string, after: Micros): Sighting | null {
  for (const { sa } of setups) {
    // A peer that answers a new setup may have forgotten the SA whose ESP leaves.
    if (!wasThereAt(sa, after)) continue;
    for (const { request, response } of sa.exchanges) {
      const [asked, answered] = [firstSighting(request), firstSighting(response)];
      if (asked === undefined || answered === undefined || asked.time < after) continue;
      if (asked.source.address === source || answered.source.address === source) return answered;
    }
  }
  return null;
}

/** Log messages, heartbeats and other streams that need no answer may be all that the SA carries: graded as one-way traffic is. */
function gravityOf(
  { streams }: EspDirection,
  { capture, tunnel }: TunnelContext,
): Pick<Verdict, "severity" | "confidence"> {
  const kind = oneWayKind(streams, capture.observations.lastTime ?? 0);
  const [direction] = byDirection(tunnel);
  return (direction === undefined ? null : oneWayGravity(kind, tunnel, direction)) ?? POSSIBLE;
}

export const espBlocked = defineRule({
  code: "esp-blocked",
  severity: "critical",
  title: "ESP as IP protocol 50 is blocked",
  explanation:
    "The SA is up and IKE over UDP passes both ways, but ESP, which travels as an IP protocol of its own without NAT, leaves and none ever comes. Firewalls, home routers and mobile networks often pass UDP and drop protocol 50.",
  signature:
    "ESP as protocol 50 on a new SA from one side only, at intervals of pings or of TCP repeats, none from the other side since the setup, and an IKE exchange that is answered meanwhile. Not said near the receiver, nor where a capture of the receiver holds it. Other traffic, which may need no answer, makes it possible; it is a warning where that goes on for more than 30 packets or 30 s, and an explanation if it has many sizes, as log messages have.",
  remedies: [
    "Allow IP protocol 50 in both directions on every firewall between the peers, cloud security groups included.",
    "Or force ESP into UDP 4500 at both ends.",
    "Look at the counters of the SA at the other end: zero bytes in means that nothing arrives.",
  ],
  commands: ["firewall", "natTraversal", "status"],
  references: ["RFC 4303", "RFC 7296 section 2.23"],
  onlyWith: ["esp"],
  detect: (context) => {
    const blocked = isBlocked(context);
    const counted = countedOneWay(context);
    if (blocked === null || counted?.kind === "silent" || isCountedUnseen(context)) return null;
    const { direction, proof } = blocked;
    const { source, destination, packets, firstTime, lastTime } = direction;
    const span = humanDuration(lastTime - firstTime);
    return {
      ...(counted === null
        ? { ...gravityOf(direction, context), provenance: "deduced" as const }
        : { confidence: "certain" as const, provenance: "observed" as const, lines: counted.lines }),
      phase: "ESP",
      headline: say`ESP (protocol 50) leaves ${source} (${packets} packets in ${span}) and none ever comes, while IKE over UDP is answered`,
      summary: joined(
        say`The SA is up and both sides answer IKE over UDP. ${source} sends ESP as IP protocol 50 to ${destination}, ${packets} packets in ${span}, and not one ESP packet of ${destination} has come since the setup. `,
        "Firewalls and home routers that pass UDP 500 often drop protocol 50, in one direction or in both.",
        counted === null
          ? ""
          : say` The counters of the hosts say that what ${counted.source} sends does not come to ${counted.destination}.`,
      ),
      evidence: [
        firstOf(direction.first, say`first ESP packet ${source} -> ${destination}, protocol 50`),
        evidenceAt(proof, "IKE is exchanged meanwhile"),
        lastOf(direction.last, say`last of ${packets} ESP packets, none of the other direction`),
      ],
      rivals:
        counted === null
          ? [
              {
                code: "esp-one-way",
                separatedBy: say`the counters of the SA at ${destination}: bytes in that grow mean that ESP arrives and the answers fail; zero means that it is blocked on the way`,
              },
            ]
          : [],
    };
  },
});
