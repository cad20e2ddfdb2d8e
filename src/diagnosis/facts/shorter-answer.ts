import { BARE_NOTIFY, SMALLEST_CHILD } from "../../session/classes.js";
import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import { firstSighting } from "../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../context.js";

/** Identities of other clients, and padding, change the length of a request by no more than this. Bytes. */
const OTHER_IDENTITY = 48;

/** What an answer is shorter by that has an error notify instead of SA, TSi and TSr. Bytes. */
const REFUSED_CHILD = SMALLEST_CHILD - BARE_NOTIFY;

/** An IKE_AUTH answer that lacks what the answer to a like request of the same peers has. */
export interface ShorterAnswer {
  readonly setup: Setup;
  readonly exchange: Exchange;
  /** The answer of the good setup, bytes. */
  readonly whole: number;
}

/**
 * Setups whose suite the capture does not hold, so that lengths alone tell nothing, and whose answer to IKE_AUTH is shorter by SA,
 * TSi and TSr than that of another setup of these peers, though the requests are of one length: the Child SA was refused.
 */
export function shorterAnswers(context: TunnelContext): ShorterAnswer[] {
  const single = setupsIn(context, "unknown", "up").flatMap((setup) => {
    const { sa, progress } = setup;
    const [exchange, another] = progress.authentication;
    const [asked, answer] = [lengthOf(exchange, "request"), lengthOf(exchange, "response")];
    if (sa.majorVersion !== 2 || exchange === undefined || another !== undefined) return [];
    return asked === null || answer === null ? [] : [{ setup, exchange, asked, answer }];
  });
  return single.flatMap(({ setup, exchange, asked, answer }) => {
    const { authClass, later } = setup.progress;
    const asksAgain = later.some(({ exchangeType }) => exchangeType === EXCHANGE_V2.CREATE_CHILD_SA);
    if (authClass !== "unknown" || asksAgain) return [];
    const like = single.filter(
      (other) => other.setup !== setup && Math.abs(other.asked - asked) <= OTHER_IDENTITY,
    );
    const whole = Math.max(0, ...like.map((other) => other.answer - (other.asked - asked)));
    return whole - answer >= REFUSED_CHILD ? [{ setup, exchange, whole }] : [];
  });
}

/** Length of a message in one piece; null for one in IKE fragments, or where there is none. */
function lengthOf(exchange: Exchange | undefined, part: "request" | "response"): number | null {
  const transmission = exchange?.[part] ?? null;
  if (transmission === null || firstSighting(transmission) === undefined) return null;
  return transmission.fragments === null ? transmission.message.header.length : null;
}
