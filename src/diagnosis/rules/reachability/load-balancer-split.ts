import type { Micros } from "../../../bytes/time.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Exchange, Sighting, Transmission } from "../../../session/model.js";
import { errorNotify } from "../../../session/payloads.js";
import {
  firstSighting,
  firstTimeOf,
  lastSighting,
  lastTimeOf,
  sightingsOf,
} from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { attemptsText, evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { endsEarly, whileOpen } from "../../grade.js";
import { carriesTrafficAfter, healedAfter, MENDED } from "../../facts/life/healing.js";
import { messageName, phaseOf } from "../../phases.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import {
  answeredTwice,
  HALF_OPEN_TIME,
  identificationRunsDiffer,
  lastOf,
  type TwoAnswers,
} from "../../facts/negotiation/two-responders.js";
import { defineRule } from "../../rule.js";
import { joined, listed, say } from "../../../texts/message.js";

/** The claim is not authenticated: the right answer, where there is one, comes within this time. */
const OVERRIDE: Micros = 5_000_000;

/**
 * IKE_SA_INIT is answered, and the IKE_AUTH that follows is answered with INVALID_IKE_SPI in clear: who answers now is not who
 * answered before. Or one IKE_SA_INIT is answered by two hosts, each with an SPI of its own.
 */
export const loadBalancerSplit = defineRule({
  code: "load-balancer-split",
  severity: "critical",
  title: "Several hosts behind one address answer the same client",
  explanation:
    "The first exchange is accepted and the next message with the same SPIs is answered with INVALID_IKE_SPI, or one first message is accepted twice under two SPIs: several hosts share the address, and the packets of one client reach different ones.",
  signature:
    "IKE_SA_INIT is accepted and IKE_AUTH with its SPIs is answered with INVALID_IKE_SPI in clear, with nothing normal after it. Or one IKE_SA_INIT request is accepted under two responder SPIs within 30 s, and the answers differ in TTL, alternate, or come too close for a restart. COOKIE and INVALID_KE_PAYLOAD do not count.",
  remedies: [
    "Load balancer or anycast: persistence by the client's address over UDP 500 and UDP 4500 (and ESP) together, not by port.",
    "Behind NAT with port forwarding: forward 500 and 4500 to the same host.",
    "The logs of the hosts: one has the IKE_SA_INIT, another the message for an unknown IKE SA.",
  ],
  commands: ["capture", "status", "log"],
  references: ["RFC 7296 section 1.5", "RFC 7296 section 2.21.4"],
  onlyWith: ["several-messages"],
  detect: (context) => metByStranger(context) ?? acceptedTwice(context),
});

function metByStranger(context: TunnelContext): Verdict | null {
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
  const otherRun = otherPort && identificationRunsDiffer(...answersByPort(context, opened, met));
  const time = lastTimeOf(exchange.response);
  const isMended = healedAfter(context, time) || carriesTrafficAfter(context, time);
  return whileOpen(rightAnswer(exchange, context), {
    ...(isMended ? MENDED : {}),
    confidence: split.length > 1 || (otherPort && otherTtl) ? "likely" : "possible",
    provenance: "inferred",
    phase: phaseOf(sa, exchange),
    headline: say`${sa.responder.address} answers IKE_SA_INIT on UDP ${opened.source.port}, then does not know the IKE SA on UDP ${met.source.port}: INVALID_IKE_SPI${attemptsText(split)}`,
    summary: joined(
      say`${sa.responder.address} accepted IKE_SA_INIT and gave its SPI; ${messageName(sa, exchange, "request")} with that SPI is answered in clear with INVALID_IKE_SPI (the message claims so; it is not authenticated). `,
      say`Several hosts behind one address, of which another gets the packets${otherPort ? say` to port ${met.source.port}` : ""}, look like this${otherTtl ? say`; the TTL of the two answers differs too (${opened.ttl} and ${met.ttl})` : ""}${otherRun ? "; the IP identifications of the answers from the two ports count up apart from one another" : ""}.`,
    ),
    evidence: [
      ...evidenceOf(progress.chosen?.response ?? null, say`accepted on UDP ${opened.source.port}`, 1),
      ...evidenceOf(exchange.request, messageName(sa, exchange, "request"), 1),
      ...evidenceOf(exchange.response, say`INVALID_IKE_SPI from UDP ${met.source.port}`, 1),
    ],
    rivals: [
      {
        code: "peer-restarted",
        separatedBy:
          "whether the next attempt ends the same way: a daemon that restarted once knows that one",
      },
    ],
  });
}

function acceptedTwice(context: TunnelContext): Verdict | null {
  const found = answeredTwice(context);
  const last = found.at(-1);
  if (last === undefined) return null;
  const { setup, exchange, first, second, signs } = last;
  const { sa } = setup;
  const spi = ({ message }: Transmission): string => message.header.responderSpi;
  return {
    ...severityOf(last, context),
    confidence: signs.length > 1 ? "likely" : "possible",
    provenance: "inferred",
    phase: phaseOf(sa, exchange),
    headline: say`${sa.responder.address} accepts one IKE_SA_INIT twice, with the responder SPIs ${spi(first)} and ${spi(second)}${attemptsText(found)}`,
    summary: joined(
      say`Two answers to the same IKE_SA_INIT request of ${sa.initiator.address} accept it, each under an SPI of its own (${spi(first)}, ${spi(second)}). `,
      say`One host gives the same answer to each attempt; two SPIs mean two hosts behind ${sa.responder.address}: ${listed(signs, "statements")}. `,
      "What follows has to reach the host whose SPI the initiator took.",
    ),
    evidence: [
      ...evidenceOf(exchange.request, "IKE_SA_INIT request", 2),
      ...evidenceOf(first, say`accepted with SPI ${spi(first)}`, 1),
      ...evidenceOf(second, say`accepted with SPI ${spi(second)}`, 1),
    ],
    rivals: [
      {
        code: "peer-restarted",
        separatedBy: "the responder's log: a start of the daemon between the two answers",
      },
    ],
  };
}

/** Critical where nothing came of either answer, and the capture goes on long enough to know; luck is no fault. */
function severityOf(found: TwoAnswers, context: TunnelContext): Pick<Verdict, "severity"> {
  if (found.all.some(({ progress }) => progress.state === "up")) return { severity: "info" };
  return isFatal(found, context) ? {} : { severity: "warning" };
}

function isFatal({ all }: TwoAnswers, context: TunnelContext): boolean {
  const last = lastOf(all);
  if (last === undefined || silenceAfter(context, last) < OVERRIDE) return false;
  const isStuck = all.every(
    ({ progress: { state } }) => state === "opening-answered" || state === "authenticating",
  );
  return isStuck && !healedAfter(context, last.time) && !carriesTrafficAfter(context, last.time);
}

/** The responder's messages from the port that accepted, and from the one that knows nothing. */
function answersByPort(
  { setups }: TunnelContext,
  opened: Sighting,
  met: Sighting,
): readonly [Sighting[], Sighting[]] {
  const sent = setups
    .flatMap(({ sa }) => sightingsOf(sa))
    .filter(({ source }) => source.address === met.source.address)
    .toSorted((a, b) => a.time - b.time);
  const from = (port: number): Sighting[] => sent.filter(({ source }) => source.port === port);
  return [from(opened.source.port), from(met.source.port)];
}

/** The exchange behind IKE_SA_INIT that a stranger answered, where nothing normal came of the IKE SA after it. */
function strangerIn({ sa, progress }: Setup, context: TunnelContext): Exchange | null {
  const exchange = progress.authentication.at(-1);
  const answer = lastSighting(exchange?.response ?? null);
  if (!sa.startSeen || sa.majorVersion !== 2 || progress.chosen === null) return null;
  if (exchange?.response == null || answer === undefined || progress.later.length > 0) return null;
  if (errorNotify(exchange.response)?.notifyType !== NOTIFY_V2.INVALID_IKE_SPI) return null;
  if (firstTimeOf(exchange.response) - firstTimeOf(progress.chosen.response) > HALF_OPEN_TIME) return null;
  if (context.tunnel.streams.some(({ lastTime }) => lastTime > answer.time)) return null;
  return exchange;
}

/** The right answer, where the claim is forged: open until the initiator begins anew, or the capture goes on without it. */
function rightAnswer(exchange: Exchange, context: TunnelContext): Rival | null {
  const answer = lastSighting(exchange.response);
  const isBegunAnew = context.setups.some(
    ({ sa }) => sa.startSeen && answer !== undefined && sa.firstTime > answer.time,
  );
  return isBegunAnew ? null : endsEarly(context, answer, OVERRIDE, "a normal answer");
}
