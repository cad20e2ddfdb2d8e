import { canonicalOf } from "../sides.js";
import { NEXT_MESSAGE_US } from "../nat/port-4500-hidden.js";
import type { Setup, TunnelContext } from "../../context.js";
import { deleteLike, PAST_ANNOUNCEMENTS_US } from "./ike-delete.js";

/**
 * The peers re-authenticate, traffic of the SA before flowed both ways up to this answer, and nothing at all of the tunnel comes
 * after it: what ended is the recording of these peers, or their path, and not this setup.
 */
export function allStops({ tunnel, setups }: TunnelContext, { sa }: Setup, answeredAt: number): boolean {
  const isUp = setups.some((other) => other.sa.id !== sa.id && other.progress.state === "up");
  const { streams } = tunnel;
  const flowing = streams.filter(({ lastTime }) => lastTime > answeredAt - FLOWING);
  return (
    isUp &&
    new Set(flowing.map(({ source }) => canonicalOf(tunnel, source))).size > 1 &&
    streams.every(({ lastTime }) => lastTime <= answeredAt + UNDER_WAY)
  );
}

/** The IKE SA before had ended with what may well be its Delete: where the new one is not set up, there is none. */
export function leavesOlder({ setups }: TunnelContext, { sa }: Setup): boolean {
  return setups.some((older) => {
    const last = older.sa.exchanges.at(-1);
    if (older.sa.id === sa.id || older.progress.state !== "up" || last === undefined) return false;
    const deleted = deleteLike(older, last, PAST_ANNOUNCEMENTS_US.mostly);
    return deleted !== null && Math.abs(sa.firstTime - deleted.time) < NEXT_MESSAGE_US;
  });
}

/** Traffic that flowed so shortly before goes on, unless all of it stops; what is under way comes within the shorter time. */
const FLOWING = 5_000_000;
const UNDER_WAY = 100_000;
