import { humanDuration } from "../../../bytes/time.js";
import { endsOf } from "../../../session/model/queries.js";
import { firstSighting } from "../../../session/sightings.js";
import { joined, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { graded } from "../../grade.js";
import { MENDED } from "../life/healing.js";
import { lastOf } from "../sides.js";
import { mayComeAlong } from "./refused-quick-mode.js";
import { refusedRekeyV1 } from "./refused-rekey-v1.js";

/** So many refusals are no chance. */
const SURE_REFUSALS = 2;

/** The verdict of {@link refusedRekeyV1}. */
export function refusedRekeyV1Verdict(context: TunnelContext): Verdict | null {
  const found = refusedRekeyV1(context);
  const answer = firstSighting(found?.refusal.request ?? null);
  if (found === null || answer === undefined) return null;
  const { setup, refused, refusal, attempts, pause, end, isMadeGood } = found;
  const [asker, refuser] = endsOf(setup.sa, refused.startedBy);
  const bytes = refused.request?.message.header.length ?? 0;
  const earlier = humanDuration(pause);
  const isOver = attempts >= SURE_REFUSALS || end?.isDeleted === true;
  return {
    ...(end === null ? { severity: "warning" as const } : {}),
    ...(isMadeGood ? MENDED : {}),
    ...graded(
      [mayComeAlong(context, refusal), end === null || isOver ? null : FURTHER_CHILD],
      end === null || isOver ? [FURTHER_CHILD] : [],
    ),
    provenance: "deduced",
    phase: "QUICK_MODE",
    headline: say`${refuser.address} refuses ${attempts === 1 ? "a Quick Mode" : say`${attempts} Quick Modes`} like the one that it accepted ${earlier} before${end === null ? (isMadeGood ? ", and accepts one later" : "") : ", then traffic stops and no Child SA follows"}`,
    summary: joined(
      say`${asker.address} asks with Quick Mode 1 of ${bytes} bytes, as long as the one that ${refuser.address} accepted ${earlier} before, and an INFORMATIONAL comes instead of Quick Mode 2: a rekey that is refused, by its time and length. `,
      "The one before worked, so the subnets were accepted: the ESP proposals, the PFS group or another part of the configuration of one side changed since then. ",
      isMadeGood
        ? "One that came later was accepted; where the old SA had ended before it, the tunnel carried nothing in between. "
        : "",
      end === null
        ? isMadeGood
          ? ""
          : "When the old SA reaches its lifetime, the tunnel drops, unless a later attempt succeeds."
        : "The old Child SA has ended: no ESP follows any more, and nothing replaced it.",
    ),
    evidence: [
      ...evidenceOf(refused.request, "Quick Mode 1 of the same length, refused", 1),
      ...evidenceOf(refusal.request, "INFORMATIONAL instead of Quick Mode 2", 1),
      ...(end === null ? [] : [lastOf(end.last, "last ESP packet")]),
    ],
    remedies: [
      say`Compare the ESP proposals of both sides, with PFS group, as they are configured now: which side changed in the ${earlier} before the refusal.`,
      say`The log of ${refuser.address} names the reason: NO_PROPOSAL_CHOSEN, or INVALID_ID_INFORMATION if the subnets changed.`,
    ],
  };
}

/** After one refusal, which may be of a further Child SA, traffic may just have ended. */
const FURTHER_CHILD: Rival = {
  code: "child-rejected",
  separatedBy: "the requester's log: whether it rekeys, or asks for a further Child SA with other subnets",
};
