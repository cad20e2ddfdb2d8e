import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V1 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import { deleteIkeLength, mayBeLivenessCheck } from "../../../session/short-messages.js";
import type { TunnelContext } from "../../context.js";
import { mayBeCheckV1 } from "../../../session/notification-length-v1.js";

/** A liveness check after the setup, and after that time, is answered; in IKEv1 checks come from both sides or with their acknowledgements. */
export function isChecked({ setups }: TunnelContext, after: Micros): boolean {
  return setups.some(({ sa, progress }) => {
    // Nothing tells whether an IKE SA that was there before has a Child SA.
    if (sa.majorVersion === 2 ? progress.authClass !== "full" : progress.quick.length === 0) return false;
    if (sa.unkeptChecks > 0 && sa.lastTime > after) return true;
    const later = progress.later.filter(
      ({ request, response }) => Math.max(lastTimeOf(request), lastTimeOf(response)) > after,
    );
    if (sa.majorVersion === 2) {
      const answered = later.filter(
        ({ request, response }) =>
          request !== null && response !== null && mayBeLivenessCheck(request.message, progress.suite),
      );
      // Under block ciphers the last message of an IKE SA may as well delete it.
      const isCheck = ({ request }: Exchange): boolean =>
        request !== null && !deleteIkeLength(request.message, progress.suite).fits;
      return answered.length > 1 || answered.some(isCheck);
    }
    // XAuth and mode configuration have such lengths too.
    const checks = later.filter(
      ({ exchangeType, request }) =>
        exchangeType === EXCHANGE_V1.INFORMATIONAL &&
        request !== null &&
        mayBeCheckV1(request.message.header.length, progress.suite),
    );
    return new Set(checks.map(({ startedBy }) => startedBy)).size > 1;
  });
}
