import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import { CLOCKS_APART } from "../../../session/clocks.js";
import type { Exchange, IkeSa, Transmission } from "../../../session/model.js";
import { carriesCookie, errorNotify, lastSighting } from "../../../session/progress.js";
import type { Setup, TunnelContext, TunnelRule } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import { firstTimeOf, lastTimeOf } from "../../../session/progress.js";
import type { Rival } from "../../finding.js";
import { messageName, phaseOf } from "../../phases.js";
import { severityUnlessMended, wentOnUnseen } from "../../facts/healing.js";
import { silenceAfter, timeBefore } from "../../facts/silence.js";

/** Repeats behind the first answer: one may have crossed it, or only that answer was lost. */
const ENOUGH = 2;
/** What follows an answer comes sooner. */
const NOTHING_FOLLOWS = 5_000_000;
/** The next repeat of a back-off comes within this many of the last interval (strongSwan 1.8, Libreswan 2). */
const BACK_OFF = 2.5;

/**
 * The exchange that an IKE SA stopped at has its response in the capture, and still the request comes again and the
 * response is sent again: it does not arrive. Null where the requester went on.
 */
export function lostResponse(setup: Setup, context: TunnelContext): Exchange | null {
  const { sa, progress } = setup;
  const last = sa.exchanges.findLast(({ expectsResponse }) => expectsResponse);
  if (last?.request == null || last.response === null) return null;
  // RFC 7296 2.21.1: a clear error is not authenticated, so an initiator that received it may well ask again.
  if (errorNotify(last.response) !== null) return null;
  // What becomes of a demand that is not met is for `cookie-loop` to say.
  if (carriesCookie(last.response)) return null;
  const repeats = repeatsBehindAnswer(last);
  if (repeats < ENOUGH && !(repeats === 1 && mayBeLastTries(setup, last, context))) return null;
  if (last.response.tries < 2 || wentOn(sa, last)) return null;
  const isSettled = progress.state === "up" || progress.state === "child-refused";
  return isSettled && cameThrough(setup, last, context) ? null : last;
}

function repeatsBehindAnswer({ request, response }: Exchange): number {
  const dueAt = firstTimeOf(response) + CLOCKS_APART;
  return (request?.sightings ?? []).filter(({ time }) => time > dueAt).length;
}

/** A setup that goes no further, in a capture that begins so late that more tries may have come before it. */
function mayBeLastTries(setup: Setup, { request }: Exchange, context: TunnelContext): boolean {
  const [first, second] = request?.sightings ?? [];
  if (first === undefined || second === undefined) return false;
  if (setup.progress.state !== "opening-answered" || wentOnUnseen(setup, context, setup.sa.firstTime))
    return false;
  return (
    timeBefore(context, first) < second.time - first.time && silenceAfter(context, second) >= NOTHING_FOLLOWS
  );
}

/** IKEv1 message 3 of aggressive and quick mode says that message 2 arrived, and wants no answer itself. */
function wentOn({ exchanges, majorVersion }: IkeSa, { startedBy, response }: Exchange): boolean {
  const answeredAt = firstTimeOf(response);
  return exchanges.some(
    ({ exchangeType, startedBy: by, request }) =>
      majorVersion === 1 &&
      exchangeType !== EXCHANGE_V1.INFORMATIONAL &&
      by === startedBy &&
      firstTimeOf(request) > answeredAt,
  );
}

/** After an exchange that nothing has to follow: the asker lives on when it should have asked again. */
function cameThrough(setup: Setup, exchange: Exchange, { tunnel }: TunnelContext): boolean {
  const [before, last] = exchange.request?.sightings.slice(-2) ?? [];
  const answer = lastSighting(exchange.response);
  if (before === undefined || last === undefined || answer === undefined || answer.time <= last.time)
    return false;
  // The first child needs the answer; ESP of an older one goes on until the asker gives up.
  const isFirstChild = setup.progress.authentication.includes(exchange);
  const due = isFirstChild ? answer.time : last.time + (last.time - before.time) * BACK_OFF;
  const asker = exchange.startedBy === "initiator" ? setup.sa.initiator.address : setup.sa.responder.address;
  return tunnel.streams.some(
    ({ source, lastTime }) =>
      lastTime > due &&
      (tunnel.aliases.find(({ address }) => address === source)?.standsFor ?? source) === asker,
  );
}

export const ikeResponseLost: TunnelRule = (context) => {
  const failed = context.setups.flatMap((setup) => {
    const exchange = lostResponse(setup, context);
    return exchange === null ? [] : [{ setup, exchange }];
  });
  const last = failed.at(-1);
  if (last?.exchange.request == null || last.exchange.response === null) return null;
  const { exchange, setup } = last;
  const { sa } = setup;
  const request: Transmission = last.exchange.request;
  const response: Transmission = last.exchange.response;
  const [asker, answerer] =
    exchange.startedBy === "initiator" ? [sa.initiator, sa.responder] : [sa.responder, sa.initiator];
  const isSure = repeatsBehindAnswer(exchange) >= ENOUGH;
  const [ask, answer] = [messageName(sa, exchange, "request"), messageName(sa, exchange, "response")];
  return {
    code: "ike-response-lost",
    ...severityUnlessMended(context, setup, gaveUpAt(setup, exchange, request)),
    confidence: isSure ? "likely" : "possible",
    provenance: isSure ? "deduced" : "inferred",
    phase: phaseOf(sa, exchange),
    headline: `${answer} is sent ${response.tries} times but does not reach ${asker.address}`,
    summary:
      `${asker.address} sent ${ask} (${triesText(request)}), and ${answerer.address} answered ${response.tries} times. ` +
      `${isSure ? "The asker goes on repeating, so the answers do not reach it." : ONCE} ${side(context, exchange.startedBy)}`,
    evidence: [...evidenceOf(request, ask, 3), ...evidenceOf(response, answer, 3)],
    rivals: [
      {
        code: "authentication-rejected-by-initiator",
        separatedBy: "the asker's log: it receives the answer and drops it as invalid",
      },
      ...(isSure ? [] : [LAST_ARRIVED]),
    ],
  };
};

const ONCE =
  "It asked again after an answer, and then no more. The capture begins so late that these may be the last of its tries: it gave up, for no answer reaches it.";

const LAST_ARRIVED: Rival = {
  code: "ike-auth-missing",
  separatedBy:
    "a capture that begins before the first try: where the asker stops repeating long before it gives up, the last answer arrived",
};

/**
 * When the asker stopped waiting. On an SA that was up, traffic goes on until then and is torn down behind it; before, any
 * traffic later than the last try means that the setup came through.
 */
function gaveUpAt({ progress }: Setup, exchange: Exchange, request: Transmission): number {
  const [before, last] = request.sightings.slice(-2);
  if (!progress.later.includes(exchange) || before === undefined || last === undefined) {
    return lastTimeOf(request);
  }
  return last.time + (last.time - before.time) * BACK_OFF;
}

function side({ vantage }: TunnelContext, asker: "initiator" | "responder"): string {
  switch (vantage.place) {
    case "near-initiator":
    case "near-responder":
      return vantage.place === `near-${asker}`
        ? "The answers come as far as the asker's own network: look at that host (firewall input, reverse path filter, checksum)."
        : "The answers leave the answering side: they are lost on the way back.";
    case "both-ends":
      return "The answers are in the file of the answering side: they are lost on the way back, or the asker drops them.";
    case "between":
      return "The answers pass this point and are lost between it and the asker.";
    case "unknown":
      return "The answers are lost somewhere behind this point.";
  }
}
