import { humanDuration, type Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { firstSighting, lastSighting, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import { deleteLike, PAST_ANNOUNCEMENTS_US } from "../../facts/life/ike-delete.js";
import { gapsOf } from "../../facts/nat/nat-silence.js";
import { lastExchange } from "../../facts/life/setups.js";
import { endsOf } from "../../../session/model/queries.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** Packets that are under way when an SA is deleted still arrive within this time. */
const UNDER_WAY = 1_000_000;
/** "Nothing follows" takes a capture that goes on for so long. */
const PROVING_SILENCE_US = 15_000_000;
/** Traffic before the delete: so near where the length alone tells a delete, nearer where a liveness check has it too. */
const BEFORE = { certain: 60_000_000, ambiguous: 2_000_000 } as const;
/**
 * A rhythm of messages that ends: so many exchanges before, and silence so many times longer than any pause among them. A
 * host that falls asleep does so behind a check on the beat; a delete comes sooner than the next check is due, by this share.
 */
const RHYTHM = { exchanges: 3, pause: 1_000_000, pauses: 3, silence: 60_000_000, offBeat: 0.8 } as const;
/** An SA that was rekeyed is deleted within this time. */
const REPLACED: Micros = 60_000_000;

/** The signs of a delete: a length that nothing else has, with the end of traffic or a long silence behind it; or the end of traffic, or of a rhythm of messages, with it. */
type Sign = "length" | "silence" | "traffic" | "rhythm";

/**
 * The last exchange of an IKE SA has the length of Delete(IKE) and is acknowledged, traffic stops with it, and nothing
 * follows between the peers: somebody ended the tunnel on purpose. An explanation, never a fault. Under a cipher with blocks
 * a liveness check has the same length; then the peers have to break a habit, too.
 */
export const saDeletedByPeer = defineRule({
  code: "sa-deleted-by-peer",
  severity: "info",
  title: "The tunnel was ended in order",
  explanation: "One side deleted the IKE SA and the other acknowledged it. That is an explanation, no fault.",
  signature:
    "An INFORMATIONAL with the length of a delete, acknowledged, after which neither IKE nor ESP of that IKE SA follows.",
  remedies: [
    "The log of the side that deleted it says why: idle timeout, reload, an operator, a policy of the number of logins.",
  ],
  commands: ["log", "restart"],
  references: ["RFC 7296 section 1.4.1"],
  onlyWith: ["beyond-setup"],
  detect: (context) => {
    for (const setup of context.setups.toReversed()) {
      const exchange = lastExchange(setup.sa);
      const sign = exchange === undefined ? null : signOfDelete(context, setup, exchange);
      if (exchange === undefined || sign === null) continue;
      const [who, other] = endsOf(setup.sa, exchange.startedBy);
      const age =
        setup.progress.upAt === null
          ? ""
          : say`, ${humanDuration(timeOf(exchange) - setup.progress.upAt)} after the setup`;
      return {
        confidence: "likely",
        provenance: isByLength(sign) ? "deduced" : "inferred",
        phase: "INFORMATIONAL",
        headline: say`${who.address} deleted the IKE SA${age}`,
        summary: joined(
          say`${who.address} sent an INFORMATIONAL of exactly the length of a delete${age}, ${other.address} acknowledged it, and ${STOPS[sign]}. `,
          isByLength(sign) ? "" : "Under this cipher a liveness check is as long, but none ends a tunnel. ",
          say`The tunnel was ended in order: an idle timeout, a reload, an operator, or a rule of ${who.address}; its log has the reason.`,
        ),
        evidence: [
          ...evidenceOf(exchange.request, "INFORMATIONAL request of the length of Delete(IKE)", 1),
          ...evidenceOf(exchange.response, "its acknowledgement; nothing follows", 1),
        ],
      };
    }
    return null;
  },
});

/** The cipher shows each byte. */
function isByLength(sign: Sign): boolean {
  return sign === "length" || sign === "silence";
}

function timeOf({ request }: Exchange): Micros {
  return firstSighting(request)?.time ?? 0;
}

const STOPS: Readonly<Record<Sign, string>> = {
  length: "all traffic stops with it",
  silence: "nothing of either side follows",
  traffic: "all traffic stops with it",
  rhythm: "the messages that had come in steady rhythm until then stop with it on both sides",
};

function signOfDelete(context: TunnelContext, setup: Setup, exchange: Exchange): Sign | null {
  const { sa } = setup;
  const answer = lastSighting(exchange.response);
  const deleted = deleteLike(setup, exchange, PAST_ANNOUNCEMENTS_US.surely);
  if (deleted === null || answer === undefined) return null;
  const { certain, time } = deleted;
  const { streams } = context.tunnel;
  const end = Math.max(-Infinity, ...streams.map(({ lastTime }) => lastTime));
  if (end > answer.time + UNDER_WAY) return null;
  const isLast = context.setups.every(({ sa: other }) => other.id === sa.id || other.lastTime < answer.time);
  const silence = silenceAfter(context, answer);
  if (!isLast || silence < PROVING_SILENCE_US || isReplaced(context, setup, exchange)) return null;
  if (certain && end >= time - BEFORE.certain) return "length";
  // A tunnel that a gateway ends as idle had no traffic for long.
  if (certain) return silence >= RHYTHM.silence ? "silence" : null;
  if (end >= time - BEFORE.ambiguous) return "traffic";
  return silence >= RHYTHM.silence && endsRhythm(context, setup, exchange, silence) ? "rhythm" : null;
}

/** A younger IKE SA is up, or may be: what is rekeyed lives on under SPIs that are seen with its next message only. */
function isReplaced({ setups }: TunnelContext, { sa, progress }: Setup, exchange: Exchange): boolean {
  const isYounger = setups.some(
    (other) => other.sa.id !== sa.id && (other.progress.upAt ?? -Infinity) > (progress.upAt ?? sa.firstTime),
  );
  const isRekeyed = progress.later.some(
    ({ exchangeType, response }) =>
      exchangeType === EXCHANGE_V2.CREATE_CHILD_SA &&
      response !== null &&
      timeOf(exchange) - lastTimeOf(response) < REPLACED,
  );
  return isYounger || isRekeyed;
}

/** The peers never paused for long before; the last exchange comes off the beat of the others, and then both say nothing. */
function endsRhythm(
  { tunnel }: TunnelContext,
  { sa, progress }: Setup,
  exchange: Exchange,
  silence: Micros,
): boolean {
  const before = progress.later.filter((other) => other !== exchange && other.response !== null);
  const pauses = gapsOf(tunnel, tunnel.addresses, RHYTHM.pause).filter(
    ({ to }) => to <= sa.lastTime && to > sa.firstTime,
  );
  if (pauses.length === 0) return false;
  const longest = Math.max(...pauses.map(({ from, to }) => to - from));
  if (before.length < RHYTHM.exchanges || silence < longest * RHYTHM.pauses) return false;
  const last = pauses.find(({ to }) => to === timeOf(exchange));
  const isOffBeat = last === undefined || last.to - last.from < longest * RHYTHM.offBeat;
  return isOffBeat || before.every(({ startedBy }) => startedBy !== exchange.startedBy);
}
