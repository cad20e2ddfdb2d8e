import { humanDuration } from "../../../bytes/time.js";
import { firstTimeOf, lastTimeOf } from "../../../session/progress.js";
import type { Exchange } from "../../../session/model.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { TunnelContext, TunnelRule } from "../../context.js";
import { evidenceOf, triesText } from "../../evidence.js";
import { carriesTrafficAfter, healedAfter } from "../../facts/healing.js";
import { type Gap, gapsOf } from "../../facts/nat-silence.js";
import { messageName, phaseOf } from "../../phases.js";
import { provenNat } from "../../facts/sides.js";

/** No translator forgets sooner. */
const SHORTEST_TIMEOUT = 30_000_000;
/** Fewer tries may be a lost packet. */
const TRIES = 3;

/**
 * The initiator behind NAT pauses for longer than mappings last, requests of the responder in that pause are repeated without
 * answer, and then the initiator speaks again of its own accord: it was there, but could not be reached.
 */
export const natMappingExpired: TunnelRule = (context) => {
  const { tunnel, setups, capture } = context;
  const nat = provenNat(context);
  if (nat?.initiatorBehindNat !== true || nat.responderBehindNat === true || capture.files.length > 1)
    return null;
  const inside = tunnel.ikeSas[0]?.initiator.address;
  if (inside === undefined || [...tunnel.keepalives.keys()].includes(inside)) return null;
  const gaps = gapsOf(tunnel, [inside], SHORTEST_TIMEOUT);
  for (const { sa, progress } of setups.toReversed()) {
    const lost = progress.later.findLast((exchange) => meetsSilence(exchange, responderOf(context)));
    if (lost?.request == null) continue;
    const gap = gaps.find((one) => encloses(one, lost));
    if (gap === undefined) continue;
    const name = messageName(sa, lost, "request");
    const lastTry = lastTimeOf(lost.request);
    const isAnswered = progress.later.some(({ response }) => lastTimeOf(response) > lastTry);
    const wentOn = isAnswered || healedAfter(context, lastTry) || carriesTrafficAfter(context, lastTry);
    const quiet = humanDuration(firstTimeOf(lost.request) - gap.from);
    return {
      code: "nat-mapping-expired",
      ...(wentOn ? { severity: "warning" as const } : {}),
      confidence: "likely",
      provenance: "inferred",
      phase: phaseOf(sa, lost),
      headline: `${inside}, behind NAT, could not be reached after ${quiet} of silence: ${name} unanswered (${triesText(lost.request)}) until it sent again itself`,
      summary:
        `The initiator ${inside} behind NAT had sent nothing for ${quiet}, no keepalive either, when ${responderOf(context)} sent ${name}: ${triesText(lost.request)}, no answer. ` +
        `Then ${inside} sent again by itself, so it was there: the translator had forgotten its mapping. ` +
        (wentOn ? "Afterwards the tunnel went on." : "The tunnel did not come back in this capture."),
      evidence: [
        { frame: gap.fromFrame, time: gap.from, nanos: 0, text: `last packet from ${inside}` },
        ...evidenceOf(lost.request, `${name}, unanswered`),
        { frame: gap.toFrame, time: gap.to, nanos: 0, text: `${inside} sends again` },
      ],
      rivals: [
        {
          code: "dpd-timeout",
          separatedBy: `a capture at ${inside}: the requests arrive there and are not answered (host asleep, daemon busy)`,
        },
      ],
    };
  }
  return null;
};

function responderOf({ tunnel }: TunnelContext): string {
  return tunnel.ikeSas[0]?.responder.address ?? tunnel.addresses[1];
}

function meetsSilence({ request, response, expectsResponse }: Exchange, responder: string): boolean {
  const first = request?.sightings[0];
  return (
    request !== null &&
    first !== undefined &&
    response === null &&
    expectsResponse &&
    request.tries >= TRIES &&
    first.source.address === responder &&
    first.source.port === NAT_T_PORT &&
    first.transport === "udp"
  );
}

function encloses({ from, to }: Gap, { request }: Exchange): boolean {
  return firstTimeOf(request) - from >= SHORTEST_TIMEOUT && lastTimeOf(request) <= to;
}
