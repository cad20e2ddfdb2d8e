import { firstJudgement } from "../../../session/nat.js";
import type { CaptureFile } from "../../../session/model.js";
import { sendsOnNatT, type TunnelContext } from "../../context.js";

/** In the language of libpcap. */
const KEEPS_ESP = /\bproto (?:50|\\?esp)\b|\besp\b/;
const NEGATES = /\bnot\b|!(?!=)/;

/**
 * Whether the capture would hold this tunnel's ESP, if there were any. A filter that names ports, or UDP and ICMP, leaves
 * ESP out where it is a protocol of its own; IKE on port 4500 alone does not tell (MOBIKE moves it there without any
 * NAT device).
 */
export function wouldShowEsp(context: TunnelContext): boolean {
  const { tunnel, capture, setups } = context;
  const { notIp, nativeEsp } = capture.observations;
  if (notIp + nativeEsp > 0 || namesFilterWithEsp(capture.files)) return true;
  if (holdsIkeOnly(context)) return false;
  const nat = firstJudgement(tunnel, setups);
  const isInUdp =
    nat?.forced === true || nat?.initiatorBehindNat === true || nat?.responderBehindNat === true;
  return isInUdp && (sendsOnNatT(context, "initiator") || sendsOnNatT(context, "responder"));
}

/** The recording names its filter, and ESP is part of it; one that negates something is not read. */
function namesFilterWithEsp(files: readonly CaptureFile[]): boolean {
  const keepsEsp = (filter: string): boolean => KEEPS_ESP.test(filter) && !NEGATES.test(filter);
  return files.length > 0 && files.every(({ filters }) => filters.length > 0 && filters.every(keepsEsp));
}

/**
 * The capture holds IKE and nothing else, as a display filter on IKE leaves it, so what else is on port 4500 may have been left
 * out: ESP in UDP and NAT keepalives.
 */
export function holdsIkeOnly({ capture }: TunnelContext): boolean {
  const { espPackets, ahPackets, otherPackets, keepalives } = capture.observations;
  return espPackets + ahPackets + otherPackets + keepalives === 0;
}
