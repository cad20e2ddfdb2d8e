import { printable } from "../../../bytes/text.js";
import type { MalformedMessage } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { numberOf } from "../../facts/recording/kept.js";
import type { Evidence } from "../../finding.js";
import { flowsBothWays } from "../../status.js";
import { defineRule } from "../../rule.js";
import { faultMessage } from "../../../session/decode-fault.js";
import { joined, type Message, say, verbatim } from "../../../texts/message.js";

/** Evidence lines, and characters of a reason: both come from what a stranger sent. */
const LINES = 4;
const LONGEST_REASON = 120;

/**
 * A message that has an IKE header and cannot be read as it says: a length beyond the datagram, a payload chain that runs
 * out. What the snap length cut, what misses fragments and what has no header at all is none.
 */
export const ikeMalformed = defineRule({
  code: "ike-malformed",
  severity: "warning",
  title: "An IKE message cannot be read as its header says",
  explanation:
    "A length in the message points beyond it, or its payloads do not follow one another. The capture holds the whole packet, so it was sent so or was changed on the way.",
  signature:
    "A datagram with an IKE header whose length, or the length of a payload, points beyond its end; neither the snap length nor a missing fragment explains it.",
  remedies: [
    "Capture at the sender too: if the message is whole there, a device on the way changes it; switch off IPsec helpers (ALG, 'IPsec passthrough', inspection of IKE) on routers and firewalls between.",
    "If it is broken at the sender: update that implementation, and check that the packets are really IKE.",
  ],
  commands: ["capture", "log"],
  references: ["RFC 7296 section 3.1", "RFC 7296 section 3.2"],
  detect: (context) => {
    const broken = context.tunnel.malformed.filter(
      ({ what, cutBySnapLength }) => what === "message" && !cutBySnapLength,
    );
    const [first] = broken;
    if (first === undefined) return null;
    const senders = [...new Set(broken.map(({ source }) => source.address))];
    return {
      // A tunnel that works, before it or behind it, was not kept from working by it; any stranger can send such a thing.
      ...(works(context) ? { severity: "info" } : {}),
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline: say`${numberOf(broken, context.tunnel.notKept.malformed)} IKE message${broken.length === 1 ? "" : "s"} from ${senders.join(" and ")} cannot be read as the header says`,
      summary: joined(
        say`${first.source.address} sent an IKE message whose lengths do not agree: ${reasonOf(first)}. `,
        "The capture holds all of the packet, so it was sent so or changed on the way; the receiver drops such a message, or answers INVALID_SYNTAX.",
      ),
      evidence: broken.slice(0, LINES).map(evidenceLine),
      rivals: [
        {
          code: "capture-truncated",
          separatedBy:
            "a capture at the sender: whole there and broken here means that a device on the way (an ALG) changes it",
        },
      ],
    };
  },
});

function works({ tunnel, setups }: TunnelContext): boolean {
  return setups.some(({ progress }) => progress.upAt !== null) || flowsBothWays(tunnel);
}

function evidenceLine(message: MalformedMessage): Evidence {
  return { frame: message.frame, time: message.time, nanos: 0, text: reasonOf(message) };
}

function reasonOf({ reason }: MalformedMessage): Message {
  const text = printable(reason);
  return text.length > LONGEST_REASON
    ? verbatim(`${text.slice(0, LONGEST_REASON - 1)}…`)
    : faultMessage(text);
}
