import type { Address } from "../../../bytes/address.js";
import { wasSetBack } from "../../clock.js";
import { humanDuration } from "../../../bytes/time.js";
import { sendsOnNatT, type TunnelContext } from "../../context.js";
import { type Gap, gapsOf } from "../../facts/nat/nat-silence.js";
import { holdsIkeOnly } from "../../facts/esp/shows-esp.js";
import { behindNat } from "../../facts/nat/behind-nat.js";
import { canonicalOf } from "../../facts/sides.js";
import { isSeen, sendsEspAfter } from "../../facts/silence/peer-heard.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** RFC 3948 section 4 asks for a packet every 20 s; NAT devices commonly forget after 30 s. */
const LONGEST_PAUSE = 30_000_000;
/**
 * Gateways replace an SA within a day (28 800 and 86 400 s are the common lifetimes): one that goes on after a longer pause was not silent
 * for that long. The clock of the capture was set, or the recording paused.
 */
const LONGEST_SA_PAUSE_US = 86_400_000_000;

/**
 * The initiator is behind NAT, and in a tunnel that lives on there are pauses of both sides in which it sends no keepalive,
 * nor ever does. A responder behind NAT mostly has a fixed mapping that nothing makes forget.
 */
export const natKeepaliveMissing = defineRule({
  code: "nat-keepalive-missing",
  severity: "warning",
  title: "The side behind NAT sends no keepalives",
  explanation:
    "A NAT device deletes a UDP mapping after some time without packets, often 30 s. The side behind NAT should send a packet at least every 20 s; here it does not.",
  signature:
    "A peer is behind NAT, its tunnel pauses for more than 30 s in both directions, and it sends neither keepalives nor anything else.",
  remedies: [
    "Enable NAT keepalives at the side behind NAT, every 20 s.",
    "If it cannot be set: DPD at that side, at an interval below the NAT device's UDP timeout.",
  ],
  commands: ["keepalive", "deadPeer"],
  references: ["RFC 3948 section 4"],
  needs: ["all-packets", "pauses"],
  detect: (context) => {
    const { tunnel, capture } = context;
    // Between files there are pauses of the recording, and a clock that was set back makes others.
    if (capture.files.length > 1 || capture.files.some(wasSetBack)) return null;
    if (behindNat(context)?.initiatorBehindNat !== true) return null;
    if (!sendsOnNatT(context, "initiator") || holdsIkeOnly(context)) return null;
    const inside = tunnel.ikeSas[0]?.initiator.address;
    // A capture of the other direction alone shows nothing of that side, keepalives neither.
    if (inside === undefined || !isHeardAtAll(context, inside)) return null;
    if ([...tunnel.keepalives.keys()].some((address) => canonicalOf(tunnel, address) === inside)) return null;
    const gaps = gapsOf(tunnel, tunnel.addresses, LONGEST_PAUSE).filter((gap) => livesThrough(context, gap));
    const longest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
    if (longest === undefined) return null;
    const pause = humanDuration(longest.to - longest.from);
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: null,
      headline: say`${inside}, behind NAT, sends nothing for ${pause}: no keepalives`,
      summary: joined(
        say`The initiator ${inside} is behind NAT and sends no NAT keepalive in this capture, although the tunnel is silent for up to ${pause}${gaps.length > 1 ? say` (${gaps.length} such pauses)` : ""}. `,
        "A NAT device that deletes UDP mappings after 30 s then drops what the other side sends.",
      ),
      evidence: [
        {
          frame: longest.fromFrame,
          time: longest.from,
          nanos: 0,
          text: say`last packet before a pause of ${pause}`,
        },
        {
          frame: longest.toFrame,
          time: longest.to,
          nanos: 0,
          text: "first packet after it, no keepalive in between",
        },
      ],
      rivals: [
        {
          code: "capture-filter-blind",
          separatedBy:
            "a capture of all UDP 4500 at the side behind NAT: keepalives are single bytes 0xff every 20 s",
        },
      ],
    };
  },
});

function isHeardAtAll(context: TunnelContext, address: Address): boolean {
  return isSeen(context, address) || sendsEspAfter(context, address, -Infinity);
}

/** The same IKE SA or the same ESP stream is there before and after. */
function livesThrough({ tunnel, setups }: TunnelContext, { from, to }: Gap): boolean {
  if (to - from >= LONGEST_SA_PAUSE_US) return false;
  const bySa = setups.some(
    ({ sa, progress }) => progress.upAt !== null && progress.upAt <= from && sa.lastTime >= to,
  );
  return bySa || tunnel.streams.some(({ firstTime, lastTime }) => firstTime <= from && lastTime >= to);
}
