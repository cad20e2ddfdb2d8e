import { CAPTURE_FILTER } from "../../bytes/capture-filter.js";
import type { CatalogueEntry } from "./entry.js";

export const CAPTURE = {
  "capture-empty": {
    severity: "info",
    title: "No IPsec traffic in this capture",
    explanation: "There is no IKE, NAT-T, ESP or AH packet in it.",
    signature: "No frame holds IKE, ESP, AH, a NAT keepalive or an ICMP error about them.",
    remedies: [
      "Check the interface and the direction, and that the tunnel was tried while the capture ran.",
      `Capture with: tcpdump -s 0 -w vpn.pcap '${CAPTURE_FILTER}'`,
      "If this is the responder's side and the initiator does send: the packets are lost before they reach this place.",
    ],
    references: [],
  },
  "capture-truncated": {
    severity: "warning",
    title: "The capture cut packets that were needed whole",
    explanation: "The snap length was smaller than IKE messages, so parts of them cannot be read.",
    signature: "The snap length cut frames that hold IKE messages. Cut ESP does not matter.",
    remedies: ["Capture again with whole packets: tcpdump -s 0."],
    references: [],
  },
  "capture-cut-short": {
    severity: "warning",
    title: "The capture file ends in the middle of a packet",
    explanation: "Everything before the end was judged; what came after is missing.",
    signature: "The file, or the compressed data in it, ends inside a record.",
    remedies: ["Copy the file again, or stop tcpdump cleanly (SIGINT) before copying."],
    references: [],
  },
  "capture-filter-blind": {
    severity: "warning",
    title: "The capture filter may have hidden what matters",
    explanation:
      "The capture holds one kind of packet only, as a narrow filter leaves it, so what is missing may just not have been recorded.",
    signature:
      "The capture holds UDP 500 alone and a setup stops where it would go on over 4500, or UDP 4500 alone and no setup begins, or first IP fragments alone of what was answered. Any other packet disproves the filter.",
    remedies: [`Capture again with: tcpdump -s 0 -w vpn.pcap '${CAPTURE_FILTER}'`],
    references: [],
  },
  "capture-one-direction": {
    severity: "warning",
    title: "Only one direction was captured",
    explanation:
      "One side goes on as if it had been answered, but no answer is in the capture: the sniffer saw one direction only.",
    signature:
      "All IKE packets come from one side, and its Message IDs or exchange types advance, which takes answers.",
    remedies: ["Capture both directions: mirror both, or capture at a peer itself."],
    references: [],
  },
  "capture-starts-late": {
    severity: "info",
    title: "The tunnel was already up when the capture began",
    explanation: "The setup is not in the capture, so its algorithms and roles are unknown.",
    signature:
      "The first IKE message of a tunnel is not one that begins an IKE SA, or ESP flows without any.",
    remedies: ["To judge the setup, start the capture before the tunnel is initiated."],
    references: [],
  },
  "capture-duplicates": {
    severity: "info",
    title: "Packets were captured more than once",
    explanation:
      "The same packets were seen several times (mirror port, capture on all interfaces). Copies were removed.",
    signature: "The same IKE packet comes again within a tenth of a second with the same IP identification.",
    remedies: ["Capture on one interface only if exact counts matter."],
    references: [],
  },
  "capture-dropped": {
    severity: "warning",
    title: "The capture lost packets",
    explanation:
      "The capture file itself says that packets were dropped while it was written, so a packet that is missing here may have been on the wire.",
    signature: "The interface statistics of a pcapng file count dropped packets.",
    remedies: [
      "Capture with a larger buffer and a filter: tcpdump -B 16384 -s 0 (KiB), dumpcap -B 64 (MiB).",
      "Capture less: only the two peers ('host A and host B'), or cut ESP short with a separate capture.",
    ],
    references: [],
  },
  "clock-jump": {
    severity: "warning",
    title: "The clock of the capture was set while it ran",
    explanation:
      "The time of one packet lies well before that of the packet in front of it, or the capture begins with a clock that nobody had set and goes on in the present. Times, pauses and retransmission schedules around that place are not to be relied on.",
    signature:
      "The time of a packet lies at least 3 s before that of the packet in front of it in the same file; or the file begins before 2003 and ends after.",
    remedies: [
      "Was the clock of the capturing host set while it captured (NTP, a virtual machine that was resumed)? Capture again with a steady clock.",
      "Where files were joined end to end, join them by time: mergecap -w joined.pcap first.pcap second.pcap.",
    ],
    references: [],
  },
} as const satisfies Record<string, CatalogueEntry>;
