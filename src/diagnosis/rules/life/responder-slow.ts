import { grouped } from "../../../bytes/grouped.js";
import { isNear } from "../../facts/side.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import type { Address } from "../../../bytes/address.js";
import { firstSighting } from "../../../session/sightings.js";
import { isEachAnswered } from "../../facts/silence/repeats-side.js";
import { exchangeAtEnd } from "../../places/exchange-at-end.js";
import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { messageName, phaseOf } from "../../phases.js";
import { endsOf } from "../../../session/model/queries.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

/** Answers take milliseconds; the longest paths take less than a second. */
const SLOW = 2_000_000;
/** The share of the time until the answer comes that the answering host itself takes at most, where the path is what is slow. */
const SHARE_OF_HOST = 0.5;
/** Answers that the evidence names. */
const CITED = 3;
/** One slow answer may be anything, and so may two among a hundred. */
const LEAST_SLOW = { slow: 2, share: 0.03 } as const;

/**
 * Answers of one side take seconds. Only requests that were sent once count, or whose every attempt has an answer, unless the sniffer
 * stands near the answering side: elsewhere a repeat may mean a lost packet. Rounds of EAP, and XAUTH, wait for people and are left out. Captures of
 * both ends tell a slow path from a slow peer.
 */
export const responderSlow = defineRule({
  code: "responder-slow",
  severity: "warning",
  title: "Answers take seconds to come",
  explanation:
    "Answers come, but seconds after the request, without packet loss. Setups may time out under load.",
  signature:
    "At least two answers of one side come 2 s or more after a request that was sent once, or each attempt of which is answered (near the answering side: after its first attempt); rounds of EAP, and XAUTH, do not count.",
  remedies: [
    "At the slow side: load of the host, and what the daemon waits for (RADIUS, CRL and OCSP servers, DNS).",
    "If all workers of the daemon are busy, give it more (strongSwan: 'charon.threads'), and let it cache CRLs.",
  ],
  commands: ["load", "aaa"],
  references: [],
  onlyWith: ["several-messages"],
  detect: (context) => {
    const bySide = grouped(answersIn(context), ({ answerer }) => answerer);
    for (const [answerer, own] of bySide) {
      const slow = own.filter(({ took }) => took >= SLOW);
      const [first] = slow;
      const all = own.length + unkeptOf(context, answerer);
      if (first === undefined || slow.length < Math.max(LEAST_SLOW.slow, all * LEAST_SLOW.share)) continue;
      const worst = Math.max(...slow.map(({ took }) => took));
      const evidence = slow
        .slice(0, CITED)
        .flatMap(({ sa, exchange, took }) => [
          ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
          ...evidenceOf(
            exchange.response,
            say`${messageName(sa, exchange, "response")} after ${humanDuration(took)}`,
            1,
          ),
        ]);
      const atHost = slow.map(({ own }) => own ?? Infinity);
      if (slow.every(({ took }, index) => (atHost[index] ?? Infinity) < took * SHARE_OF_HOST)) {
        const own = Math.max(...atHost);
        return {
          confidence: "certain",
          provenance: "observed",
          phase: phaseOf(first.sa, first.exchange),
          headline: say`answers of ${answerer} take up to ${humanDuration(worst)} on the way (${slow.length} of ${all} answers are slow)`,
          summary: say`${slow.length} of ${all} answers of ${answerer} come ${humanDuration(SLOW)} or more after the request, the slowest after ${humanDuration(worst)}. The captures of both ends show where: ${answerer} itself answers within ${humanDuration(own)}, and the way there and back takes the rest.`,
          evidence,
          remedies: PATH_REMEDIES,
        };
      }
      return {
        confidence: "likely",
        provenance: "observed",
        phase: phaseOf(first.sa, first.exchange),
        headline: say`${answerer} takes up to ${humanDuration(worst)} to answer (${slow.length} of ${all} answers are slow)`,
        summary: say`${slow.length} of ${all} answers of ${answerer} came ${humanDuration(SLOW)} or more after the request, the slowest after ${humanDuration(worst)}. ${sideOfSlowness(context, answerer)}`,
        evidence,
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

const PATH_REMEDIES: readonly Message[] = [
  "Measure the round trip outside the tunnel (ping, mtr): a full queue, a satellite or mobile link, or shaping of UDP delays it.",
  "If the path has to stay so: lengthen the retransmission timeout of IKE at both ends.",
];

function sideOfSlowness(context: TunnelContext, answerer: Address): Message {
  return isNear(context, answerer)
    ? say`Captured near ${answerer}: the requests arrive and the answers leave as late, so that side, or what it asks in turn (RADIUS, CRL, OCSP, DNS), is slow.`
    : "Nothing was lost: the answering side, what it asks in turn (RADIUS, CRL, OCSP, DNS), or the path is slow.";
}

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
    const isXauth = ({ exchangeType }: Exchange): boolean =>
      sa.majorVersion === 1 && exchangeType === EXCHANGE_V1.TRANSACTION;
    const isEap = progress.authentication.filter(isRound).length > 1;
    const waitsForUser = (exchange: Exchange): boolean => isXauth(exchange) || (isEap && isRound(exchange));
    for (const exchange of sa.exchanges) {
      const answer = waitsForUser(exchange) ? null : timed(context, sa, exchange);
      if (answer !== null) answers.push(answer);
    }
  }
  return answers;
}

interface Timed {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
  readonly answerer: string;
  /** From the first request to the first answer, where it was asked if a capture was taken there. */
  readonly took: Micros;
  /** The same where it was answered; null where no capture of several was taken there. */
  readonly own: Micros | null;
}

function timed(context: TunnelContext, sa: IkeSa, exchange: Exchange): Timed | null {
  const [{ address: asker }, { address: answerer }] = endsOf(sa, exchange.startedBy);
  const asked = wholeAt(context, sa, exchange, asker) ?? exchange;
  const took = waitIn(asked);
  if (took === null) return null;
  const isRepeated = (asked.request?.tries ?? 0) > 1 && !isEachAnswered(asked);
  if (isRepeated && !isNear(context, answerer)) return null;
  const answered = wholeAt(context, sa, exchange, answerer);
  return { sa, exchange, answerer, took, own: answered === undefined ? null : waitIn(answered) };
}

/** The exchange as a capture at that end has it, request and answer: by one clock, and without the way to it. */
function wholeAt(context: TunnelContext, sa: IkeSa, exchange: Exchange, end: Address): Exchange | undefined {
  return exchangeAtEnd(context, sa, exchange, end).find((there) => waitIn(there) !== null);
}

function waitIn({ request, response }: Exchange): Micros | null {
  const [asked, answer] = [firstSighting(request), firstSighting(response)];
  return asked === undefined || answer === undefined ? null : answer.time - asked.time;
}
