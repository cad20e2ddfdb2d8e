import type { Code } from "../../../src/diagnosis/codes.js";
import { RULES } from "../../../src/diagnosis/rules/index.js";
import type { Severity } from "../../../src/diagnosis/severity.js";
import type { RaisedFinding } from "../../../src/live/raised.js";
import type { LiveCounts, LiveSnapshot } from "../../../src/live/snapshot.js";
import type { LiveTunnel } from "../../../src/live/tunnel.js";
import { direction, liveFinding, liveSnapshot, liveTunnel, NOW } from "./tunnels.js";

/** A quiet gateway, but for what is given. */
export function snapshotOf({
  tunnels = [],
  ...given
}: Partial<Omit<LiveSnapshot, "counts">> & { readonly counts?: Partial<LiveCounts> } = {}): LiveSnapshot {
  return liveSnapshot(tunnels, { ...given, counts: { dropped: 0, ...given.counts } });
}

/** A tunnel that is up and carries nothing, but for what is given. */
export function tunnelOf(given: Partial<LiveTunnel> = {}): LiveTunnel {
  return liveTunnel({
    peers: ["192.0.2.1", "198.51.100.1"],
    lastExchange: null,
    directions: [direction(), direction()],
    spis: [],
    ...given,
  });
}

/** A finding that holds, of the severity that the catalogue has for it unless another is given. */
export function raised(code: Code, severity?: Severity): RaisedFinding {
  const { title, severity: usual } = RULES[code];
  return {
    raisedAt: NOW,
    finding: liveFinding({ code, severity: severity ?? usual, title, headline: title }),
  };
}
