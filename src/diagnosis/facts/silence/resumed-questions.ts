import type { Micros } from "../../../bytes/time.js";
import type { EspDirection } from "../esp/esp-directions.js";

/** A pause of traffic is as long as this, and so many times the mean interval of the packets before it. */
const PAUSE: Micros = 2_000_000;
const LONGER_THAN_INTERVALS = 3;
/** The last packet of a conversation comes so soon behind the last answer: an acknowledgement, or a question whose answer is late. */
const LAST_WORD: Micros = 1_000_000;

/**
 * When packets of `asking` came again after a pause that began with the last answer, `stoppedAt`; null where they went on as before.
 * What comes behind such a pause may be another conversation, with another host; and whatever failed, failed at a time in the
 * pause that nobody saw. `before` is the number of packets up to that answer.
 */
export function resumedAt(
  { streams, firstTime }: EspDirection,
  stoppedAt: Micros,
  before: number,
): Micros | null {
  const interval = (stoppedAt - firstTime) / Math.max(1, before - 1);
  const pauses = streams.filter(
    ({ gapFrom, gapTo }) =>
      gapFrom <= stoppedAt + LAST_WORD &&
      gapTo - Math.max(gapFrom, stoppedAt) >= Math.max(PAUSE, interval * LONGER_THAN_INTERVALS),
  );
  const from = Math.min(...pauses.map(({ gapTo }) => gapTo));
  return pauses.length > 0 ? from : null;
}
