import { flowsByEnds } from "../../facts/esp/clear-flows.js";
import { carriersOf } from "../../facts/esp/esp-directions.js";
import { defineRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** Decrypted packets shown beside their ESP, as on a Linux gateway. */
export const plaintextMirror = defineRule({
  code: "plaintext-mirror",
  severity: "info",
  title: "Decrypted packets are shown beside their ESP",
  explanation:
    "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. The packets in clear were never on the wire.",
  signature:
    "Packets in clear with a private address that each come within 5 ms after an ESP packet on the same link, in the same direction.",
  remedies: ["Nothing to do: it is no leak. A capture on the next router shows ESP only."],
  references: ["RFC 4301"],
  onlyWith: ["clear-flows"],
  detect: ({ tunnel, capture }) => {
    const flows = flowsByEnds(capture.clearFlows).mirrorsOf(tunnel.addresses);
    const [first] = flows;
    if (first === undefined) return null;
    const carriers = carriersOf(tunnel.streams);
    const packets = flows.reduce((sum, flow) => sum + flow.packets, 0);
    return {
      confidence: "likely",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${packets} decrypted packets are shown beside their ${carriers}`,
      summary: say`${packets} packets in clear (${first.source} -> ${first.destination}${flows.length > 1 ? " and others" : ""}) each come within 5 ms after an ${carriers} packet on the same link: the capturing host shows what it has decrypted. They were not on the wire in clear.`,
      evidence: [
        {
          frame: first.firstFrame,
          time: first.firstTime,
          nanos: 0,
          text: say`in clear right after ${carriers}, ${first.source} -> ${first.destination}`,
        },
      ],
    };
  },
});
