import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../../../ike/registries/notify-v2.js";
import { isOneNotifyAtMost } from "../../../session/classes.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup } from "../../context.js";
import type { Rival } from "../../finding.js";

/** A program ends what it does not need any more at once. */
const AT_ONCE_US: Micros = 500_000;

/**
 * The rival "REDIRECT in the answer to IKE_AUTH" (RFC 5685 6) of an answer without a Child SA: open where the client knows
 * REDIRECT, or the capture does not hold whether it does, and ends the IKE SA at once instead of keeping it. Where the capture holds its way to
 * the other gateway, `wentToAnotherGateway` says so.
 */
export function mayBeRedirected({ progress }: Setup): Rival | null {
  const { opening, authentication, later, suite } = progress;
  const answer = authentication.at(-1)?.response ?? null;
  const [end] = later;
  if (answer === null || end?.request == null || later.length > 1) return null;
  const isEnd =
    end.exchangeType === EXCHANGE_V2.INFORMATIONAL &&
    end.startedBy === "initiator" &&
    firstTimeOf(end.request) - firstTimeOf(answer) < AT_ONCE_US &&
    isOneNotifyAtMost(end.request.message.header.length, suite);
  const asked = opening.at(-1)?.request?.message;
  const mayKnow =
    asked === undefined ||
    asked.problem !== null ||
    asked.payloads.some(
      (payload) => payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REDIRECT_SUPPORTED,
    );
  return isEnd && mayKnow ? REDIRECTED : null;
}

const REDIRECTED: Rival = {
  code: "redirected",
  separatedBy:
    "a capture at the client: whether it then begins an IKE SA with another gateway, with REDIRECTED_FROM in it",
};
