import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Setup } from "../../setup.js";

/**
 * Scanners on the internet ask every address once and take the answer. Daemons announce NAT detection in IKE_SA_INIT, and
 * vendor IDs in the first message of IKEv1; scanners mostly do neither.
 */
export function looksLikeProbe({ sa, progress }: Setup): boolean {
  const first = progress.opening[0]?.request?.message;
  // The part that a short snap length cut off may have announced it.
  if (progress.opening.length > 1 || (first !== undefined && first.problem !== null)) return false;
  const payloads = first?.payloads ?? [];
  if (sa.majorVersion === 1) return !payloads.some(({ kind }) => kind === "vendorId");
  return !payloads.some(
    (payload) => payload.kind === "notify" && payload.notifyType === NOTIFY_V2.NAT_DETECTION_SOURCE_IP,
  );
}
