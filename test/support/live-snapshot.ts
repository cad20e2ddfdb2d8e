import type { Code } from "../../src/diagnosis/catalogue/index.js";
import { CATALOGUE } from "../../src/diagnosis/catalogue/index.js";
import type { Severity } from "../../src/diagnosis/severity.js";
import type { RaisedFinding } from "../../src/live/raised.js";
import type { LiveCounts, LiveSnapshot } from "../../src/live/snapshot.js";
import type { LiveDirection, LiveTunnel } from "../../src/live/tunnel.js";

const AT = Date.UTC(2026, 0, 2, 3, 4, 5) * 1000;

/** A quiet gateway, but for what is given. */
export function snapshotOf({
  counts = {},
  ...given
}: Partial<Omit<LiveSnapshot, "counts">> & { readonly counts?: Partial<LiveCounts> } = {}): LiveSnapshot {
  return {
    time: AT,
    startedAt: AT - 60e6,
    interface: "eth0",
    capturing: true,
    tunnels: [],
    strangers: 0,
    halfOpen: [],
    findings: [],
    ...given,
    counts: {
      packets: 0,
      ikeMessages: 0,
      retransmissions: 0,
      malformed: 0,
      espPackets: 0,
      espBytes: 0,
      espLost: 0,
      notifies: [],
      dropped: 0,
      captureRestarts: 0,
      tunnelsEvicted: 0,
      streamsEvicted: 0,
      judgements: 0,
      ...counts,
    },
  };
}

/** A tunnel that is up and carries nothing, but for what is given. */
export function tunnelOf(given: Partial<LiveTunnel> = {}): LiveTunnel {
  return {
    id: 1,
    peers: ["192.0.2.1", "198.51.100.1"],
    version: 2,
    state: "up",
    since: AT,
    phase: null,
    lastExchange: null,
    retransmissions: 0,
    directions: [directionOf({}), directionOf({})],
    spis: [],
    findings: [],
    firstTime: AT,
    lastTime: AT,
    ...given,
  };
}

/** What flows one way. */
export function directionOf(given: Partial<LiveDirection>): LiveDirection {
  return { rate: 0, packets: 0, bytes: 0, lost: 0, ...given };
}

/** A finding that holds, of the severity that the catalogue has for it unless another is given. */
export function raised(code: Code, severity?: Severity): RaisedFinding {
  const { title, remedies, references, severity: usual } = CATALOGUE[code];
  return {
    raisedAt: AT,
    finding: {
      code,
      severity: severity ?? usual,
      confidence: "certain",
      provenance: "observed",
      tunnel: null,
      phase: null,
      vantage: null,
      title,
      headline: title,
      summary: `${title}.`,
      evidence: [],
      rivals: [],
      remedies,
      references,
      mended: false,
      causedBy: null,
    },
  };
}
