import { carriesCookie } from "../../../session/payloads.js";
import { firstSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt, evidenceOf, triesText } from "../../evidence.js";
import { severityUnlessMended } from "../../facts/life/healing.js";
import { halfOpenBefore, unansweredOpenings } from "../../facts/negotiation/opening-stage.js";
import { linesOf } from "../../facts/host/lines.js";
import { eventsInCapture, hostsOf } from "../../facts/host/events.js";
import type { Verdict } from "../../finding.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * From one address come many setups within 30 s; the responder answers the first (with COOKIE in the end), none of them is
 * finished, and then it answers no further one.
 */
export const halfOpenLimit = defineRule({
  code: "half-open-limit",
  severity: "critical",
  title: "The responder ignores further setups: too many half-open ones from this address",
  explanation:
    "Many setups from one address were answered and not finished; then the responder, which limits half-open IKE SAs per address, answers no more.",
  signature:
    "At least five setups of one address begin within 30 s, are answered and not finished; the responder may then ask for a cookie; further first messages of that address repeat without an answer.",
  remedies: [
    "Find out first why the setups before do not finish: the other findings on this tunnel say so.",
    "If many clients stand behind one address (NAT, load balancer): raise the limit.",
    "The log of the responder says it: 'per-IP half-open IKE_SA limit of 5 reached'.",
  ],
  commands: ["load", "halfOpen", "log"],
  references: ["RFC 7296 section 2.6"],
  onlyWith: ["beyond-setup", "unanswered"],
  detect: (context) => saidByTheLog(context) ?? seenOnTheWire(context),
});

/** The responder's own log says that it refuses setups of this address. */
function saidByTheLog(context: TunnelContext): Verdict | null {
  for (const host of hostsOf(context)) {
    const ofHost = { host, tunnel: context, capture: context.capture };
    const refusals = eventsInCapture(ofHost, "refused-setup");
    const [first] = refusals;
    if (first === undefined) continue;
    const half = host.records.stats.findLast(({ halfOpen }) => halfOpen !== null);
    const times = refusals.length === 1 ? "once" : say`${refusals.length} times`;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: "IKE_SA_INIT",
      headline: say`${host.records.name} refuses setups of ${first.addresses[0] ?? "the peer"}: ${limitOf(first.text)}`,
      summary: say`The daemon of ${host.records.name} ignored a setup ${times} and says why: ${first.text}.${half === undefined ? "" : say` It had ${half.halfOpen ?? 0} half-open IKE SAs when asked.`} The first question is why the setups before do not finish.`,
      evidence: [],
      lines: linesOf(ofHost, refusals),
    };
  }
  return null;
}

/** "per-IP half-open IKE_SA limit of 5 reached". */
function limitOf(text: string): string {
  return text.replace(/^.*?, /, "");
}

function seenOnTheWire(context: TunnelContext): Verdict | null {
  const refused = unansweredOpenings(context).flatMap((opening) => {
    const before = halfOpenBefore(context, opening);
    return before.length === 0 ? [] : [{ opening, before }];
  });
  const [first] = refused;
  const last = refused.at(-1);
  const request = last?.opening.exchange.request;
  if (first === undefined || last === undefined || request == null) return null;
  const { sa } = last.opening.setup;
  const cookie = cookieIn(first.before);
  return {
    ...severityUnlessMended(context, last.opening.setup, lastTimeOf(request)),
    confidence: cookie === null ? "possible" : "likely",
    provenance: "inferred",
    phase: "IKE_SA_INIT",
    headline: say`${sa.responder.address} stops answering ${sa.initiator.address} after ${first.before.length} unfinished setups in 30 s (${refused.length} more unanswered)`,
    summary: joined(
      say`${first.before.length} setups of ${sa.initiator.address} were answered within 30 s and none of them was finished${cookie === null ? "" : "; then came COOKIE"}. `,
      say`Of the ${refused.length === 1 ? "next one" : say`next ${refused.length}`} none is answered (the last: ${triesText(request)}). A responder that limits half-open IKE SAs per address does that. `,
      "The first question is why the setups before do not finish.",
    ),
    evidence: [
      ...first.before
        .slice(0, 2)
        .flatMap(({ progress }) =>
          evidenceOf(progress.opening[0]?.response ?? null, "answered, not finished", 1),
        ),
      ...evidenceOf(cookie, "COOKIE", 1),
      ...[firstSighting(first.opening.exchange.request)].flatMap((sighting) =>
        sighting === undefined
          ? []
          : [evidenceAt(sighting, "the first request that is not answered any more")],
      ),
      ...evidenceOf(request, "IKE_SA_INIT request, unanswered", 2).slice(refused.length > 1 ? 0 : 1),
    ],
    rivals: [
      {
        code: "ike-init-unanswered",
        separatedBy:
          "the responder's log: 'ignoring IKE_SA setup from ..., per-IP half-open IKE_SA limit reached', or nothing at all",
      },
    ],
  };
}

function cookieIn(before: readonly Setup[]) {
  for (const { progress } of before) {
    const round = progress.opening.find(({ response }) => carriesCookie(response));
    if (round !== undefined) return round.response;
  }
  return null;
}
