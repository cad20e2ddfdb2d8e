/** Captures of healthy tunnels, edited: the tunnel is fine, the capture is not. */
import { cutShort, doubled, onlyPorts, snap, startLate, stopEarly } from "../cut.js";
import type { PcapFile } from "../pcap-file.js";
import { healthy, type Truth, type Vantage } from "../truth.js";

/** A capture made from both captures of a scenario by an edit. */
export interface Cut {
  name: string;
  from: string;
  description: string;
  edit(file: PcapFile): PcapFile;
  truth: Truth;
  /** The place that the capture still tells, where the edit took the proof of the real one away. */
  tells?: { initiator?: Vantage; responder?: Vantage };
}

/** The recording is bad; the tunnel, of which enough is left, is not. */
const spoilt = (finding: string, info: string[] = []): Truth => ({
  status: "healthy",
  failingPhase: null,
  findings: [finding],
  info,
});

export const cuts: Cut[] = [
  {
    name: "healthy-ikev2-late",
    from: "healthy-ikev2",
    description: "The capture of a healthy tunnel begins some packets after IKE_AUTH",
    edit: startLate,
    truth: healthy(["capture-starts-late"]),
  },
  {
    name: "healthy-ikev2-stopped",
    from: "healthy-ikev2",
    description:
      "The capture of a healthy tunnel was stopped right after the first IKE_SA_INIT request, before it could be answered",
    edit: stopEarly,
    truth: { ...healthy(), status: "nothing-to-judge" },
    tells: { responder: "unknown" },
  },
  {
    name: "healthy-ikev2-cut-short",
    from: "healthy-ikev2",
    description:
      "The capture of a healthy tunnel ends in the middle of its last record, a ping of the router",
    edit: cutShort,
    truth: spoilt("capture-cut-short", ["nat-forced-encapsulation"]),
  },
  {
    name: "healthy-ikev2-snaplen",
    from: "healthy-ikev2",
    description:
      "The capture of a healthy tunnel holds only the first 60 bytes of each packet: no whole IKE header, but SPI and sequence number of ESP",
    edit: (file) => snap(file, 60),
    truth: spoilt("capture-truncated"),
    tells: { initiator: "unknown", responder: "unknown" },
  },
  {
    name: "healthy-ikev2-mirrored",
    from: "healthy-ikev2",
    description: "The capture of a healthy tunnel holds each packet twice, a microsecond apart",
    edit: doubled,
    truth: healthy(["nat-forced-encapsulation", "capture-duplicates"]),
  },
  {
    name: "healthy-ikev2-only500",
    from: "healthy-ikev2",
    description:
      "The capture of a healthy tunnel was filtered to UDP port 500, so all after IKE_SA_INIT is missing",
    edit: (file) => onlyPorts(file, 500),
    // Two packets: of a recording that was stopped after them the same is left.
    truth: {
      status: "nothing-to-judge",
      failingPhase: null,
      findings: [],
      info: ["nat-forced-encapsulation", "capture-filter-blind"],
    },
  },
  {
    name: "healthy-ikev2-only4500",
    from: "healthy-ikev2",
    description: "The capture of a healthy tunnel was filtered to UDP port 4500, so IKE_SA_INIT is missing",
    edit: (file) => onlyPorts(file, 4500),
    truth: { status: "healthy", failingPhase: null, findings: [], info: ["capture-filter-blind"] },
  },
  {
    name: "child-ts-refused-only4500",
    from: "child-ts-refused-chapoly",
    description:
      "The capture of a refused Child SA was filtered to UDP port 4500, so the algorithms are unknown and with them what fits into the answer; the IKE SA is up, nothing says whether it has a Child SA",
    edit: (file) => onlyPorts(file, 4500),
    truth: { ...spoilt("capture-filter-blind"), status: "nothing-to-judge" },
  },
  {
    name: "eap-unknown-user-only4500",
    from: "eap-unknown-user",
    description:
      "The capture of a refused EAP user was filtered to UDP port 4500; whatever the algorithms, no IKE_AUTH answer is long enough for a Child SA and identities but the first, which asks for EAP",
    edit: (file) => onlyPorts(file, 4500),
    truth: {
      status: "failing",
      failingPhase: "IKE_AUTH",
      findings: ["eap-failed", "capture-filter-blind"],
      info: [],
    },
  },
  {
    name: "initiator-rejects-only4500",
    from: "initiator-rejects-clock",
    description:
      "The capture of a rejected responder was filtered to UDP port 4500, so a short INFORMATIONAL right after the answer may be anything; whether there is a Child SA is unknown",
    edit: (file) => onlyPorts(file, 4500),
    truth: { ...spoilt("capture-filter-blind"), status: "nothing-to-judge" },
  },
  {
    name: "healthy-ikev2-ipfrag-ports",
    from: "healthy-ikev2-ipfrag",
    description:
      "The capture of a healthy tunnel with IKE_AUTH in IP fragments was filtered to UDP ports 500 and 4500, which hides all fragments but the first",
    edit: (file) => onlyPorts(file, 500, 4500),
    truth: spoilt("capture-filter-blind", ["nat-forced-encapsulation"]),
  },
];
