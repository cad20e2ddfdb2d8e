import type { Address } from "../../bytes/address.js";
import type { BrokenEsp, Tunnel } from "../../session/model.js";
import type { TunnelContext } from "../context.js";
import { isNear, sumOf } from "./esp-ways.js";
import type { Verdict } from "../finding.js";

/** A packet lost now and then is everyday: so many of those in fragments, and this share, never become whole. */
const LOST = { packets: 5, share: 0.05 } as const;
const PROTOCOL_ESP = 50;

/** ESP packets in IP fragments of which some never come: the receiver drops what came of them. */
export function espFragmentsMissing(context: TunnelContext): Verdict | null {
  const { tunnel, capture } = context;
  // What the sniffer dropped, or what lies between two files, was not lost on the way.
  if (capture.files.length > 1 || capture.files.some(({ dropped }) => (dropped ?? 0) > 0)) return null;
  const [worst] = [...tunnel.brokenEsp]
    .filter(([source, broken]) => !isNear(context, source) && showsAllFragments(tunnel, source, broken))
    .map(([source, broken]) => ({ source, broken, whole: wholeOf(tunnel, source) }))
    .filter(({ broken: { lost }, whole }) => lost >= LOST.packets && lost >= (lost + whole) * LOST.share)
    .toSorted((a, b) => b.broken.lost - a.broken.lost);
  if (worst === undefined) return null;
  const { source, broken, whole } = worst;
  const lost = broken.examples.filter(({ reason }) => reason === "timeout");
  const missing = partsMissing(lost);
  const all = broken.lost + whole;
  return {
    code: "esp-fragmented",
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: `${broken.lost} of ${all} ESP packets in IP fragments from ${source} never become whole: ${missing} missing`,
    summary:
      `${source} encrypts packets that become larger than the link and fragments them afterwards. Of ${all} such packets ${broken.lost} are here in part only, although receivers do not wait longer: ${missing} missing. ` +
      "They cannot be decrypted, so that large packets do not get through the tunnel. Firewalls and translators that drop fragments are the usual cause.",
    evidence: lost.slice(0, 3).flatMap(({ fragments }) =>
      fragments.slice(0, 1).map(({ frame, time, offset }) => ({
        frame,
        time,
        nanos: 0,
        text: `fragment at offset ${offset} of an ESP packet; others of it never come`,
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
