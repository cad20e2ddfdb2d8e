import type { IkeMessage, NotifyPayload, SaPayload } from "../ike/message.js";
import { cutNotify } from "../ike/payloads/notify/cut.js";
import { isErrorNotify } from "../ike/registries/notify.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../ike/registries/payload-types.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import { type Suite, suiteOf } from "../ike/suite.js";
import type { Exchange, Transmission } from "./model.js";

/** The SA payload of a message in clear; null where it has none. */
export function saOf(transmission: Transmission | null): SaPayload | null {
  for (const payload of transmission?.message.payloads ?? []) if (payload.kind === "sa") return payload;
  return null;
}

/** Whether a message begins with an SA payload, also where the snap length cut that off: then its header names it. */
export function beginsWithSa(transmission: Transmission | null): boolean {
  if (transmission === null) return false;
  const { header, problem } = transmission.message;
  const type = header.majorVersion === 2 ? PAYLOAD_V2.SA : PAYLOAD_V1.SA;
  return saOf(transmission) !== null || (problem !== null && header.nextPayload === type);
}

/** The algorithms that the answer of an exchange chose, in clear; null where it has no SA payload. */
export function suiteChosenIn(exchange: Exchange | null): Suite | null {
  const sa = saOf(exchange?.response ?? null);
  return sa === null ? null : suiteOf(sa);
}

/** The notify payloads of a message that are in clear. */
export function notifiesOf(message: IkeMessage | undefined): readonly NotifyPayload[] {
  return (message?.payloads ?? []).filter((payload) => payload.kind === "notify");
}

/**
 * The first clear error notify of an answer, which claims why the request was refused; null where there is none. One that a short
 * snap length cuts behind its type counts, with the data that is left of it.
 */
export function errorNotify(transmission: Transmission | null): NotifyPayload | null {
  return transmission === null ? null : errorNotifyIn(transmission.message);
}

/** The same of one message. */
export function errorNotifyIn(message: IkeMessage): NotifyPayload | null {
  const whole = notifiesOf(message).find(({ notifyType }) => isErrorNotify(notifyType));
  const cut = whole === undefined ? cutNotify(message) : null;
  return whole ?? (cut !== null && isErrorNotify(cut.notifyType) ? cut : null);
}

export function carriesCookie(transmission: Transmission | null): boolean {
  return (
    transmission !== null &&
    saOf(transmission) === null &&
    notifiesOf(transmission.message).some(({ notifyType }) => notifyType === NOTIFY_V2.COOKIE)
  );
}
