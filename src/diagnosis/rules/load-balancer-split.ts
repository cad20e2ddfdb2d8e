import type { Micros } from "../../bytes/time.js";
import { NOTIFY_V2 } from "../../ike/registries/notify-v2.js";
import type { Exchange } from "../../session/model.js";
import { errorNotify, firstSighting, firstTimeOf, lastSighting, lastTimeOf } from "../../session/progress.js";
import type { Setup, TunnelContext, TunnelRule } from "../context.js";
import { attemptsText, evidenceOf } from "../evidence.js";
import { carriesTrafficAfter, healedAfter } from "../healing.js";
import { messageName, phaseOf } from "../phases.js";
import { silenceAfter } from "../silence.js";

/** A half-open IKE SA is kept for 30 s; whoever has forgotten it sooner never had it, or has restarted. */
const HALF_OPEN_TIME: Micros = 30_000_000;
/** The claim is not authenticated: the right answer, where there is one, comes within this time. */
const OVERRIDE: Micros = 5_000_000;

/**
 * IKE_SA_INIT is answered, and the IKE_AUTH that follows is met by INVALID_IKE_SPI in clear: who answers now is not who
 * answered before.
 */
export const loadBalancerSplit: TunnelRule = (context) => {
  const split = context.setups.flatMap((setup) => {
    const exchange = strangerIn(setup, context);
    return exchange === null ? [] : [{ setup, exchange }];
  });
  const last = split.at(-1);
  if (last === undefined) return null;
  const { setup, exchange } = last;
  const { sa, progress } = setup;
  const opened = firstSighting(progress.chosen?.response ?? null);
  const met = firstSighting(exchange.response);
  if (opened === undefined || met === undefined) return null;
  const otherPort = opened.source.port !== met.source.port;
  const otherTtl = opened.ttl !== met.ttl;
  const time = lastTimeOf(exchange.response);
  const isMended = healedAfter(context, time) || carriesTrafficAfter(context, time);
  return {
    code: "load-balancer-split",
    ...(isMended ? { severity: "warning" } : {}),
    confidence: split.length > 1 || (otherPort && otherTtl) ? "likely" : "possible",
    provenance: "inferred",
    phase: phaseOf(sa, exchange),
    headline: `${sa.responder.address} answers IKE_SA_INIT on UDP ${opened.source.port}, then does not know the IKE SA on UDP ${met.source.port}: INVALID_IKE_SPI${attemptsText(split)}`,
    summary:
      `${sa.responder.address} accepted IKE_SA_INIT and gave its SPI; ${messageName(sa, exchange, "request")} with that SPI is answered in clear with INVALID_IKE_SPI (the message claims so; it is not authenticated). ` +
      `Several hosts behind one address, of which another gets the packets${otherPort ? ` to port ${met.source.port}` : ""}, look like this${otherTtl ? `; the TTL of the two answers differs too (${opened.ttl} and ${met.ttl})` : ""}.`,
    evidence: [
      ...evidenceOf(progress.chosen?.response ?? null, `accepted on UDP ${opened.source.port}`, 1),
      ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
      ...evidenceOf(exchange.response, `INVALID_IKE_SPI from UDP ${met.source.port}`, 1),
    ],
    rivals: [
      {
        code: "peer-restarted",
        separatedBy:
          "whether the next attempt ends the same way: a daemon that restarted once knows that one",
      },
    ],
  };
};

/** The exchange behind IKE_SA_INIT that a stranger answered, where nothing normal came of the IKE SA after it. */
function strangerIn({ sa, progress }: Setup, context: TunnelContext): Exchange | null {
  const exchange = progress.authentication.at(-1);
  const answer = lastSighting(exchange?.response ?? null);
  if (!sa.startSeen || sa.majorVersion !== 2 || progress.chosen === null) return null;
  if (exchange?.response == null || answer === undefined || progress.later.length > 0) return null;
  if (errorNotify(exchange.response)?.notifyType !== NOTIFY_V2.INVALID_IKE_SPI) return null;
  if (firstTimeOf(exchange.response) - firstTimeOf(progress.chosen.response) > HALF_OPEN_TIME) return null;
  if (context.tunnel.streams.some(({ lastTime }) => lastTime > answer.time)) return null;
  const beginsAnew = context.setups.some((other) => other.sa.startSeen && other.sa.firstTime > answer.time);
  return beginsAnew || silenceAfter(context, answer) >= OVERRIDE ? exchange : null;
}
