import type { Micros } from "../../../bytes/time.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { EspStream } from "../../../esp/stream.js";
import type { TunnelContext } from "../../context.js";
import type { Address } from "../../../bytes/address.js";
import type { BrokenEsp, Tunnel } from "../../../session/model.js";
import { copiesOf, sumOf } from "../../facts/esp/esp-directions.js";
import { isNear } from "../../facts/side.js";
import type { Code } from "../../codes.js";
import { mssFor } from "../../facts/esp/esp-overhead.js";
import type { Verdict } from "../../finding.js";
import { firstOf, ownStreams } from "../../facts/sides.js";
import { largePacketsLost } from "../../facts/esp/large-packets-lost.js";
import { tooBigReports } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** One large ping or a single datagram may be fragmented; a habit is what costs. */
const FRAGMENTED_PACKETS = 3;
/** The MTU of the links between most peers. */
const USUAL_MTU = 1500;

/** ESP, or ESP in UDP, that came in IP fragments: it was fragmented after encryption. Worse where fragments are missing. */
export const espFragmented = defineRule({
  code: "esp-fragmented",
  severity: "warning",
  title: "Encrypted packets are cut into IP fragments",
  explanation:
    "Packets become larger than the link when they are encrypted and are fragmented after that. Each fragment that is lost costs the whole packet, receivers must put them together before decryption, and many firewalls drop fragments.",
  signature:
    "ESP packets, natively or in UDP, come in several IP fragments, three of them or more in one direction; or part of the fragments of such packets never comes, again and again: critical if no such packet becomes whole near its receiver.",
  remedies: [
    "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
    "If fragments cannot be avoided, fragment before encryption, or lower the MTU of the tunnel interface or of the route into the tunnel.",
  ],
  commands: ["mss"],
  references: ["RFC 4301 section 8.2"],
  onlyWith: ["esp"],
  detect: (context) => espFragmentsMissing(context) ?? fragmented(context),
});

function fragmented(context: TunnelContext): Verdict | null {
  const { tunnel } = context;
  const streams = ownStreams(tunnel).filter(({ fragmented }) => fragmented > 0);
  const worst = streams.toSorted((a, b) => b.fragmented - a.fragmented)[0];
  if (worst === undefined) return null;
  const direction = streams.filter(({ source }) => source === worst.source);
  const count = sumOf(direction, (stream) => Math.ceil(stream.fragmented / copiesOf(stream)));
  if (count < FRAGMENTED_PACKETS) return null;
  const all = ownStreams(tunnel).filter(({ source }) => source === worst.source);
  const packets = sumOf(all, distinctPackets);
  const largest = Math.max(...direction.map((stream) => stream.largest));
  const { source, destination } = worst;
  const measured = measuredBy(context);
  return {
    confidence: "certain",
    provenance: "observed",
    phase: "ESP",
    headline: say`${count} of ${packets} ESP packets from ${source} to ${destination} come in IP fragments`,
    summary: joined(
      say`${source} encrypts packets that become larger than the link (ESP of up to ${largest} bytes) and fragments them afterwards: ${count} of ${packets} packets. `,
      `They arrive, but one lost fragment costs the whole packet, and firewalls may drop fragments.`,
      measured === null ? usualMss(worst, all) : say` ${measured} has the MTU and the MSS to set.`,
    ),
    evidence: direction.slice(0, 3).map((stream) => ({
      ...firstOf(
        stream,
        say`first ESP packet in IP fragments, SPI ${stream.spi.toString(16).padStart(8, "0")} (its last fragment)`,
      ),
      frame: stream.firstFragmentedFrame,
      time: stream.firstFragmentedTime,
    })),
  };
}

/** The MSS where nothing says what the path carries. */
function usualMss({ source, encapsulation }: EspStream, all: readonly EspStream[]): Message {
  const residues = all.reduce((bits, { sizes }) => bits | sizes.residues, 0);
  const advice = mssFor(USUAL_MTU, source.includes(":") ? 6 : 4, encapsulation === "udp", residues);
  return advice === null
    ? ""
    : say` MSS to set on a path of MTU ${USUAL_MTU}: ${advice.mss}, for ${advice.arithmetic}.`;
}

/** The finding that has the MTU, where one is told beside. */
function measuredBy(context: TunnelContext): Code | null {
  if (tooBigReports(context).length > 0) return "icmp-frag-needed";
  return largePacketsLost(context) === null ? null : "esp-large-packets-lost";
}

/** A packet lost now and then is everyday: so many of those in fragments, and this share, never become whole. */
const LOST = { packets: 5, share: 0.05 } as const;
const PROTOCOL_ESP = 50;

/** ESP packets in IP fragments of which some never come: the receiver drops what came of them. */
function espFragmentsMissing(context: TunnelContext): Verdict | null {
  const { tunnel, capture } = context;
  // Packets that the sniffer dropped, or that lie between two files, were not lost on the path.
  if (capture.files.length > 1 || capture.files.some(({ dropped }) => (dropped ?? 0) > 0)) return null;
  const end = capture.observations.lastTime ?? 0;
  const [worst] = [...tunnel.brokenEsp]
    .filter(([source, broken]) => !isNear(context, source) && showsAllFragments(tunnel, source, broken))
    .map(([source, broken]) => ({ source, ...lostOf(broken, end), whole: wholeOf(tunnel, source) }))
    .filter(({ count, whole }) => count >= LOST.packets && count >= (count + whole) * LOST.share)
    .toSorted((a, b) => b.count - a.count);
  if (worst === undefined) return null;
  const { source, count, lost, whole } = worst;
  const missing = partsMissing(lost);
  const all = count + whole;
  // In the middle of a network later fragments, which have no ports, may take another way.
  const isNoneWhole = whole === 0 && lost.every(({ destination }) => isNear(context, destination));
  return {
    ...(isNoneWhole ? { severity: "critical" as const } : {}),
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: say`${count} of ${all} ESP packets in IP fragments from ${source} never become whole: ${missing} missing`,
    summary: joined(
      say`${source} encrypts packets that become larger than the link and fragments them afterwards. Of ${all} such packets ${count} are here in part only: ${missing} missing. `,
      "They cannot be decrypted, so that large packets do not get through the tunnel. Firewalls and NAT devices that drop fragments are the usual cause.",
    ),
    evidence: lost.slice(0, 3).flatMap(({ fragments }) =>
      fragments.slice(0, 1).map(({ frame, time, offset }) => ({
        frame,
        time,
        nanos: 0,
        text: say`fragment at offset ${offset} of an ESP packet; others of it never come`,
      })),
    ),
    rivals: [
      {
        code: "capture-dropped",
        separatedBy:
          "the receiver's own counter of failed reassemblies ('nstat -az IpReasmFails Ip6ReasmFails'): if it stands still, the sniffer lost them",
      },
    ],
  };
}

/** Fragments of one packet are sent at once: one that is so much later than the others does not come any more. */
const LATE_FRAGMENT_US: Micros = 2_000_000;

/** The packets of which fragments never came, and those of them that are kept; `end`: of the capture. */
function lostOf(
  { lost: timedOut, examples }: BrokenEsp,
  end: Micros,
): { readonly count: number; readonly lost: BrokenEsp["examples"] } {
  const atEnd = examples.filter(
    ({ reason, fragments }) =>
      reason === "end" && fragments.every(({ time }) => time + LATE_FRAGMENT_US < end),
  );
  const kept = examples.filter((datagram) => datagram.reason === "timeout" || atEnd.includes(datagram));
  return { count: timedOut + atEnd.length, lost: kept };
}

/** Packets of that address in fragments that became whole. */
function wholeOf({ streams }: Tunnel, address: Address): number {
  return sumOf(
    streams.filter(({ source }) => source === address),
    ({ fragmented }) => fragmented,
  );
}

/**
 * A filter on ports hides all later fragments of UDP, and some taps the first ones: both kinds have to be here, or the ESP is a
 * protocol of its own, which each fragment names.
 */
function showsAllFragments(tunnel: Tunnel, source: Address, { examples }: BrokenEsp): boolean {
  if (wholeOf(tunnel, source) > 0) return true;
  // Without its first fragment UDP may be IKE as well, and still shows that later ones pass.
  const lone = tunnel.strayFragments.filter((datagram) => datagram.source === source);
  const offsets = [...examples, ...lone].flatMap(({ fragments }) => fragments.map(({ offset }) => offset));
  const hasLater = offsets.some((offset) => offset > 0);
  return offsets.includes(0) && (hasLater || examples.every(({ protocol }) => protocol === PROTOCOL_ESP));
}

function partsMissing(lost: BrokenEsp["examples"]): string {
  const begun = lost.filter(({ fragments }) => fragments.some(({ offset }) => offset === 0)).length;
  if (begun === lost.length) return "later fragments are";
  return begun === 0 ? "the first fragments are" : "fragments are";
}
