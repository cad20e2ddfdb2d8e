import { summarizePayload } from "../../../ike/describe/payload.js";
import type { EapPayload } from "../../../ike/message.js";
import { notifyName } from "../../../ike/registries/notify.js";
import { EAP_CODE, EAP_METHOD, eapMethodName } from "../../../ike/registries/eap.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { errorIn, openedOf, payloadIn } from "./opened.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** How EAP ended, as far as keys open it. */
export interface OpenedEapEnd {
  /** "EAP-Failure", "AUTHENTICATION_FAILED". */
  readonly end: string;
  /** The text of the report beside what the lengths tell. */
  readonly text: Message;
}

/**
 * The end of the rounds of EAP in `last`, the message that ended them: EAP-Failure or an error notify, with the method and the
 * last that both said. Null where it was not opened, or is no such end.
 */
export function openedEapEnd(
  context: TunnelContext,
  rounds: readonly Exchange[],
  last: Transmission | null,
): OpenedEapEnd | null {
  const said = openedOf(context, last);
  if (said === null) return null;
  const eap = payloadIn(said, "eap");
  const error = errorIn(said);
  const isFailure = eap?.code === EAP_CODE.FAILURE;
  if (!isFailure && error === null) return null;
  const end = isFailure ? "EAP-Failure" : notifyName(2, error?.notifyType ?? 0);
  const spoken = rounds.flatMap(({ request, response }) =>
    [request, response].flatMap((message) => eapIn(context, message)),
  );
  const method = spoken.findLast(
    (payload) => payload.method !== null && payload.method !== EAP_METHOD.IDENTITY,
  )?.method;
  const lastSaid = spoken.findLast(({ code }) => code === EAP_CODE.REQUEST || code === EAP_CODE.RESPONSE);
  return {
    end,
    text: joined(
      say`It is ${end} (${said.mark}). `,
      method === undefined || method === null
        ? "No method was agreed on before it. "
        : say`The method is ${eapMethodName(method)}. `,
      lastSaid === undefined ? "" : say`The last before it is ${summarizePayload(lastSaid, 2)}. `,
    ),
  };
}

function eapIn(context: TunnelContext, message: Transmission | null): EapPayload[] {
  const part = openedOf(context, message);
  const eap = part === null ? null : payloadIn(part, "eap");
  return eap === null ? [] : [eap];
}

/** The parts of the verdict that are certain once the end is read. */
export const READ: Pick<Verdict, "confidence" | "provenance" | "rivals"> = {
  confidence: "certain",
  provenance: "observed",
  rivals: [],
};
