import type { Micros } from "../../bytes/time.js";
import type { IkeSa, Transmission } from "../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../session/progress.js";
import type { TunnelContext, TunnelRule } from "../context.js";
import { attemptsText, evidenceOf, triesText } from "../evidence.js";
import { severityUnlessMended } from "../healing.js";
import { messageName, phaseOf } from "../phases.js";
import { isOtherModeAnswered } from "./ike-mode-mismatch.js";
import { halfOpenBefore } from "./half-open-limit.js";
import { type UnansweredOpening, unansweredOpenings } from "./opening-stage.js";

/** Daemons restart and paths fail: only what is answered about the same time is worth a comparison. */
const SAME_TIME: Micros = 60_000_000;

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

interface OtherAnswer {
  readonly sa: IkeSa;
  readonly response: Transmission;
}

/** An answer of the same responder to the first message of another peer, about the same time; null where there is none. */
export function answerToOthers(
  { capture, tunnel }: TunnelContext,
  { setup, exchange }: UnansweredOpening,
): OtherAnswer | null {
  const from = firstTimeOf(exchange.request) - SAME_TIME;
  const to = lastTimeOf(exchange.request) + SAME_TIME;
  const { responder, initiator, majorVersion } = setup.sa;
  for (const other of capture.tunnels) {
    if (other.id === tunnel.id || !other.addresses.includes(responder.address)) continue;
    for (const sa of other.ikeSas) {
      if (sa.responder.address !== responder.address || sa.initiator.address === initiator.address) continue;
      if (!sa.startSeen || sa.majorVersion !== majorVersion) continue;
      for (const { messageId, step, response } of sa.exchanges) {
        if (messageId !== 0 || step !== 1 || response === null) continue;
        const time = firstTimeOf(response);
        if (time >= from && time <= to) return { sa, response };
      }
    }
  }
  return null;
}
