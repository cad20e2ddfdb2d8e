import { hex32 } from "../../bytes/hex.js";
import { humanDuration, isoTime } from "../../bytes/time.js";
import type { TunnelRule } from "../context.js";
import { carrierOf, waysOf } from "../esp-ways.js";
import { firstOf, lastOf } from "../sides.js";

const LAST_NUMBER = 0xffffffff;
/** A sixteenth of the numbers is left. Senders that rekey by packets do so before. */
const NEAR = 0xf0000000;
/** A rate takes some packets and some time. */
const PACKETS = 16;
const TIME = 500_000;
/** Beyond this much can happen before, a rekey by time above all. */
const SOON_DAYS = 7;
const DAY = 86_400_000_000;

/** The sequence number of an SA comes near 2^32, which it may not pass without extended sequence numbers. */
export const espSequenceExhaustion: TunnelRule = ({ tunnel }) => {
  const near = waysOf(tunnel)
    .flatMap((way) => way.streams)
    .filter(
      ({ order, highestSequence }) => order.wraps === 0 && order.restarts === 0 && highestSequence >= NEAR,
    )
    .toSorted((a, b) => b.highestSequence - a.highestSequence);
  const [stream] = near;
  if (stream === undefined) return null;
  const { source, destination, spi, packets, highestSequence, firstSequence, firstTime, lastTime } = stream;
  if (packets < PACKETS || lastTime - firstTime < TIME || highestSequence <= firstSequence) return null;
  const left = LAST_NUMBER - highestSequence;
  const perMicro = (highestSequence - firstSequence) / (lastTime - firstTime);
  const time = left / perMicro;
  const isSoon = time <= SOON_DAYS * DAY;
  const when = isSoon ? `at ${isoTime(lastTime + Math.round(time)).slice(0, 19)}Z` : "in more than a week";
  const rate = Math.round(perMicro * 1e6);
  return {
    code: "esp-sequence-exhaustion",
    ...(isSoon ? {} : { severity: "info" as const }),
    confidence: "possible",
    provenance: "deduced",
    phase: "ESP",
    headline: `sequence numbers of SPI ${hex32(spi)} from ${source} run out ${when}, at ${rate} packets a second`,
    summary:
      `${carrierOf(stream)} from ${source} to ${destination} on SPI ${hex32(spi)} is at sequence number ${highestSequence}; ${left} are left before 2^32, which lasts ${humanDuration(Math.round(time))} at the present ${rate} packets a second. ` +
      "Without extended sequence numbers the sender must stop there (RFC 4303 section 3.3.3) unless a rekey comes before. Whether they were negotiated is encrypted: the SA at either end tells ('esn' in 'ip xfrm state'); with them the number just wraps.",
    evidence: [
      firstOf(stream, `sequence number ${firstSequence}`),
      lastOf(stream, `sequence number ${stream.lastSequence}`),
    ],
  };
};
