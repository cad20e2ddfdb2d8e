import { humanDuration } from "../../../bytes/time.js";
import { IP_PROTOCOL } from "../../../ike/registries/traffic-selectors.js";
import type { IcmpAnswer } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { mssFor, outerLength } from "../../facts/esp/esp-overhead.js";
import { mtuOf, phaseAt, tooBigReports } from "../../facts/icmp-errors.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/** A sender that heeds the first report sends smaller packets at once; what was under way arrives within moments. */
const LONG_AFTER = 20_000_000;
/** Linux forgets a path MTU after 600 s and tries again: a report behind that is no sign of deafness. */
const REMEMBERED = 300_000_000;
/** Packets that were under way when the first report left may be refused within this time. */
const AT_ONCE = 2_000_000;
/** Reports that must come long after: one may be another route's. */
const REPEATS = 2;

/**
 * ICMP "fragmentation needed" (IPv6: packet too big) that quotes an IKE or ESP packet larger than the MTU it names. Path MTU
 * discovery at work; critical only where the sender goes on with packets larger than it was told long before.
 */
export const icmpFragNeeded = defineRule({
  code: "icmp-frag-needed",
  severity: "warning",
  title: "The path is too narrow for packets of the tunnel",
  explanation:
    "A router reported by ICMP that packets of the tunnel are larger than the next link can carry. If the sender heeds it, only the first packets are lost; if it does not, all large packets are, while small ones (ping, logins) pass.",
  signature:
    "ICMP type 3 code 4 with an MTU (ICMPv6 type 2) that quotes an IKE or ESP packet of the tunnel larger than that MTU. Critical if larger packets go on long after the report, or within seconds while none of them is ever answered.",
  remedies: [
    "Let ICMP type 3 code 4 (IPv6: ICMPv6 type 2) reach the gateway that sent the large packets, through every firewall before it.",
    "Clamp the TCP MSS of what goes into the tunnel to the number in the finding.",
    "If UDP or other traffic is large too, set the MTU of the tunnel interface instead: MSS plus 40.",
  ],
  commands: ["mss", "firewall"],
  references: ["RFC 4301 section 8.2", "RFC 1191"],
  onlyWith: ["icmp"],
  detect: (context) => {
    const answers = tooBigReports(context);
    const narrowest = answers.toSorted((a, b) => mtuOf(a) - mtuOf(b))[0];
    if (narrowest === undefined) return null;
    const { quoted, version } = narrowest.error;
    const mtu = mtuOf(narrowest);
    const late = deafAfter(answers);
    const repeats = late.length >= REPEATS ? late : unheeded(context, answers);
    const isDeaf = repeats.length >= REPEATS;
    const inUdp = quoted.protocol === IP_PROTOCOL.UDP;
    const isEsp = !inUdp || isEspInUdp(narrowest);
    const residues = context.tunnel.streams.reduce((bits, { sizes }) => bits | sizes.residues, 0);
    const advice = mssFor(mtu, version, inUdp, residues);
    const what = isEsp ? (inUdp ? "ESP in UDP" : "ESP") : say`IKE on UDP ${quoted.destinationPort}`;
    const shown = isDeaf ? [...answers.slice(0, 1), ...repeats] : answers;
    const span = humanDuration((repeats.at(-1)?.time ?? 0) - (answers[0]?.time ?? 0));
    return {
      ...(isDeaf ? { severity: "critical" as const } : {}),
      confidence: "certain",
      provenance: "observed",
      phase: isEsp ? "ESP" : phaseAt(context, narrowest),
      headline: joined(
        say`${what} of ${quoted.ipLength} bytes is too large for the path: MTU ${mtu} after ${narrowest.source}`,
        isDeaf ? say`, and ${quoted.source} still sends larger packets ${span} later` : "",
      ),
      summary: joined(
        say`${narrowest.source} dropped ${what} of ${quoted.ipLength} bytes from ${quoted.source} to ${quoted.destination}: the next link carries ${mtu} bytes. `,
        isDeaf
          ? say`${quoted.source} was told and still sends larger packets (${repeats.length} more reports, the last ${span} after the first): the reports do not reach it or it does not heed them, and large packets are lost. `
          : heeds(context, answers)
            ? say`${quoted.source} heeds it: later ESP leaves in IP fragments. `
            : say`The sender must send smaller packets from then on; the reports must reach ${quoted.source}. `,
        advice === null
          ? "That MTU leaves no room for TCP in the tunnel."
          : say`MSS to set: ${advice.mss} (IPv6 in the tunnel: ${advice.mss6}), for ${advice.arithmetic}.`,
      ),
      evidence: shown.slice(0, 4).map((answer) => ({
        frame: answer.frame,
        time: answer.time,
        nanos: 0,
        text: say`ICMP of ${answer.source}: MTU ${mtuOf(answer)}, quotes ${answer.error.quoted.ipLength} bytes of ${answer.error.quoted.source}`,
      })),
      ...(isDeaf
        ? {
            rivals: [
              {
                code: "esp-fragmented",
                separatedBy: say`'ip route get ${quoted.destination}' at ${quoted.source}: an mtu there says that the report did arrive`,
              },
            ],
          }
        : {}),
    };
  },
});

/** Reports about packets larger than the same sender had been told of long before. */
function deafAfter(answers: readonly IcmpAnswer[]): IcmpAnswer[] {
  return answers.filter(({ time, error: { quoted } }) =>
    answers.some(
      (earlier) =>
        earlier.error.quoted.source === quoted.source &&
        earlier.error.quoted.destination === quoted.destination &&
        time - earlier.time >= LONG_AFTER &&
        time - earlier.time <= REMEMBERED &&
        quoted.ipLength > mtuOf(earlier),
    ),
  );
}

/**
 * Reports that quote ESP of the size that the sender sent before, a second and more after the first one: it would send
 * smaller packets, or IP fragments, had it heeded that. Only where none of the large packets was ever answered.
 */
function unheeded({ tunnel }: TunnelContext, answers: readonly IcmpAnswer[]): IcmpAnswer[] {
  const [first] = answers;
  if (first === undefined) return [];
  const { quoted, version } = first.error;
  const streams = tunnel.streams.filter(
    ({ source, destination }) => source === quoted.source && destination === quoted.destination,
  );
  const passes = streams.some(
    ({ fragmented, encapsulation, sizes }) =>
      fragmented > 0 || outerLength(sizes.largestAnswered, version, encapsulation === "udp") > mtuOf(first),
  );
  if (streams.length === 0 || passes) return [];
  return answers.filter(
    ({ time, error }) =>
      error.quoted.source === quoted.source &&
      error.quoted.ipLength > mtuOf(first) &&
      time - first.time >= AT_ONCE &&
      time - first.time <= REMEMBERED,
  );
}

/** The sender had not fragmented before the first report, and does so since. */
function heeds({ tunnel }: TunnelContext, [first]: readonly IcmpAnswer[]): boolean {
  return tunnel.streams.some(
    ({ source, fragmented, firstFragmentedTime }) =>
      first !== undefined &&
      source === first.error.quoted.source &&
      fragmented > 0 &&
      firstFragmentedTime > first.time,
  );
}

/** IKE on a NAT-T port starts with four zero bytes, the place of the SPI (RFC 3948 section 2.2). */
function isEspInUdp({ error: { quoted } }: IcmpAnswer): boolean {
  const { payload, sourcePort, destinationPort } = quoted;
  if (sourcePort === 500 || destinationPort === 500 || payload.length < 4) return false;
  return payload.subarray(0, 4).some((byte) => byte !== 0);
}
