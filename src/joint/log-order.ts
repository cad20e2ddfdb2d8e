import type { ClockSetting } from "./clock-proof.js";
import type { LoggedEvent } from "./host.js";
import { type HostClock, type Join, NO_CLOCK } from "./host-clock.js";
import { isSame, MOST_COMPARED } from "./wire-index.js";
import type { WireMessage } from "./wire.js";
import { isOfOtherSas } from "./wire-sa.js";

/** Fewer joined messages, or a smaller share of those of the capture, are those of any setup. */
const LEAST_JOINED = 2;
const LEAST_SHARE = 0.8;

type Setting = Pick<ClockSetting, "frames" | "sas" | "spis" | "byAddress">;

/** A log without times: its messages in their order, each met by the next frame that is alike. */
export function byOrder(lines: readonly LoggedEvent[], setting: Setting): HostClock {
  const { frames, byAddress } = setting;
  const joins: Join[] = [];
  let [next, compared] = [0, 0];
  for (const entry of lines) {
    const { message } = entry.event;
    if (message === null) continue;
    if (compared >= MOST_COMPARED) break;
    let at = next;
    for (
      let frame = frames[at];
      frame !== undefined && !isSame(message, frame, byAddress);
      frame = frames[at]
    ) {
      at++;
    }
    compared += at - next;
    const frame = frames[at];
    if (frame === undefined) continue;
    joins.push({ entry, frame, late: null });
    next = at + 1;
  }
  if (joins.length === 0) return NO_CLOCK;
  const places = placesOf(joins, lines, setting);
  const isProven =
    joins.length >= Math.max(LEAST_JOINED, frames.length * LEAST_SHARE) &&
    places === 1 &&
    !isOfOtherSas(
      joins.map(({ frame }) => frame),
      setting,
    );
  return isProven
    ? { ...NO_CLOCK, by: "order", joins }
    : { ...NO_CLOCK, doubt: { offset: null, joined: joins.length, places } };
}

/** How often the log has what joins first: of several setups that are alike, none is told to be this one. */
function placesOf(
  joins: readonly Join[],
  lines: readonly LoggedEvent[],
  { frames, byAddress }: Setting,
): number {
  const first = joins[0]?.frame;
  if (first === undefined) return 0;
  const isFirst = ({ length, exchange, messageId, from }: WireMessage): boolean =>
    length === first.length &&
    exchange === first.exchange &&
    messageId === first.messageId &&
    from.address === first.from.address;
  const logged = lines.filter(
    ({ event: { message } }) => message !== null && isSame(message, first, byAddress),
  ).length;
  return Math.max(1, Math.ceil(logged / Math.max(1, frames.filter(isFirst).length)));
}
