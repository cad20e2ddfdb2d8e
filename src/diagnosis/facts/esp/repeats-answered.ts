import type { Address } from "../../../bytes/address.js";
import type { TunnelContext } from "../../context.js";
import { lastQuestions } from "../silence/rhythm.js";
import { espDirectionsOf, isMerged } from "./esp-directions.js";
import { PROMPT } from "./followed-alike.js";

/** Packets at the end of the traffic that TCP repeats, although each is answered at once. */
export interface RepeatsAnswered {
  readonly source: Address;
  readonly count: number;
}

/**
 * The last packets of one side, if they repeat as those of TCP without acknowledgement do (RFC 6298 5.5) and the other side answers each
 * of them; null where neither does so. The answers may be lost behind the capture point. A host with a full buffer is asked in the same
 * way (RFC 9293 3.8.6.1): it is no fault, but no proof either that answers arrive.
 */
export function repeatsAnswered({ tunnel, capture }: TunnelContext): RepeatsAnswered | null {
  if (isMerged(capture.files)) return null;
  for (const { source, last, lastTime } of espDirectionsOf(tunnel)) {
    const asked = lastQuestions(last);
    if (asked?.rhythm !== "back-off" || asked.questions.at(-1)?.time !== lastTime) continue;
    const areAnswered = asked.questions.every(
      ({ followedAfter }) => followedAfter !== null && followedAfter <= PROMPT,
    );
    if (areAnswered) return { source, count: asked.questions.length };
  }
  return null;
}
