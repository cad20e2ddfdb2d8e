import type { Micros } from "../bytes/time.js";
import type { EventTunnel, LiveEvent } from "./event.js";
import type { FindingChange } from "./raised-findings.js";

/** The event that tells of a change; `about` is null where the finding is about the capture. */
export function findingEvent(change: FindingChange, about: EventTunnel | null, time: Micros): LiveEvent {
  const tunnel = about === null ? null : { id: about.id, peers: about.peers, rolesProven: about.rolesProven };
  const { finding } = change;
  if (change.kind === "raised") return { kind: "finding-raised", time, tunnel, finding };
  const { raisedAt, why } = change;
  return { kind: "finding-cleared", time, tunnel, finding, raisedAt, why };
}
