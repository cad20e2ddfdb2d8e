import type { TunnelRule } from "../../context.js";
import { isMirror, isOf } from "../../facts/clear-flows.js";

/** Decrypted packets shown beside their ESP, as on a Linux gateway. */
export const plaintextMirror: TunnelRule = ({ tunnel, capture }) => {
  const flows = capture.clearFlows.filter(
    (flow) => isMirror(flow) && flow.mirroredFrom !== null && isOf(tunnel.addresses, flow.mirroredFrom),
  );
  const [first] = flows;
  if (first === undefined) return null;
  const packets = flows.reduce((sum, flow) => sum + flow.packets, 0);
  return {
    code: "plaintext-mirror",
    confidence: "likely",
    provenance: "deduced",
    phase: "ESP",
    headline: `${packets} decrypted packets are shown beside their ESP`,
    summary: `${packets} packets in clear (${first.source} -> ${first.destination}${flows.length > 1 ? " and others" : ""}) each come within 5 ms after an ESP packet on the same link: the capturing host shows what it has decrypted. They were not on the wire in clear.`,
    evidence: [
      {
        frame: first.firstFrame,
        time: first.firstTime,
        nanos: 0,
        text: `in clear right after ESP, ${first.source} -> ${first.destination}`,
      },
    ],
  };
};
