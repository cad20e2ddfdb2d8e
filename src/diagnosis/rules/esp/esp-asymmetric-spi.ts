import { hex32 } from "../../../bytes/hex.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { ChildSa, EspSa } from "../../../session/esp/child-sa.js";
import { isFresh } from "../../../session/esp/child-sas.js";
import { answersTo } from "../../../session/esp/esp-sas.js";
import type { Tunnel } from "../../../session/model.js";
import { isMerged } from "../../facts/esp/esp-directions.js";
import { afterOf } from "../../facts/esp/stale-spi.js";
import type { Evidence, Rival } from "../../finding.js";
import { graded } from "../../grade.js";
import { tunnelsAtPlaces } from "../../places/view.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * How long two pairs cross, in microseconds and turns. No rekey overlaps as long as `sure`. Daemons switch to the new pair within
 * a second; `rekey` is what those take that wait for a soft lifetime. Where both pairs have been in use each for itself, nothing
 * replaces anything, and `least` is enough.
 */
const CROSSING_US = { least: 2_000_000, rekey: 60_000_000, sure: 120_000_000 } as const;
const TURNS = { least: 5, sure: 10 } as const;
/** Question and answer, twice: the two ESP SAs belong together. */
const OWN_TURNS = { least: 2, sure: 5 } as const;
/** This share of what follows the requests is in the other pair. */
const SHARE = 0.8;
/** With more packets of the own pair for each request, the requests are still answered there, beside other traffic. */
const STILL_OWN = 0.5;
/** The replies leave the own pair within this time of the other one's birth. */
const MOVES: Micros = 60_000_000;
/** With more ESP SAs at once in one direction it is a pair for each processor (RFC 9611) or for each subnet. */
const MOST_AT_ONCE = 2;

/** The first packet of an SA, or the second where the first one is lost. */
const FIRST_SEEN = 2;

interface Crossing {
  /** Requests, the replies that belong to them, and those that come. */
  readonly requests: EspSa;
  readonly own: EspSa;
  readonly other: EspSa;
  readonly turns: number;
  readonly from: Micros;
  readonly to: Micros;
  readonly last: Evidence;
  /** Longer and more often than any rekey explains. */
  readonly isSure: boolean;
}

/**
 * Two pairs of SPIs are live, and requests in one pair are answered in the other: the two ends prefer different Child
 * SAs. Said only where the pair that belongs together is known, from turns before the second one was made.
 */
export const espAsymmetricSpi = defineRule({
  code: "esp-asymmetric-spi",
  severity: "critical",
  title: "Requests and replies use different pairs of SAs",
  explanation:
    "Two Child SAs for the same traffic are up, one end sends in the first and the other answers in the second. If the SAs have different policies (reqid, selectors, marks), the receiver decrypts the packet and drops it because it came in the wrong SA.",
  signature:
    "Packets of two SPIs took turns, a second pair was made, and since then replies come in the new SPI while requests stay in the old one: likely after two minutes, possible after one minute, or two seconds if the second pair was in use for itself. Not said with more than two SAs at once in a direction, or if each carries DSCP values of its own; a warning in IKEv1.",
  remedies: [
    "Remove the duplicate: let one side only initiate, and make both ends replace an older SA of the same peer.",
    "Put all subnets into one child, or give each pair of subnets exactly one child on both ends.",
    "Linux: XfrmInTmplMismatch in /proc/net/xfrm_stat counts the packets that are dropped for it, and the state shows the reqid of each SA.",
  ],
  commands: ["status", "uniqueness", "restart"],
  references: ["RFC 7296 section 2.8"],
  needs: ["all-packets"],
  yieldsTo: ["esp-stale-spi"],
  onlyWith: ["esp"],
  detect: (context) => {
    const { ikeSas } = context.tunnel;
    // The turns of files that overlap in time are those of the merging.
    const found = (isMerged(context.capture.files) ? tunnelsAtPlaces(context) : [context.tunnel]).flatMap(
      crossingsOf,
    );
    const [crossing] = found.toSorted((a, b) => b.turns - a.turns);
    if (crossing === undefined) return null;
    const { requests, own, other, turns, from, to } = crossing;
    // IKEv1 leaves it to each end which of several SAs it uses, old ones included.
    const isV1 = ikeSas.length > 0 && ikeSas.every(({ majorVersion }) => majorVersion === 1);
    return {
      ...(isV1 ? { severity: "warning" as const } : {}),
      ...graded(
        [crossing.isSure ? null : REKEY],
        [
          {
            code: "per-resource-sas",
            separatedBy:
              "the SAs at both ends ('ip -s xfrm state', 'ip xfrm policy'): whether both pairs have the same selectors and reqid, and whether XfrmInTmplMismatch in /proc/net/xfrm_stat counts up",
          },
        ],
      ),
      provenance: "inferred",
      phase: "ESP",
      headline: say`${requests.source} sends in SPI ${hex32(requests.spi)}, and ${other.source} answers in ${hex32(other.spi)} of another pair instead of ${hex32(own.spi)}`,
      summary: joined(
        say`Two pairs of ESP SAs are live. ${requests.source} sends in SPI ${hex32(requests.spi)}, which belongs to ${hex32(own.spi)} of the other direction: their packets took turns until the second pair was made. `,
        say`Since then the answers come in ${hex32(other.spi)} (${turns} turns in ${humanDuration(to - from)}), while the requests stay where they were, for longer than a rekey overlaps. `,
        "Each end prefers another one of its Child SAs. If the two have different selectors or policies, the receiver drops the answers after decryption.",
      ),
      evidence: [
        {
          frame: requests.firstFrame,
          time: requests.firstTime,
          nanos: 0,
          text: say`requests in SPI ${hex32(requests.spi)}`,
        },
        {
          frame: own.lastFrame,
          time: own.lastTime,
          nanos: 0,
          text: say`last packet in SPI ${hex32(own.spi)}, of the same pair`,
        },
        {
          frame: other.firstFrame,
          time: other.firstTime,
          nanos: 0,
          text: say`SPI ${hex32(other.spi)} of another pair begins`,
        },
        crossing.last,
        {
          frame: requests.lastFrame,
          time: requests.lastTime,
          nanos: 0,
          text: say`requests still in SPI ${hex32(requests.spi)}`,
        },
      ],
    };
  },
});

function crossingsOf({ childSas }: Tunnel): Crossing[] {
  return childSas.flatMap((own) => childSas.flatMap((other) => crossingOf(childSas, own, other)));
}

function crossingOf(all: readonly ChildSa[], pair: ChildSa, second: ChildSa): Crossing[] {
  if (pair === second || pair.forward === null || pair.backward === null) return [];
  return [
    ...judge(all, pair.forward, pair.backward, second, second.backward),
    ...judge(all, pair.backward, pair.forward, second, second.forward),
  ];
}

const REKEY: Rival = {
  code: "rekey-collision",
  separatedBy:
    "a capture that goes on: in a rekey the requests move to the new pair, or the old pair is deleted",
};

function judge(
  childSas: readonly ChildSa[],
  requests: EspSa,
  own: EspSa,
  second: ChildSa,
  other: EspSa | null,
): Crossing[] {
  if (other === null || !isFresh(other) || other.firstTime <= requests.firstTime) return [];
  const before = answersTo(own, requests);
  const since = answersTo(other, requests);
  if (before === null || since === null) return [];
  if (before.turns < OWN_TURNS.least || since.turns < TURNS.least) return [];
  const [from, to] = [Math.max(since.firstTime, other.firstTime), since.lastTime];
  const least = isInUse(second) ? CROSSING_US.least : CROSSING_US.rekey;
  if (to - from < least || requests.lastTime < to - MOVES) return [];
  // Their pair worked, and it was left when the other one came.
  if (before.firstTime >= other.firstTime || before.lastTime > other.firstTime + MOVES) return [];
  if (!isPreferred(childSas, requests, other, since.turns)) return [];
  if (afterOf(own, from) > afterOf(requests, from) * STILL_OWN) return [];
  if (atOnce(childSas, other, to) > MOST_AT_ONCE || hasOwnClass(own, other)) return [];
  const last = {
    frame: since.lastFrame,
    time: to,
    nanos: 0,
    text: say`still answered in SPI ${other.spi.toString(16).padStart(8, "0")}`,
  };
  // If the capture begins among its first packets, nothing shows which of the two pairs is the newer one.
  const isBorn = other.firstSequence <= FIRST_SEEN;
  const isSure = to - from >= CROSSING_US.sure && since.turns >= TURNS.sure && before.turns >= OWN_TURNS.sure;
  // In a rekey the requests move to the new pair sooner or later.
  const moved = second.forward?.source === requests.source ? second.forward : second.backward;
  if (!isSure && !isBorn) return [];
  if (!isSure && moved !== null && moved.source === requests.source && moved.lastTime > requests.lastTime) {
    return [];
  }
  return [{ requests, own, other, turns: since.turns, from, to, last, isSure }];
}

/** Its own two ESP SAs answered each other. */
function isInUse({ forward, backward }: ChildSa): boolean {
  if (forward === null || backward === null) return false;
  return [answersTo(forward, backward), answersTo(backward, forward)].some(
    (own) => (own?.turns ?? 0) >= OWN_TURNS.least,
  );
}

/** Whether the other pair's replies nearly always follow these requests, and not those of their own pair. */
function isPreferred(childSas: readonly ChildSa[], requests: EspSa, other: EspSa, turns: number): boolean {
  const all = childSas
    .flatMap(({ forward, backward }) => [forward, backward])
    .filter((espSa) => espSa !== null && espSa.source === requests.source)
    .reduce((sum, espSa) => sum + (espSa === null ? 0 : (answersTo(other, espSa)?.turns ?? 0)), 0);
  return turns >= all * SHARE;
}

/** ESP SAs of the direction of `espSa` that are in use while it is. */
function atOnce(childSas: readonly ChildSa[], espSa: EspSa, until: Micros): number {
  return childSas
    .flatMap(({ forward, backward }) => [forward, backward])
    .filter(
      (one) =>
        one !== null &&
        one.source === espSa.source &&
        one.firstTime < until &&
        one.lastTime > espSa.firstTime + MOVES,
    ).length;
}

/** SAs for classes of traffic (RFC 4301 section 4.1): each carries DSCP values that the other does not. */
function hasOwnClass(one: EspSa, other: EspSa): boolean {
  const dscps = ({ streams }: EspSa): Set<number> =>
    new Set(streams.flatMap(({ outer }) => [...outer.dscps]));
  const [first, second] = [dscps(one), dscps(other)];
  return first.size > 0 && second.size > 0 && [...first].every((dscp) => !second.has(dscp));
}
