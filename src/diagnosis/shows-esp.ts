import { firstJudgement } from "../session/nat.js";
import { type TunnelContext, sendsOnNatT } from "./context.js";

/**
 * Whether the capture would hold this tunnel's ESP, if there were any, as a live one does. A filter that names ports, or UDP and ICMP, leaves
 * ESP out where it is a protocol of its own; IKE on port 4500 alone does not tell (MOBIKE moves it there without any
 * translator).
 */
export function wouldShowEsp(context: TunnelContext): boolean {
  const { tunnel, capture, setups } = context;
  const isNative = ({ encapsulation }: { readonly encapsulation: string }): boolean =>
    encapsulation === "esp";
  if (capture.observations.notIp > 0 || capture.files.some(({ format }) => format === "live")) return true;
  if (capture.tunnels.some(({ streams }) => streams.some(isNative))) return true;
  const nat = firstJudgement(tunnel, setups);
  const isInUdp =
    nat?.forced === true || nat?.initiatorBehindNat === true || nat?.responderBehindNat === true;
  return isInUdp && (sendsOnNatT(context, "initiator") || sendsOnNatT(context, "responder"));
}
