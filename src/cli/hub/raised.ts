import type { FleetFinding } from "../../fleet/finding.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import type { FleetTunnel } from "../../fleet/tunnel.js";

/** A finding that holds now, with what it is called from judgement to judgement. */
export interface RaisedNow {
  readonly identity: string;
  readonly finding: FleetFinding;
  /** Null where it is about several tunnels, or a gateway. */
  readonly tunnel: FleetTunnel | null;
}

/** All findings of a judgement above info, by their identities. */
export function raisedIn({ tunnels, findings }: FleetJudgement): Map<string, RaisedNow> {
  const all = [
    ...findings.map((finding): RaisedNow => ({ identity: identityOf(finding), finding, tunnel: null })),
    ...tunnels.flatMap((tunnel) =>
      tunnel.findings.map((finding): RaisedNow => ({
        identity: `${identityOf(finding)} ${peersOf(tunnel)}`,
        finding,
        tunnel,
      })),
    ),
  ].filter(({ finding }) => finding.severity !== "info");
  return new Map(all.map((raised) => [raised.identity, raised]));
}

function identityOf({ code, gateways }: FleetFinding): string {
  // Which gateways an outage hits changes while it lasts.
  return code === "fleet-outage" ? code : `${code} ${gateways.join(" ")}`;
}

/** The addresses as each end sees them. */
export function peersOf({ ends }: FleetTunnel): string {
  return ends.map(({ newest }) => newest.account.peers.join(" - ")).join(" / ");
}
