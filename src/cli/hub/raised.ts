import type { FleetFinding } from "../../fleet/finding.js";
import { peersText } from "../../report/fleet/peers.js";
import type { FleetTunnel } from "../../fleet/tunnel.js";

/** A finding that holds now, with what it is called from judgement to judgement. */
export interface RaisedNow {
  readonly identity: string;
  readonly finding: FleetFinding;
  /** Addresses of the tunnel; null where it is about several tunnels, or a gateway. */
  readonly peers: string | null;
}

/** Findings of a tunnel above info. */
export function raisedOf(tunnel: FleetTunnel): RaisedNow[] {
  const peers = peersText(tunnel.ends.map(({ newest }) => newest.account));
  return told(tunnel.findings).map((finding) => ({
    identity: `${finding.identity} ${peers}`,
    finding,
    peers,
  }));
}

/** Findings over several tunnels above info. */
export function raisedInWhole(findings: readonly FleetFinding[]): RaisedNow[] {
  return told(findings).map((finding) => ({ identity: finding.identity, finding, peers: null }));
}

function told(findings: readonly FleetFinding[]): FleetFinding[] {
  return findings.filter(({ severity }) => severity !== "info");
}
