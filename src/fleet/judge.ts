import type { Micros } from "../bytes/time.js";
import { severityRank } from "../diagnosis/severity.js";
import { type FleetCode, FLEET_CODES } from "./codes.js";
import type { End } from "./end.js";
import type { Ends } from "./ends.js";
import type { FleetFinding } from "./finding.js";
import type { Gateway } from "./gateway.js";
import { GatewayClocks } from "./gateway-clocks.js";
import { passagesOf } from "./passage.js";
import { findingOf } from "./rule.js";
import { PASSAGE_RULES } from "./rules/index.js";
import { merged, summaryOf } from "./summary.js";
import { FLEET_STATES, type FleetTunnel, stateOf } from "./tunnel.js";
import { judgeWhole } from "./whole.js";

/** All that is concluded over all gateways. */
export interface FleetJudgement {
  readonly gateways: readonly Gateway[];
  /** Joined tunnels and those of which one end is known; the worst first. */
  readonly tunnels: readonly FleetTunnel[];
  /** Findings about several tunnels, or a gateway. */
  readonly findings: readonly FleetFinding[];
}

/** Joins the ends and runs every rule. Pure: the same state gives the same judgement. */
export function judgeFleet(gateways: readonly Gateway[], ends: Ends, now: Micros | null): FleetJudgement {
  const tunnels = judgeTunnels(ends);
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  const summaries = merged(tunnels.map(summaryOf));
  return { gateways, tunnels, findings: judgeWhole({ gateways: byName, tunnels: summaries, now }) };
}

/** Joins the ends and judges every tunnel by itself; the worst first. */
export function judgeTunnels(ends: Ends): FleetTunnel[] {
  const joined = joinedEnds(ends);
  const clocks = new GatewayClocks(joined.flatMap(({ pair }) => (pair.length === 2 ? [pair] : [])));
  return joined
    .map(({ pair, isAmbiguous }) => tunnelOf(pair, isAmbiguous, clocks))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

type Pair = FleetTunnel["ends"];

function joinedEnds(ends: Ends): { readonly pair: Pair; readonly isAmbiguous: boolean }[] {
  const done = new Set<End>();
  const joined: { readonly pair: Pair; readonly isAmbiguous: boolean }[] = [];
  for (const end of ends.all()) {
    if (done.has(end)) continue;
    const other = ends.otherOf(end);
    done.add(end);
    if (other === null || other === "ambiguous") {
      joined.push({ pair: [end], isAmbiguous: other === "ambiguous" });
      continue;
    }
    done.add(other);
    // Peers stand with the initiator first.
    const isSecond = end.newest.account.self === 1 || other.newest.account.self === 0;
    joined.push({ pair: isSecond ? [other, end] : [end, other], isAmbiguous: false });
  }
  return joined;
}

function tunnelOf(ends: Pair, isAmbiguous: boolean, clocks: GatewayClocks): FleetTunnel {
  const [one, other] = ends;
  const found =
    other === undefined
      ? []
      : passagesOf(one, other, clocks.between(one.gateway, other.gateway)).flatMap((passage) =>
          explained(PASSAGE_RULES.flatMap((rule) => findingOf(rule, passage))),
        );
  const findings = found.toSorted(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      FLEET_CODES.indexOf(a.code) - FLEET_CODES.indexOf(b.code),
  );
  const since = findings[0]?.since ?? one.newest.account.since;
  return { ends, isAmbiguous, state: stateOf(ends, findings), since, findings };
}

/** That some packets are lost says nothing new where all of them are, or all large ones. */
function explained(findings: readonly FleetFinding[]): readonly FleetFinding[] {
  const worst = findings.find(({ code }) => ESP_CODES.includes(code));
  return findings.filter((finding) => !ESP_CODES.includes(finding.code) || finding === worst);
}

/** The more telling first. */
const ESP_CODES: readonly FleetCode[] = ["fleet-esp-stopped", "fleet-esp-too-large", "fleet-esp-lost"];

function rankOf({ state }: FleetTunnel): number {
  return FLEET_STATES.indexOf(state);
}
