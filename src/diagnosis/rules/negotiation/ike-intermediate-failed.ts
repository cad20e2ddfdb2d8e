import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { lastTimeOf, notifiesOf } from "../../../session/progress.js";
import type { Setup, TunnelRule } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/healing.js";
import { unansweredIntermediates } from "../../facts/authentication-stage.js";

/** Both sides announce IKE_INTERMEDIATE, and the exchange repeats without an answer, in one piece or in fragments. */
export const ikeIntermediateFailed: TunnelRule = (context) => {
  const failed = unansweredIntermediates(context).filter(({ setup }) => isAgreed(setup));
  const last = failed.at(-1);
  if (last?.exchange.request == null) return null;
  const { setup, fragmentation } = last;
  const { request } = last.exchange;
  const { sa, progress } = setup;
  const bytes = Math.max(...request.sightings.map((sighting) => sighting.bytes));
  const how =
    fragmentation === "ip"
      ? `as ${bytes} bytes in IP fragments`
      : fragmentation === "ike"
        ? `in ${request.fragments?.total ?? 0} IKE fragments`
        : `as ${bytes} bytes in one piece`;
  const groups = progress.suite?.additionalGroups.map(({ name }) => name).join(", ") ?? "";
  return {
    code: "ike-intermediate-failed",
    ...severityUnlessMended(context, setup, lastTimeOf(request)),
    confidence: fragmentation === "none" ? "possible" : "likely",
    provenance: "inferred",
    phase: "IKE_INTERMEDIATE",
    headline: `IKE_INTERMEDIATE ${how} never answered (${triesText(request)}${attemptsText(failed)})`,
    summary:
      `Both sides announced IKE_INTERMEDIATE${groups === "" ? "" : `, and agreed on ${groups} for it`}, and IKE_SA_INIT was answered. ` +
      `Then ${sa.initiator.address} sends IKE_INTERMEDIATE ${how}, ${triesText(request)}, and nothing comes back. ` +
      (fragmentation === "none"
        ? "The message is small enough for the path: the responder does not answer it, or its answer, which is as large, is lost."
        : "Key material of post-quantum methods does not fit one packet, and what is fragmented is lost on many paths."),
    evidence: [
      ...evidenceOf(progress.chosen?.response ?? null, "INTERMEDIATE_EXCHANGE_SUPPORTED, agreed", 1),
      ...evidenceOf(request, "IKE_INTERMEDIATE request, unanswered"),
    ],
    rivals: [
      fragmentation === "none"
        ? {
            code: "ike-auth-unanswered",
            separatedBy:
              "a setup without additional key exchanges: if it works, IKE_INTERMEDIATE is at fault, else the responder",
          }
        : {
            code: fragmentation === "ip" ? "ip-fragments-lost" : "ike-fragments-lost",
            separatedBy:
              "a capture at the responder: with all fragments there, the daemon is at fault; without some, the path is",
          },
    ],
  };
};

function isAgreed({ progress: { chosen } }: Setup): boolean {
  return [chosen?.request, chosen?.response].every(
    (side) =>
      side == null ||
      notifiesOf(side.message).some(
        ({ notifyType }) => notifyType === NOTIFY_V2.INTERMEDIATE_EXCHANGE_SUPPORTED,
      ),
  );
}
