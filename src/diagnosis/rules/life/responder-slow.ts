import { isNear } from "../../facts/side.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { firstSighting, firstTimeOf } from "../../../session/sightings.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { endsOf } from "../../../session/model/queries.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Answers take milliseconds; the longest paths take less than a second. */
const SLOW = 2_000_000;
/** One slow answer may be anything, and so may two among a hundred. */
const LEAST_SLOW = { slow: 2, share: 0.03 } as const;

/**
 * Answers of one side take seconds. Only requests that were sent once count, unless the sniffer stands near the
 * answering side: elsewhere a repeat may mean a lost packet. Rounds of EAP wait for people and are left out.
 */
export const responderSlow = defineRule({
  code: "responder-slow",
  severity: "warning",
  title: "The peer takes seconds to answer",
  explanation:
    "Answers come, but seconds after the request, without packet loss. Setups may time out under load.",
  signature:
    "At least two answers of one side come 2 s or more after a request that was sent once (near the answering side: after its first attempt); rounds of EAP do not count.",
  remedies: [
    "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).",
    "If all workers of the daemon are busy, give it more (strongSwan: 'charon.threads'), and let it cache CRLs.",
  ],
  commands: ["load", "aaa"],
  references: [],
  onlyWith: ["several-messages"],
  detect: (context) => {
    const bySide = grouped(answersIn(context));
    for (const [answerer, own] of bySide) {
      const slow = own.filter(({ took }) => took >= SLOW);
      const [first] = slow;
      const all = own.length + unkeptOf(context, answerer);
      if (first === undefined || slow.length < Math.max(LEAST_SLOW.slow, all * LEAST_SLOW.share)) continue;
      const worst = Math.max(...slow.map(({ took }) => took));
      return {
        confidence: "likely",
        provenance: "observed",
        phase: phaseOf(first.sa, first.exchange),
        headline: say`${answerer} takes up to ${humanDuration(worst)} to answer (${slow.length} of ${all} answers are slow)`,
        summary: say`${slow.length} of ${all} answers of ${answerer} came ${humanDuration(SLOW)} or more after the only request, the slowest after ${humanDuration(worst)}. Nothing was lost: the answering side, or what it asks in turn (RADIUS, CRL, OCSP, DNS), is slow.`,
        evidence: slow
          .slice(0, 3)
          .flatMap(({ sa, exchange, took }) => [
            ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
            ...evidenceOf(
              exchange.response,
              say`${messageName(sa, exchange, "response")} after ${humanDuration(took)}`,
              1,
            ),
          ]),
        rivals: [
          {
            code: "retransmissions",
            separatedBy: say`a capture at ${answerer}: whether the answer leaves as late there, or whether requests arrive that were not seen here`,
          },
        ],
      };
    }
    return null;
  },
});

/** Answers of that side that were counted and not kept: those were quick. */
function unkeptOf({ setups }: TunnelContext, answerer: string): number {
  return setups.reduce(
    (sum, { sa: { initiator, responder, unkeptAnswers } }) =>
      sum +
      (initiator.address === answerer ? unkeptAnswers.initiator : 0) +
      (responder.address === answerer ? unkeptAnswers.responder : 0),
    0,
  );
}

function answersIn(context: TunnelContext): Timed[] {
  const answers: Timed[] = [];
  for (const { sa, progress } of context.setups) {
    const isRound = ({ exchangeType }: Exchange): boolean =>
      sa.majorVersion === 2 && exchangeType === EXCHANGE_V2.IKE_AUTH;
    const isEap = progress.authentication.filter(isRound).length > 1;
    for (const exchange of sa.exchanges) {
      const answer = isEap && isRound(exchange) ? null : timed(context, sa, exchange);
      if (answer !== null) answers.push(answer);
    }
  }
  return answers;
}

interface Timed {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly answerer: string;
  readonly took: Micros;
}

function timed(context: TunnelContext, sa: IkeSa, exchange: Exchange): Timed | null {
  const { request, response } = exchange;
  const answer = firstSighting(response);
  if (request === null || answer === undefined) return null;
  const [, { address: answerer }] = endsOf(sa, exchange.startedBy);
  if (request.tries > 1 && !isNear(context, answerer)) return null;
  return { sa, exchange, answerer, took: answer.time - firstTimeOf(request) };
}

function grouped(answers: readonly Timed[]): Map<string, Timed[]> {
  const groups = new Map<string, Timed[]>();
  for (const answer of answers) {
    const own = groups.get(answer.answerer);
    if (own === undefined) groups.set(answer.answerer, [answer]);
    else own.push(answer);
  }
  return groups;
}
