import { sightingsOf } from "../../session/sightings.js";
import { hex32 } from "../../bytes/hex.js";
import type { TunnelContext } from "../context.js";
import { mssFor, outerLength } from "../facts/esp/esp-overhead.js";
import { carrierOf } from "../facts/esp/esp-directions.js";
import { tooBigReports } from "../facts/icmp-errors.js";
import { mtuAdvice, smallestFailing } from "../facts/esp/mtu-advice.js";
import { lastOf } from "../facts/sides.js";
import type { Between } from "./between.js";
import { soLostBySize, whereLost } from "./device-texts.js";
import type { LostStream } from "./lost-stream.js";
import { isFrom, nameOf, type Passage } from "./passage.js";
import { joined, say } from "../../texts/message.js";

/** All that is lost is larger than all that arrives: the size decides. Null where it does not. */
export function tooLarge(
  context: TunnelContext,
  passage: Passage,
  losses: readonly LostStream[],
): Between | null {
  const found = losses.find(({ size }) => size !== null);
  if (found?.size == null || found.arrived === null) return null;
  const { sent, arrived, size } = found;
  const { sender, receiver, from, to } = passage;
  const version = sender.includes(":") ? 6 : 4;
  const inUdp = sent.encapsulation === "udp";
  const passed = outerLength(size.largestArrived, version, inUdp);
  const largest = outerLength(sent.largest, version, inUdp);
  const fails = outerLength(smallestFailing(sent.sizes, size.largestArrived, sent.largest), version, inUdp);
  const passes = Math.max(passed, largestIke(context, passage));
  const carrier = carrierOf(sent);
  const [here, there] = [nameOf(from), nameOf(to)];
  return {
    lost: "large-esp",
    isGrave: true,
    isSure: true,
    from: sent.firstTime,
    until: sent.lastTime,
    phase: "ESP",
    headline: say`no ${carrier} of more than ${passed} bytes from ${sender} reaches ${receiver}: ${whereLost(passage, [here, there], { packets: size.larger })}`,
    summary: joined(
      say`Of the packets of SPI ${hex32(sent.spi)} those of up to ${passed} bytes with the outer headers are at both places; the ${size.larger} larger ones, of up to ${largest} bytes, are in ${here} only. `,
      soLostBySize(passage),
      // A report has one MTU: where a router names it, that one.
      tooBigReports(context).length === 0
        ? mtuAdvice({ passes, fails }, (mtu) => mssFor(mtu, version, inUdp, sent.sizes.residues))
        : "icmp-frag-needed has the MTU.",
    ),
    evidence: [
      ...sent.sizes.lastLarge.slice(-3).map(({ frame, time, bytes }) => ({
        frame,
        time,
        nanos: 0,
        text: say`${carrier} of ${bytes} bytes, at this place only`,
      })),
      lastOf(
        arrived,
        say`the last ${carrier} packet that arrived; none is larger than ${arrived.largest} bytes`,
      ),
    ],
  };
}

/** The largest IKE message of the sender in one piece that arrived, with its headers, bytes. */
function largestIke(context: TunnelContext, passage: Passage): number {
  const headers = passage.sender.includes(":") ? 48 : 28;
  return passage.to.ikeSas
    .flatMap(sightingsOf)
    .filter(
      ({ source, ipFragments, transport }) =>
        ipFragments === 1 && transport === "udp" && isFrom(context, passage, source.address),
    )
    .reduce((largest, { bytes }) => Math.max(largest, bytes + headers), 0);
}
