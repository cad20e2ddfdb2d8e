import { CAPTURE_FILTER } from "../../../bytes/capture-filter.js";
import { defineCaptureRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** No IKE, NAT-T, ESP or AH packet at all: nothing can be judged. */
export const captureEmpty = defineCaptureRule({
  code: "capture-empty",
  severity: "info",
  title: "No IPsec traffic in this capture",
  explanation: "There is no IKE, NAT-T, ESP or AH packet in it.",
  signature: "No frame holds IKE, ESP, AH, a NAT keepalive or an ICMP error about them.",
  remedies: [
    "Check the interface and the direction, and that the tunnel was tried while the capture ran.",
    say`Capture with: tcpdump -s 0 -w vpn.pcap '${CAPTURE_FILTER}'`,
    "If this is the responder's side and the initiator does send: the packets are lost before they reach this place.",
  ],
  references: [],
  detect: ({ observations, files }) => {
    // Without any file, hosts are judged by what they say.
    if (files.length === 0) return null;
    const { ikeMessages, espPackets, ahPackets, keepalives, packets } = observations;
    if (ikeMessages + espPackets + ahPackets + keepalives > 0) return null;
    const evidence =
      observations.firstFrame === null || observations.firstTime === null
        ? []
        : [
            {
              frame: observations.firstFrame,
              time: observations.firstTime,
              nanos: 0,
              text: "first frame of the capture, not IPsec",
            },
          ];
    return {
      confidence: "certain",
      provenance: "observed",
      phase: null,
      headline:
        packets === 0
          ? "the capture holds no packets"
          : say`no IPsec traffic among ${packets} packet${packets === 1 ? "" : "s"}`,
      summary: say`Among ${packets} packet${packets === 1 ? "" : "s"} there is no IKE (UDP 500, 4500), no ESP and no AH. Nothing can be said about any tunnel.`,
      evidence,
    };
  },
});
