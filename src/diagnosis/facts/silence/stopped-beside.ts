import type { Micros } from "../../../bytes/time.js";
import type { Tunnel } from "../../../session/model.js";
import { espDirectionsOf, packetsAfter, sizeBinsOf, sumOf, turnsOf } from "../esp/esp-directions.js";
import { isHoleAt } from "../recording/recording-holes.js";
import type { StoppedAnswers } from "./answers-stop.js";

/** Answers of the SA itself before, of all its packets, and questions after them in so long a time. */
const BEFORE = { turns: 4, share: 0.45 } as const;
const AFTER = { packets: 6, time: 8_000_000 } as const;
/** Questions are of one size: this share of them is in one bin. */
const ONE_SIZE = 0.9;
/** Questions come at most so many times faster than before. */
const SAME_PACE = 4;
/** A packet so soon behind the last answer may be what it answers. */
const IN_FLIGHT_US: Micros = 150_000;

/**
 * Answers that stop in these streams of one Child SA, beside a busy one whose packets come behind the questions by chance: so those of its
 * own SPI alone are counted, and its questions have to be of one size.
 */
export function stoppedBeside(child: Tunnel): StoppedAnswers | null {
  const [silent, asking] = espDirectionsOf(child).toSorted((a, b) => a.lastTime - b.lastTime);
  if (silent === undefined || asking === undefined) return null;
  const stoppedAt = silent.lastTime;
  const silence = asking.lastTime - stoppedAt;
  if (silence < AFTER.time || asking.streams.some(({ order }) => order.restarts > 0)) return null;
  if (asking.streams.some((stream) => isHoleAt(stream, stoppedAt))) return null;
  const turns = turnsOf(silent, asking);
  const after = sumOf(asking.streams, (stream) => packetsAfter(stream, stoppedAt + IN_FLIGHT_US));
  const asked = Math.max(silent.packets, asking.packets - after);
  if (turns < BEFORE.turns || turns < asked * BEFORE.share || after < AFTER.packets) return null;
  const pace = turns / Math.max(1, stoppedAt - asking.firstTime);
  const most = Math.max(...sizeBinsOf(asking.streams).map(({ packets }) => packets));
  if (after / silence > pace * SAME_PACE || most < asking.packets * ONE_SIZE) return null;
  return { asking, silent, stoppedAt, turns, after, isSure: true, isOtherBeat: false, resumedAt: null };
}
