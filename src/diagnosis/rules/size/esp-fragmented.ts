import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext, TunnelRule } from "../../context.js";
import { mssFor } from "../../facts/esp-overhead.js";
import type { Verdict } from "../../finding.js";
import { firstOf, ownStreams } from "../../facts/sides.js";
import { espFragmentsMissing } from "../../facts/esp-fragments-missing.js";
import { espLargePacketsLost } from "./esp-large-packets-lost.js";
import { icmpFragNeeded } from "./icmp-frag-needed.js";

/** One large ping or a single datagram may be fragmented; a habit is what costs. */
const PACKETS = 3;
/** What the links between most peers carry. */
const USUAL_MTU = 1500;

/** ESP, or ESP in UDP, that came in IP fragments: it was fragmented after encryption. Worse where fragments are missing. */
export const espFragmented: TunnelRule = (context) => espFragmentsMissing(context) ?? fragmented(context);

function fragmented(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  const streams = ownStreams(tunnel).filter(({ fragmented }) => fragmented > 0);
  const worst = streams.toSorted((a, b) => b.fragmented - a.fragmented)[0];
  if (worst === undefined) return null;
  const way = streams.filter(({ source }) => source === worst.source);
  const count = sum(way, (stream) => stream.fragmented);
  if (count < PACKETS) return null;
  const all = ownStreams(tunnel).filter(({ source }) => source === worst.source);
  const packets = sum(all, (stream) => stream.packets);
  const largest = Math.max(...way.map((stream) => stream.largest));
  const { source, destination } = worst;
  const measured = icmpFragNeeded(context) ?? espLargePacketsLost(context);
  return {
    code: "esp-fragmented",
    confidence: "certain",
    provenance: "observed",
    phase: "ESP",
    headline: `${count} of ${packets} ESP packets from ${source} to ${destination} come in IP fragments`,
    summary:
      `${source} encrypts packets that become larger than the link (ESP of up to ${largest} bytes) and fragments them afterwards: ${count} of ${packets} packets. ` +
      `They arrive, but one lost fragment costs the whole packet, and firewalls may drop fragments.` +
      (measured === null ? usualMss(worst, all) : ` ${measured.code} has the MTU and the MSS to set.`),
    evidence: way.slice(0, 3).map((stream) => ({
      ...firstOf(
        stream,
        `first ESP packet in IP fragments, SPI ${stream.spi.toString(16).padStart(8, "0")} (its last fragment)`,
      ),
      frame: stream.firstFragmentedFrame,
      time: stream.firstFragmentedTime,
    })),
  };
}

/** The MSS where nothing says what the path carries. */
function usualMss({ source, encapsulation }: EspStream, all: readonly EspStream[]): string {
  const residues = all.reduce((bits, { sizes }) => bits | sizes.residues, 0);
  const advice = mssFor(USUAL_MTU, source.includes(":") ? 6 : 4, encapsulation === "udp", residues);
  return advice === null
    ? ""
    : ` MSS to set on a path of MTU ${USUAL_MTU}: ${advice.mss}, for ${advice.arithmetic}.`;
}

function sum(streams: readonly EspStream[], of: (stream: EspStream) => number): number {
  return streams.reduce((total, stream) => total + of(stream), 0);
}
