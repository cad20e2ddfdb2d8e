import { humanDuration } from "../bytes/time.js";
import type { CitedSighting, Sighting, Transmission } from "../session/model.js";
import { firstTimeOf, lastTimeOf } from "../session/sightings.js";
import type { Evidence } from "./finding.js";
import { joined, type Message, say } from "../texts/message.js";

/** One evidence line for each sighting, at most `limit`, the last one always among them. */
export function evidenceOf(transmission: Transmission | null, text: Message, limit = 4): Evidence[] {
  const sightings = transmission?.sightings ?? [];
  const shown =
    sightings.length <= limit ? sightings : [...sightings.slice(0, limit - 1), ...sightings.slice(-1)];
  return shown.map((sighting) => evidenceAt(sighting, joined(text, fragmentText(sighting))));
}

export function evidenceAt(sighting: Sighting | CitedSighting, text: Message): Evidence {
  const frame = "frame" in sighting ? sighting.frame : (sighting.frames[0] ?? 0);
  return { frame, time: sighting.time, nanos: sighting.nanos, text };
}

/** The same for a message of another tunnel. */
export function evidenceCited(
  { frame, time, nanos, ipFragments, isWhole, fragment }: CitedSighting,
  text: Message,
): Evidence {
  const missingFragments = isWhole ? null : {};
  return {
    frame,
    time,
    nanos,
    text: joined(text, fragmentText({ ipFragments, missingFragments, fragment })),
  };
}

function fragmentText(sighting: {
  readonly ipFragments: number;
  readonly missingFragments: object | null;
  readonly fragment: number;
}): Message {
  if (sighting.missingFragments !== null) {
    return sighting.ipFragments === 1
      ? ", 1 IP fragment, not complete"
      : say`, ${sighting.ipFragments} IP fragments, not complete`;
  }
  if (sighting.ipFragments > 1) return say`, in ${sighting.ipFragments} IP fragments`;
  return sighting.fragment > 0 ? say`, IKE fragment ${sighting.fragment}` : "";
}

/** "4 attempts in 9.3 s", "1 attempt". */
export function triesText(transmission: Transmission): Message {
  const span = lastTimeOf(transmission) - firstTimeOf(transmission);
  if (transmission.tries === 1) return "1 attempt";
  return say`${transmission.tries} attempts in ${humanDuration(span)}`;
}

/** ", 3 setups" if a peer set up a new IKE SA several times. */
export function attemptsText(setups: readonly unknown[]): Message {
  return setups.length > 1 ? say`, ${setups.length} setups` : "";
}

/** The same in order of time, with what a message is answered by after it. */
export function inOrder(evidence: readonly Evidence[]): Evidence[] {
  return evidence.toSorted((a, b) => a.time - b.time || a.nanos - b.nanos);
}
