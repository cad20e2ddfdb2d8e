import { CAPTURE_FILTER } from "../../../bytes/capture-filter.js";
import type { Exchange, IkeSa, Transmission } from "../../../session/model.js";
import { firstTimeOf } from "../../../session/sightings.js";
import { carrierOf, carriersOf } from "../../facts/esp/esp-directions.js";
import { isLonePacket } from "../../facts/esp/lone-packet.js";
import { evidenceAt } from "../../evidence.js";
import { holdsOpeningOutOfOrder } from "../../facts/esp/out-of-order.js";
import { messageName } from "../../phases.js";
import type { TunnelContext } from "../../context.js";
import { isSeen, sendsEspAfter } from "../../facts/silence/peer-heard.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

const STEPS: readonly Message[] = ["To judge the setup, start the capture before the tunnel is initiated."];

/** If all packets come from one side, the capture has to show first whether the other one answers. */
function nextSteps(context: TunnelContext): readonly Message[] {
  const { addresses } = context.tunnel;
  const [one, ...others] = addresses.filter(
    (address) => isSeen(context, address) || sendsEspAfter(context, address, -Infinity),
  );
  if (one === undefined || others.length > 0) return STEPS;
  return [
    say`All packets between these peers come from ${one}: the other peer is silent, or this place sees one direction only. If the capture was taken on that gateway itself, the peer is the likelier reason: is it up, and do its answers arrive? Else capture where both directions pass, best on a gateway itself: tcpdump -ni any -s 0 -w vpn.pcap '${CAPTURE_FILTER}'`,
    ...STEPS,
  ];
}

/** The IKE SA's first message in the capture is not the one that opens an IKE SA. */
export const captureStartsLate = defineRule({
  code: "capture-starts-late",
  severity: "info",
  title: "The tunnel was already up when the capture began",
  explanation: "The setup is not in the capture, so its algorithms and roles are unknown.",
  signature: "The first IKE message of a tunnel is not one that begins an IKE SA, or ESP flows without any.",
  remedies: STEPS,
  references: [],
  // If the filter hid the beginning, nothing says that the capture began late.
  yieldsTo: ["capture-filter-blind"],
  detect: (context) => {
    const { tunnel, setups } = context;
    const first = setups[0];
    if (first === undefined) {
      const stream = tunnel.streams[0];
      if (stream === undefined) return null;
      const carriers = carriersOf(tunnel.streams);
      const isLone = isLonePacket(tunnel.streams);
      return {
        confidence: isLone ? "possible" : "certain",
        provenance: isLone ? "inferred" : "observed",
        phase: null,
        headline: say`${carriers} without its negotiation`,
        summary: isLone
          ? "The capture holds one packet on UDP 4500 that may be ESP, and no IKE between these peers: of a tunnel that was set up before, or no ESP at all, for whatever is sent to that port looks so."
          : say`The capture holds ${carriers} but no IKE between these peers: the tunnel was set up before.`,
        remedies: nextSteps(context),
        evidence: [
          {
            frame: stream.firstFrame,
            time: stream.firstTime,
            nanos: 0,
            text: say`first ${carrierOf(stream)} packet`,
          },
        ],
      };
    }
    if (first.sa.startSeen || holdsOpeningOutOfOrder(context)) return null;
    const [earliest] = messagesOf(first.sa).toSorted(
      (a, b) => firstTimeOf(a.message) - firstTimeOf(b.message),
    );
    if (earliest === undefined) return null;
    const { exchange, side, message } = earliest;
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: "the IKE SA was set up before the capture began",
      summary: joined(
        say`The first message between these peers is ${messageName(first.sa, exchange, side)}, not the opening of an IKE SA.`,
        first.sa.rolesProven ? "" : " Nothing in the capture proves which peer is the initiator.",
      ),
      remedies: nextSteps(context),
      evidence: message.sightings
        .slice(0, 1)
        .map((sighting) => evidenceAt(sighting, messageName(first.sa, exchange, side))),
    };
  },
});

function messagesOf({ exchanges }: IkeSa): {
  readonly exchange: Exchange;
  readonly side: "request" | "response";
  readonly message: Transmission;
}[] {
  return exchanges.flatMap((exchange) =>
    (["request", "response"] as const).flatMap((side) => {
      const message = exchange[side];
      return message === null ? [] : [{ exchange, side, message }];
    }),
  );
}
