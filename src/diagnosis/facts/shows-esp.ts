import { firstJudgement } from "../../session/nat.js";
import { sendsOnNatT, type TunnelContext } from "../context.js";

/**
 * Whether the capture would hold this tunnel's ESP, if there were any. A filter that names ports, or UDP and ICMP, leaves
 * ESP out where it is a protocol of its own; IKE on port 4500 alone does not tell (MOBIKE moves it there without any
 * translator). */
export function wouldShowEsp(context: TunnelContext): boolean {
  const { tunnel, capture, setups } = context;
  const { notIp, nativeEsp } = capture.observations;
  if (notIp + nativeEsp > 0) return true;
  if (holdsIkeOnly(context)) return false;
  const nat = firstJudgement(tunnel, setups);
  const isInUdp =
    nat?.forced === true || nat?.initiatorBehindNat === true || nat?.responderBehindNat === true;
  return isInUdp && (sendsOnNatT(context, "initiator") || sendsOnNatT(context, "responder"));
}

/**
 * The capture holds IKE and nothing else, as a display filter on IKE leaves it, so what else is on port 4500 may have been left
 * out: ESP in UDP and NAT keepalives.
 */
export function holdsIkeOnly({ capture }: TunnelContext): boolean {
  const { espPackets, ahPackets, otherPackets, keepalives } = capture.observations;
  return espPackets + ahPackets + otherPackets + keepalives === 0;
}
