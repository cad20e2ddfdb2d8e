import type { EspStream } from "../../../esp/stream.js";
import { hex32 } from "../../../bytes/hex.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { dateOf, secondOf } from "../../moments.js";
import { carrierOf, espDirectionsOf } from "../../facts/esp/esp-directions.js";
import { firstOf, lastOf } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

const LAST_NUMBER = 0xffffffff;
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
/** An SA that has used three quarters is not rekeyed often: the date is worth knowing, a year ahead. */
const MUCH_USED = 0xc0000000;
/** A sixteenth of the numbers is left. Senders that rekey by packets do so before. */
const NEARLY_ALL_USED = 0xf0000000;
/** Products rekey after one hour to eight where nobody set another lifetime: in a row of these nothing runs out. */
const USUAL_REKEY = 8 * HOUR;
/** Rekeys by time come within a day nearly always. Who is faster than this needs more, wherever the numbers are now. */
const FAST = DAY;
/** A rate takes some packets and some time; that of a whole day more than one transfer. */
const RATE_PACKETS = 16;
const TIME = 500_000;
const LASTING_TIME = 60_000_000;

/** When the numbers of a stream are used up at the rate that was seen. */
interface Overflow {
  readonly stream: EspStream;
  readonly left: number;
  readonly perSecond: number;
  readonly in: Micros;
}

/** The sequence number of an SA comes to 2^32, which it may not pass without extended sequence numbers, before long. */
export const espSequenceExhaustion = defineRule({
  code: "esp-sequence-exhaustion",
  severity: "warning",
  title: "The sequence numbers of an SA run out",
  explanation:
    "Without extended sequence numbers an SA carries 2^32 - 1 packets and must then be replaced. A lifetime by time alone can be too long for a fast link.",
  signature:
    "The sequence number of an SPI is in the last sixteenth before 2^32, and at the rate that is seen it gets there within eight hours, the longest usual time to a rekey. An explanation with the date if three quarters are used and the rest lasts less than a year, or if at the rate of a minute and more it lasts less than a day. Not said if the number has wrapped: then it is an extended one.",
  remedies: [
    "Rekey by packets or bytes too.",
    "Negotiate extended sequence numbers if both ends support them.",
  ],
  commands: ["lifetimes", "status"],
  references: ["RFC 4303 section 3.3.3"],
  onlyWith: ["esp"],
  detect: ({ tunnel }) => {
    const [first] = espDirectionsOf(tunnel)
      .flatMap((direction) => direction.streams)
      .map((stream) => overflowOf(stream))
      .filter((overflow) => overflow !== null)
      .toSorted((a, b) => a.in - b.in);
    if (first === undefined) return null;
    const { stream, left, perSecond } = first;
    const { source, destination, spi, highestSequence, firstSequence, lastTime } = stream;
    const isUrgent = highestSequence >= NEARLY_ALL_USED && first.in <= USUAL_REKEY;
    const at = lastTime + Math.round(first.in);
    const when = first.in < DAY ? say`at ${secondOf(at)}` : say`on ${dateOf(at)}`;
    const span =
      first.in < 2 * DAY ? humanDuration(Math.round(first.in)) : say`${Math.floor(first.in / DAY)} days`;
    const rate = perSecond < 10 ? perSecond.toFixed(1) : String(Math.round(perSecond));
    return {
      ...(isUrgent ? {} : { severity: "info" as const }),
      confidence: "possible",
      provenance: "deduced",
      phase: "ESP",
      headline:
        left === 0
          ? say`sequence numbers of SPI ${hex32(spi)} from ${source} have run out: ${LAST_NUMBER} was sent`
          : say`sequence numbers of SPI ${hex32(spi)} from ${source} run out ${when}, at ${rate} packets a second`,
      summary: joined(
        left === 0
          ? say`${carrierOf(stream)} from ${source} to ${destination} on SPI ${hex32(spi)} has sent sequence number ${LAST_NUMBER}, the last one before 2^32. `
          : say`${carrierOf(stream)} from ${source} to ${destination} on SPI ${hex32(spi)} is at sequence number ${highestSequence}; ${left} are left before 2^32, and at the present ${rate} packets a second they run out ${when} (${span}). `,
        "Without extended sequence numbers the sender must stop there (RFC 4303 section 3.3.3) unless a rekey comes before. Whether they were negotiated is encrypted: the SA at either end tells ('esn' in 'ip xfrm state'); with them the number just wraps.",
      ),
      evidence: [
        firstOf(stream, say`sequence number ${firstSequence}`),
        lastOf(stream, say`sequence number ${stream.lastSequence}`),
      ],
    };
  },
});

/** Numbers that packets used; a counter that was set ahead at once, as after a fail-over, did not use what it left out. */
function usedNumbers({ order, highestSequence, firstSequence }: EspStream): number {
  const range = highestSequence - firstSequence;
  return order.largestGap > range / 2 ? range - order.largestGap : range;
}

/** Null where that is too far away to matter, or cannot be told. */
function overflowOf(stream: EspStream): Overflow | null {
  const { order, packets, highestSequence, firstTime, lastTime } = stream;
  const time = lastTime - firstTime;
  const used = usedNumbers(stream);
  if (order.wraps > 0 || order.restarts > 0 || packets < RATE_PACKETS || time < TIME || used <= 0)
    return null;
  const left = LAST_NUMBER - highestSequence;
  const until = (left / used) * time;
  const isNear = (highestSequence >= MUCH_USED && until <= YEAR) || (time >= LASTING_TIME && until <= FAST);
  return isNear ? { stream, left, perSecond: (used / time) * 1e6, in: until } : null;
}
