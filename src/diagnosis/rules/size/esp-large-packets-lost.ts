import { sightingsOf } from "../../../session/sightings.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { TunnelContext } from "../../context.js";
import { likelySuites, mssFor, outerLength } from "../../facts/esp/esp-overhead.js";
import { momentOf } from "../../facts/esp/esp-directions.js";
import { tooBigReports } from "../../facts/icmp-errors.js";
import type { Confidence } from "../../finding.js";
import { mssToTry, smallestFailing } from "../../facts/esp/mtu-advice.js";
import { canonicalOf } from "../../facts/sides.js";
import { ANSWER_TIME, largePacketsLost } from "../../facts/esp/large-packets-lost.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

export const espLargePacketsLost = defineRule({
  code: "esp-large-packets-lost",
  severity: "critical",
  title: "Large packets are lost in the tunnel",
  explanation:
    "Small packets through the tunnel are answered, large ones never: logins and pings work, file transfers and web pages hang. A link on the way carries less than the sender believes, and the reports about it (ICMP) do not come back.",
  signature:
    "ESP packets of one large size come again at intervals that double, as TCP repeats, or all in one run of equal intervals, as pings; nothing of the other side comes meanwhile, and smaller packets are answered, or (possible) IKE is while TCP repeats six times. Beside packets of others, one series of six whose intervals double exactly, or shorter ones that most of the last large packets belong to (possible, and not where as large packets passed before). Not said near the receiver, nor of packets of up to 576 bytes.",
  remedies: [
    "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
    "Measure what the path carries, from the inner network: pings of growing size that must not be fragmented, until they fail.",
    "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) pass on every firewall between the gateways, so that path MTU discovery works.",
  ],
  commands: ["mss", "firewall"],
  references: ["RFC 4301 section 8.2"],
  needs: ["all-packets"],
  onlyWith: ["esp"],
  detect: (context) => {
    const found = largePacketsLost(context);
    if (found === null) return null;
    const { direction, stream, answered, lost, kind, isBeside, isBack, first, last, questions, before } =
      found;
    const { source, destination } = direction;
    const version = source.includes(":") ? 6 : 4;
    const inUdp = stream.encapsulation === "udp";
    const residues = direction.streams.reduce((bits, { sizes }) => bits | sizes.residues, 0);
    const ciphers = likelySuites(residues);
    const isReported = tooBigReports(context).length > 0;
    const bounds = {
      // Beside other packets an answer does not prove what it is the answer to.
      passes: Math.max(isBeside ? 0 : outerLength(answered, version, inUdp), largestIke(context, source)),
      fails: outerLength(smallestFailing(stream.sizes, answered, lost), version, inUdp),
    };
    const count = questions.length;
    const passed = before.sent >= PASSED.sent && before.followed >= PASSED.followed;
    const isAlive = isBack || saysIkeAfter(context, destination, first + ANSWER_TIME);
    // A host that goes in the middle of a transfer looks the same, and is no fault of the tunnel: others are answered meanwhile.
    const isSure = kind === "back-off" && !isBeside && !passed && isAlive && answered > 0;
    const confidence: Confidence = isSure ? "likely" : "possible";
    return {
      confidence,
      provenance: "inferred",
      phase: "ESP",
      headline: say`ESP of ${lost} bytes from ${source} to ${destination} is ${passed ? "no longer" : "never"} answered (${count} in ${humanDuration(last - first)})${answered > 0 ? say`; packets up to ${answered} bytes are answered` : ", while IKE passes both ways"}`,
      summary: joined(
        say`${source} sends ESP packets of ${lost} bytes (IP packets of ${outerLength(lost, version, inUdp)} bytes), `,
        kind === "back-off"
          ? say`the same size ${count} times at intervals that double as those of TCP retransmission do, `
          : say`${count} of one size at equal intervals, `,
        isBeside
          ? say`and nothing answers them: what ${destination} sends between them answers others; packets of up to ${answered} bytes are answered. `
          : answered > 0
            ? say`and nothing comes back in that time; packets of up to ${answered} bytes are answered before or after. `
            : "and no ESP comes back in that time, while small IKE messages pass both ways; the capture holds no smaller ESP packets to compare with. ",
        passed
          ? say`Until then large packets passed: ${before.sent} as large were sent before in this SA, and ${before.followed} of them were followed by a packet of ${destination}. Something on the way changed with the first of these that is not answered. `
          : "",
        isReported
          ? "icmp-frag-needed has the MTU."
          : joined(
              say`Large packets are lost on the way to ${destination}: a link with a smaller MTU whose reports do not come back, or a firewall that drops by size. `,
              mssToTry(bounds, (mtu) => mssFor(mtu, version, inUdp, residues)),
              say`The packet lengths fit ${ciphers.map(({ name }) => name).join(", ")}.`,
            ),
      ),
      evidence: questions
        .slice(0, 5)
        .flatMap((moment) => momentOf(moment, say`ESP of ${moment.bytes} bytes, not answered`)),
      rivals: [
        {
          code: "esp-one-way",
          separatedBy: say`pings of growing size through the tunnel ('ping -M do -s'): if they fail above one size, it is the size; otherwise the host behind ${destination} did not answer these packets`,
        },
      ],
    };
  },
});

/** A download has so many large packets, and its receiver acknowledges some of them at once: fewer say nothing. */
const PASSED = { sent: 10, followed: 3 } as const;

/** A connection that hangs says nothing small either; then IKE tells that the peer lives. */
function saysIkeAfter({ setups, tunnel }: TunnelContext, address: string, time: Micros): boolean {
  return setups.some(({ sa }) =>
    sightingsOf(sa).some(
      (sighting) => sighting.time > time && canonicalOf(tunnel, sighting.source.address) === address,
    ),
  );
}

/** The largest IKE message of that end in one piece that was answered, with its headers. */
function largestIke({ tunnel, setups }: TunnelContext, source: string): number {
  const passed = setups.flatMap(({ sa }) =>
    sa.exchanges.flatMap(({ request, response }) => {
      const first = response === null ? undefined : request?.sightings[0];
      const isOwn = first !== undefined && canonicalOf(tunnel, first.source.address) === source;
      return isOwn && first.ipFragments === 1 && first.transport === "udp"
        ? [first.bytes + (source.includes(":") ? 48 : 28)]
        : [];
    }),
  );
  return Math.max(0, ...passed);
}
