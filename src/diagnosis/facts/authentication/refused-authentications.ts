import type { Micros } from "../../../bytes/time.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { endsEap } from "../../../session/classes.js";
import type { Exchange } from "../../../session/model.js";
import { lastSighting, firstTimeOf } from "../../../session/sightings.js";
import { type TunnelContext, type Setup, setupsIn } from "../../context.js";
import { wentOnUnseen } from "../life/healing.js";
import { wentToAnotherGateway } from "../negotiation/redirects.js";
import { carriesEspAfter } from "./same-client.js";
import { silenceAfter } from "../silence/silence.js";

/** A program goes on with EAP at once; a user may have to find the password first. Microseconds. */
export const PROGRAM_WAITS = 5_000_000;

const USER_WAITS = 30_000_000;

/** IKEv2 setups whose last answer to IKE_AUTH can hold one notify only: in the first round, or behind rounds of EAP. */
export function refusedAuthentications(context: TunnelContext, behind: "the first round" | "EAP"): Setup[] {
  return setupsIn(context, "authentication-refused").filter(
    (setup) =>
      roundsOf(setup).length > 1 === (behind === "EAP") &&
      isFinal(setup, context) &&
      wentToAnotherGateway(setup, context) === undefined,
  );
}

function roundsOf({ progress }: Setup): readonly Exchange[] {
  return progress.authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
}

/** EAP-Success is as short as a refusal, and so are requests for a password: the initiator has to have gone no further. */
function isFinal(setup: Setup, context: TunnelContext): boolean {
  const { sa, progress } = setup;
  const rounds = roundsOf(setup);
  const response = rounds.at(-1)?.response;
  const answer = lastSighting(response ?? null);
  if (response == null || answer === undefined || rounds.length === 1) return answer !== undefined;
  const beginsAnew = context.setups.some(
    (other) =>
      other.sa.startSeen &&
      other.sa.firstTime > answer.time &&
      other.sa.initiator.address === sa.initiator.address &&
      other.sa.initiator.port === sa.initiator.port,
  );
  if (givesUpAfter(setup, context, answer.time)) return true;
  if (wentOnUnseen(setup, context, answer.time)) return false;
  const wait = endsEap(response.message, progress.suite) ? PROGRAM_WAITS : USER_WAITS;
  return beginsAnew || silenceAfter(context, answer) >= wait;
}

/** Whether the initiator's next message is an INFORMATIONAL instead of another round, and no ESP comes. */
export function givesUpAfter(setup: Setup, context: TunnelContext, time: Micros): boolean {
  const { progress } = setup;
  const last = progress.authentication.at(-1);
  const objects = progress.later.some(
    ({ exchangeType, messageId, startedBy, request }) =>
      exchangeType === EXCHANGE_V2.INFORMATIONAL &&
      startedBy === "initiator" &&
      messageId === (last?.messageId ?? 0) + 1 &&
      firstTimeOf(request) >= time,
  );
  return objects && !carriesEspAfter(context, setup, time);
}
