import type { Micros } from "../../../bytes/time.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import type { Transmission } from "../../../session/model.js";
import { notifiesOf } from "../../../session/payloads.js";
import { lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import type { Rival } from "../../finding.js";
import { lostResponse } from "../silence/lost-response.js";
import { hidesPort4500 } from "../nat/port-4500-hidden.js";
import { silenceAfter } from "../silence/silence.js";

/** IKE_AUTH comes at once where it comes at all. */
const WAIT: Micros = 5_000_000;

/** Whether a setup stopped where USE_PPK was asked for and not agreed to, and the capture goes on long enough to say so. */
export function isPpkRefused(setup: Setup, context: TunnelContext): boolean {
  const { chosen } = setup.progress;
  const answer = lastSighting(chosen?.response ?? null);
  if (!asksForPpk(setup) || chosen?.response == null || answer === undefined) return false;
  if (chosen.response.message.problem !== null) return false;
  if (carriesPpk(chosen.response) || setup.progress.authentication.length > 0) return false;
  return (
    !hidesPort4500(context) && lostResponse(setup, context) === null && silenceAfter(context, answer) >= WAIT
  );
}

/** If both sides have one, a different key or identity looks like any failed authentication. */
export const PPK_DIFFERS: Rival = {
  code: "ppk-mismatch",
  separatedBy: "the responder's log: whether it knows the PPK identity that the initiator named",
};

export function asksForPpk({ progress: { chosen } }: Setup): boolean {
  return chosen !== null && carriesPpk(chosen.request);
}

function carriesPpk(transmission: Transmission | null): boolean {
  return notifiesOf(transmission?.message).some(({ notifyType }) => notifyType === NOTIFY_V2.USE_PPK);
}
