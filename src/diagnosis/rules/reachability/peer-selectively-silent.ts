import { lastTimeOf } from "../../../session/progress.js";
import type { TunnelRule } from "../../context.js";
import { attemptsText, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/healing.js";
import { messageName, phaseOf } from "../../phases.js";
import { isOtherModeAnswered } from "../../facts/opening-stage.js";
import { halfOpenBefore } from "../../facts/opening-stage.js";
import { unansweredOpenings } from "../../facts/opening-stage.js";
import { answerToOthers } from "../../facts/answers-to-others.js";

/** The first message is never answered, though the same responder answers the first message of other peers meanwhile. */
export const peerSelectivelySilent: TunnelRule = (context) => {
  const failed = unansweredOpenings(context).filter(
    (opening) => !isOtherModeAnswered(context, opening) && halfOpenBefore(context, opening).length === 0,
  );
  const last = failed.at(-1);
  const other = last === undefined ? null : answerToOthers(context, last);
  if (last?.exchange.request == null || other === null) return null;
  const { sa } = last.setup;
  const { request } = last.exchange;
  const name = messageName(sa, last.exchange, "request");
  return {
    code: "peer-selectively-silent",
    ...severityUnlessMended(context, last.setup, lastTimeOf(request)),
    confidence: "likely",
    provenance: "deduced",
    phase: phaseOf(sa, last.exchange),
    headline: `${sa.responder.address} never answers ${name} of ${sa.initiator.address} (${triesText(request)}${attemptsText(failed)}), but answers other peers`,
    summary:
      `${sa.initiator.address} sends ${name} (${triesText(request)}) and gets nothing, while ${sa.responder.address} answers the first message of ${other.sa.initiator.address} at the same time. ` +
      "So the daemon runs and its port is open: it ignores this peer, or a rule on the way drops its packets.",
    evidence: [
      ...evidenceOf(request, `${name}, unanswered`),
      ...evidenceOf(other.response, `answer to ${other.sa.initiator.address}`, 1),
    ],
    rivals: [
      {
        code: "ike-init-unanswered",
        separatedBy: "a capture at the responder: whether this peer's request arrives there",
      },
    ],
  };
};
