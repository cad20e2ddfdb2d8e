import type { Sighting } from "../../session/model.js";
import { firstTimeOf, lastTimeOf, sightingsOf } from "../../session/sightings.js";
import type { TunnelContext } from "../context.js";
import { evidenceAt, triesText } from "../evidence.js";
import { messageName, phaseOf } from "../phases.js";
import { joined, type Message, say } from "../../texts/message.js";
import type { Between } from "./between.js";
import { whereLost, whereToLook } from "./device-texts.js";
import { type LostParts, lostParts } from "./lost-parts.js";
import { isFrom, nameOf, type Passage, startingName } from "./passage.js";
import { proofOfRecording } from "./proof.js";

/** Fragment numbers that a text names. */
const SHOWN_NUMBERS = 16;

/** Fragmented IKE messages of the sender of which a part passes the first place and never comes to the second, in order of time. */
export function partsBetween(context: TunnelContext, passage: Passage): Between[] {
  return lostParts(context, passage)
    .toSorted((a, b) => firstTimeOf(a.message) - firstTimeOf(b.message))
    .map((lost) => told(context, lost));
}

function told(context: TunnelContext, lost: LostParts): Between {
  const { passage, sa, exchange, side, message, isRepeated } = lost;
  const { sender, receiver, from, to } = passage;
  const name = messageName(sa, exchange, side);
  const [here, there] = [nameOf(from), nameOf(to)];
  const all = countIfAll(lost);
  const tries = triesText(message);
  return {
    lost: lost.missing.kind === "ike" ? "ike-fragments" : "ip-fragments",
    isGrave: true,
    isSure: isRepeated,
    // One try may be the loss of every day: the next one comes through.
    ...(isRepeated ? {} : { doubt: "fault" as const }),
    from: firstTimeOf(message),
    until: lastTimeOf(message),
    phase: phaseOf(sa, exchange),
    headline:
      all === null
        ? say`${name} of ${sender}: ${partsText(lost)} never reaches ${receiver} (${tries}): ${whereLost(passage, [here, there], "it")}`
        : say`${name} of ${sender}: none of ${all} IKE fragments reaches ${receiver} (${tries}): ${whereLost(passage, [here, there], "they")}`,
    summary: joined(
      all === null
        ? say`${startingName(from)} has all fragments of ${name} from ${sender} (${tries}); ${there}, which was recording, never has ${partsText(lost)}. `
        : say`${startingName(from)} has all ${all} IKE fragments of ${name} from ${sender} (${tries}); ${there}, which was recording, has none of them. `,
      sizeText(context, lost),
      say`${receiver} cannot put the message together: ${whereToLook(passage, receiver)}`,
    ),
    evidence: [
      ...missingSightings(lost)
        .slice(0, 3)
        .map((sighting) => evidenceAt(sighting, partText(name, sighting))),
      ...lost.arrived
        .slice(0, 2)
        .map((sighting) => evidenceAt(sighting, joined(partText(name, sighting), ", which arrives"))),
      ...proofOfRecording(context, passage),
    ],
  };
}

/** How many fragments the message has, if none of them arrives; else null. */
function countIfAll({ missing }: LostParts): number | null {
  return missing.kind === "ike" && missing.numbers.length === missing.total ? missing.total : null;
}

function partsText({ missing }: LostParts): Message {
  if (missing.kind === "ike") {
    return say`IKE fragment ${missing.numbers.slice(0, SHOWN_NUMBERS).join(", ")} of ${missing.total}`;
  }
  const { lacks, sent, arrived } = missing;
  switch (lacks) {
    case "first":
      return say`at least the first of ${sent} IP fragments`;
    case "last":
      return arrived + 1 === sent
        ? say`the last of ${sent} IP fragments`
        : say`any but the first ${arrived} of ${sent} IP fragments`;
    case "middle":
      return say`a middle one of ${sent} IP fragments`;
  }
}

/** IKEv1 fragments that were put together have one sighting, with the length of the whole. */
function isOneFragment({ fragment, frames }: Sighting): boolean {
  return fragment > 0 && frames.length === 1;
}

function partText(name: Message, sighting: Sighting): Message {
  const { fragment, ipFragments, bytes, frames } = sighting;
  if (isOneFragment(sighting)) return say`${name}, IKE fragment ${fragment} of ${bytes} bytes`;
  return fragment > 0
    ? say`${name} of ${bytes} bytes in ${frames.length} IKE fragments`
    : say`${name} of ${bytes} bytes, ${ipFragments} IP fragment${ipFragments === 1 ? "" : "s"}`;
}

/** Sightings at the first place of the parts that are missing at the second one. */
function missingSightings({ missing, message }: LostParts): readonly Sighting[] {
  if (missing.kind === "ip") return message.sightings;
  const found = message.sightings.filter(({ fragment }) => missing.numbers.includes(fragment));
  return found.length > 0 ? found : message.sightings;
}

/** The limit of size, where every fragment that is lost is larger than all packets of IKE that arrive. */
function sizeText(context: TunnelContext, lost: LostParts): Message {
  const { passage, missing } = lost;
  if (missing.kind === "ip") return "";
  const sizes = missingSightings(lost)
    .filter(isOneFragment)
    .map(({ bytes }) => bytes);
  const arrived = largestArrived(context, passage);
  const smallest = Math.min(...sizes);
  if (sizes.length === 0 || arrived === null || smallest <= arrived) return "";
  const headers = passage.sender.includes(":") ? 48 : 28;
  return say`The size decides: no IKE packet of more than ${arrived + headers} bytes arrives, and those that are lost have ${smallest + headers} bytes or more. A smaller IKE fragment size gets through. `;
}

/** The largest IKE packet of the sender in one piece that arrived, as bytes of UDP payload; null where none did. */
function largestArrived(context: TunnelContext, passage: Passage): number | null {
  const arrived = passage.to.ikeSas
    .flatMap(sightingsOf)
    .filter(
      ({ source, ipFragments, missingFragments }) =>
        ipFragments === 1 && missingFragments === null && isFrom(context, passage, source.address),
    );
  return arrived.length === 0 ? null : Math.max(...arrived.map(({ bytes }) => bytes));
}
