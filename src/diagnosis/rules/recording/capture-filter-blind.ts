import { CAPTURE_FILTER } from "../../../bytes/capture-filter.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange, Sighting } from "../../../session/model.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceAt, evidenceOf } from "../../evidence.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Verdict } from "../../finding.js";
import { isCutShort } from "../../extracts.js";
import { carriesTrafficAfter } from "../../facts/life/healing.js";
import { hidesPort4500, holdsPort500Only, stoppedBeforeNatT } from "../../facts/nat/port-4500-hidden.js";
import { defineRule } from "../../rule.js";
import { joined, say } from "../../../texts/message.js";

/**
 * The picture that a narrow capture filter leaves of a healthy tunnel: port 500 without 4500, port 4500 without 500, or
 * first IP fragments without the later ones. Any packet that such a filter would have dropped disproves it.
 */
export const captureFilterBlind = defineRule({
  code: "capture-filter-blind",
  severity: "warning",
  title: "The capture filter may have hidden what matters",
  explanation:
    "The capture holds one kind of packet only, as a narrow filter leaves it, so what is missing may just not have been recorded.",
  signature:
    "The capture holds UDP 500 alone, and a setup stops where it would go on over 4500 while the capture goes on for 1 s, or UDP 4500 alone and no setup begins, or first IP fragments alone of what was answered. Any other packet disproves the filter.",
  remedies: [say`Capture again with: tcpdump -s 0 -w vpn.pcap '${CAPTURE_FILTER}'`],
  references: [],
  detect: (context) => withoutPort4500(context) ?? withoutPort500(context) ?? withoutLaterFragments(context),
});

function withoutPort4500(context: TunnelContext): Verdict | null {
  const setup = stoppedBeforeNatT(context).at(-1);
  const exchange = setup?.progress.opening.at(-1);
  if (setup === undefined || exchange?.request == null || !holdsPort500Only(context)) return null;
  // The packet that goes on elsewhere may be the one that the end of the file cuts.
  if (context.capture.files.some(isCutShort)) return null;
  // A file that ends with the answer may be filtered, or just have been stopped: that is no more than a note.
  const isBlind = hidesPort4500(context);
  return {
    ...BLIND,
    severity: isBlind ? "warning" : "info",
    phase: phaseOf(setup.sa, exchange),
    headline: "nothing but UDP 500 was captured, and what follows goes over UDP 4500",
    summary: isBlind
      ? joined(
          "The first exchange is answered and nothing follows; but the capture holds nothing except UDP 500, as the filter ",
          "'udp port 500' leaves it. Whether the setup went on over UDP 4500 cannot be told.",
        )
      : say`The capture holds nothing except UDP 500, and ends with ${messageName(setup.sa, exchange, "response")}. The filter 'udp port 500' leaves this of a setup that went on over UDP 4500; a recording that was stopped leaves it too.`,
    evidence: evidenceOf(
      exchange.response,
      say`${messageName(setup.sa, exchange, "response")}, the last message`,
      1,
    ),
    rivals: [
      {
        code: "ike-auth-missing",
        separatedBy:
          "a capture without a port filter: if UDP 4500 is still missing there, it is missing on the wire",
      },
    ],
  };
}

/** The setup is in the capture from its second exchange on, and nothing but UDP 4500 is. */
function withoutPort500(context: TunnelContext): Verdict | null {
  const { otherPackets, port500, espPackets, port4500 } = context.capture.observations;
  if (otherPackets + port500 > 0 || port4500 < espPackets) return null;
  const found = context.setups.flatMap((setup) => {
    const first = setup.sa.exchanges[0];
    return first !== undefined && isSecondExchange(setup, first) ? [{ setup, first }] : [];
  })[0];
  if (found === undefined) return null;
  const name = messageName(found.setup.sa, found.first, "request");
  return {
    ...BLIND,
    // If ESP flows, the exchange that is missing does not matter.
    severity: context.tunnel.streams.length > 0 ? "info" : "warning",
    phase: phaseOf(found.setup.sa, found.first),
    headline: "nothing but UDP 4500 was captured, so the first exchange is missing",
    summary: say`The capture begins with ${name} and holds nothing except UDP 4500, as the filter 'udp port 4500' leaves it. The exchange on UDP 500 before it, with the algorithms, is not there.`,
    evidence: evidenceOf(found.first.request, say`${name}, the first message`, 1),
  };
}

function isSecondExchange({ sa }: Setup, { exchangeType, request, response }: Exchange): boolean {
  return (
    sa.majorVersion === 2 &&
    exchangeType === EXCHANGE_V2.IKE_AUTH &&
    !sa.startSeen &&
    request !== null &&
    response !== null
  );
}

/** Messages that arrived whole, because they were answered or the setup went on, show only their first fragment here. */
function withoutLaterFragments(context: TunnelContext): Verdict | null {
  for (const setup of context.setups) {
    const { sa } = setup;
    for (const exchange of sa.exchanges) {
      const found = firstFragmentOnly(exchange, context, setup);
      if (found === undefined) continue;
      return {
        ...BLIND,
        confidence: "likely",
        phase: phaseOf(sa, exchange),
        headline: "later IP fragments were not captured",
        summary:
          found.role === "request"
            ? say`Of ${messageName(sa, exchange, "request")} only the first IP fragment is in the capture, yet it was answered, so it arrived whole. A filter on ports drops later fragments, which carry no ports.`
            : say`Of ${messageName(sa, exchange, "response")} only the first IP fragment is in the capture, yet its receiver went on, so it arrived whole. A filter on ports drops later fragments, which carry no ports.`,
        evidence: [evidenceAt(found.part, "first IP fragment, without the later ones")],
      };
    }
  }
  return null;
}

/** A sighting without its later fragments, of a request with its answer, or of a response behind which the asker goes on. */
function firstFragmentOnly(
  { request, response, startedBy }: Exchange,
  context: TunnelContext,
  setup: Setup,
): { readonly role: "request" | "response"; readonly part: Sighting } | undefined {
  if (response === null) return undefined;
  const asked = request?.sightings.find(isFirstOnly);
  if (asked !== undefined) return { role: "request", part: asked };
  const answered = response.sightings.find(isFirstOnly);
  if (answered === undefined) return undefined;
  const asksOn = setup.sa.exchanges.some(
    (other) => other.startedBy === startedBy && firstTimeOf(other.request) > answered.time,
  );
  return asksOn || carriesTrafficAfter(context, answered.time, setup)
    ? { role: "response", part: answered }
    : undefined;
}

function isFirstOnly({ missingFragments }: Sighting): boolean {
  return missingFragments !== null && missingFragments.fragments.every(({ offset }) => offset === 0);
}

const BLIND = { confidence: "possible", provenance: "deduced" } as const;
