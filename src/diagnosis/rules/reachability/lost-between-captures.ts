import type { TunnelContext } from "../../context.js";
import { carriesTrafficAfter, healedAfter, MENDED } from "../../facts/life/healing.js";
import type { Verdict } from "../../finding.js";
import type { Between } from "../../places/between.js";
import { rivalAt } from "../../places/device-texts.js";
import { espBetween } from "../../places/esp-between.js";
import { ikeBetween } from "../../places/ike-between.js";
import { remediesOn } from "../../places/lost-remedies.js";
import { partsBetween } from "../../places/parts-between.js";
import { goesToLeftAddress } from "../../places/left-behind.js";
import { hearsSender, nameOf, type Passage, passagesOf, passageToTheEnd } from "../../places/passage.js";
import { defineRule } from "../../rule.js";
import { type Message, say } from "../../../texts/message.js";

interface Found {
  readonly passage: Passage;
  readonly between: Between;
}

/**
 * Packets that one capture file has and the next one on their way has not: the one case in which it is seen, not concluded,
 * where packets are lost.
 */
export const lostBetweenCaptures = defineRule({
  code: "lost-between-captures",
  severity: "critical",
  title: "Packets pass one capture point and never come to the next one",
  explanation:
    "Captures from two places on one way were read together. What the first one has and the second one has not was lost between them: this is seen, not concluded from silence.",
  signature:
    "Two files overlap in time and hold the same packets; TTLs, or which end a file was taken at, say which place comes first. Of an IKE message no try (two at least), or the same fragment of none, or of an ESP stream nothing, nothing from a moment on, nothing above a size, or by the sequence numbers only a part comes to the second place, whose file was recording by its clock and holds other packets of that kind.",
  remedies: [
    "What lies between the two capture points: firewalls, NAT devices, provider routers, security groups. One of them drops these packets, in this direction.",
    "A third capture halfway tells in which half they are lost.",
    "If they are large ones only, clamp the MSS or lower the MTU of the tunnel.",
  ],
  commands: ["capture", "firewall", "route"],
  references: ["RFC 4303 section 3.4.3", "RFC 7296 section 2.1"],
  needs: ["the-file"],
  detect: (context) => {
    const found = passagesOf(context).flatMap((passage) => foundOn(context, passage));
    const [worst] = found.toSorted(
      (a, b) => rankOf(context, a) - rankOf(context, b) || a.between.from - b.between.from,
    );
    if (worst === undefined) return null;
    const { passage, between } = worst;
    const { headline, summary, evidence, phase, doubt } = between;
    return {
      ...severityOf(context, worst),
      confidence: between.isSure && reachesNoEnd(context, worst) ? "likely" : "possible",
      ...(doubt === undefined ? {} : { doubt }),
      provenance: "observed",
      phase,
      headline,
      summary,
      evidence,
      remedies: remediesOn(passage, between),
      ...(passage.device === null ? {} : { atNeitherPeer: true }),
      rivals: [
        {
          code: "capture-dropped",
          separatedBy: rivalText(passage),
        },
      ],
    };
  },
});

/** The observation that would show that nothing is lost there. */
function rivalText(passage: Passage): Message {
  if (passage.device !== null) return rivalAt(passage);
  return isToEnd(passage)
    ? say`the counters of ${passage.receiver} over the same time ('ip -s xfrm state', the daemon's log): if they have these packets, they came by an interface that ${nameOf(passage.to)} was not taken on, or the sniffer lost them`
    : say`a capture at ${passage.receiver} itself: if the packets arrive there, they took a way past the place of ${nameOf(passage.to)}`;
}

function foundOn(context: TunnelContext, passage: Passage): Found[] {
  const esp = espBetween(context, passage);
  return (
    ikeBetween(context, passage)
      // A loss that was mended shows that the sender was heard: then a file without it holds one direction only.
      .filter((between) => hearsSender(passage) || !isMended(context, between))
      .concat(partsBetween(context, passage), esp === null ? [] : [esp])
      .filter((between) => !goesToLeftAddress(context, passage, between))
      .map((between) => ({ passage, between }))
  );
}

function isToEnd({ to, receiver }: Passage): boolean {
  return to.near === receiver;
}

/** Packets may take another way past a place in the middle; a host they must reach. */
function reachesNoEnd(context: TunnelContext, { passage, between }: Found): boolean {
  if (isToEnd(passage) || passage.device !== null) return true;
  const whole = passageToTheEnd(context, passage);
  return (
    whole !== null &&
    foundOn(context, whole).some(
      ({ between: { phase, isGrave, isSure } }) =>
        phase === between.phase && isGrave === between.isGrave && isSure,
    )
  );
}

/** The rank of a loss: grave and lasting ones come first. */
function rankOf(context: TunnelContext, { between }: Found): number {
  if (!between.isGrave) return 2;
  return isMended(context, between) ? 1 : 0;
}

function severityOf(context: TunnelContext, { between }: Found): Pick<Verdict, "severity" | "mended"> {
  if (!between.isGrave) return { severity: "warning" };
  return isMended(context, between) ? MENDED : {};
}

/**
 * IKE that came up later; or of a setup, traffic behind it. ESP that goes on beside lost messages of an SA that stands will not
 * for long, and what is lost of ESP itself does not come back.
 */
function isMended(context: TunnelContext, { phase, until }: Between): boolean {
  if (phase === "ESP") return false;
  const stands = phase === "INFORMATIONAL" || phase === "CREATE_CHILD_SA";
  return healedAfter(context, until) || (!stands && carriesTrafficAfter(context, until));
}
