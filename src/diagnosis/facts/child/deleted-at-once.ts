import { humanDuration } from "../../../bytes/time.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Verdict } from "../../finding.js";
import { severityUnlessMended } from "../life/healing.js";
import { joined, say } from "../../../texts/message.js";
import { REFUSED_CHILD_REMEDIES } from "./child-refusal-texts.js";
import { deletedFirstChild } from "./deleted-first-child.js";
import { hasNewEspAfter } from "./new-esp.js";

/** The responder made the first Child SA, and the initiator deletes it before it carries anything. */
export function deletedAtOnce(context: TunnelContext): Verdict | null {
  const found = deletedFirstChild(context);
  if (found === null) return null;
  const { setup, made, deleted } = found;
  const madeAt = firstTimeOf(made.response);
  if (hasNewEspAfter(context, setup, madeAt)) return null;
  const [initiator, responder] = [setup.sa.initiator.address, setup.sa.responder.address];
  const wait = humanDuration(firstTimeOf(deleted.request) - madeAt);
  return {
    ...severityUnlessMended(context, setup, lastTimeOf(deleted.request)),
    confidence: "likely",
    provenance: "deduced",
    phase: "IKE_AUTH",
    headline: say`${initiator} deletes the first Child SA ${wait} after ${responder} made it, and keeps the IKE SA`,
    summary: joined(
      say`${responder} answered IKE_AUTH with a Child SA, and ${wait} later ${initiator} sent an INFORMATIONAL of exactly the length of Delete of one Child SA, answered with the same. `,
      say`No ESP came of it. ${initiator} does not accept what ${responder} chose: tunnel mode instead of transport mode, or traffic selectors that are narrower than it needs.`,
    ),
    evidence: [
      ...evidenceOf(made.response, "IKE_AUTH response with the Child SA", 1),
      ...evidenceOf(deleted.request, "INFORMATIONAL of the length of Delete of one Child SA", 1),
      ...evidenceOf(deleted.response, "its answer, of the same length", 1),
    ],
    rivals: [
      {
        code: "child-ts-narrowed",
        separatedBy: say`the log of ${initiator}: whether it wants other traffic selectors, or another mode, than ${responder} chose`,
      },
    ],
    remedies: REFUSED_CHILD_REMEDIES,
  };
}
