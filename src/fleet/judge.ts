import type { Micros } from "../bytes/time.js";
import { severityRank } from "../diagnosis/severity.js";
import { type FleetCode, FLEET_CODES } from "./codes.js";
import { shareOf } from "./client-share.js";
import type { End } from "./end.js";
import type { Ends } from "./ends.js";
import type { FleetFinding } from "./finding.js";
import type { Gateway } from "./gateway.js";
import { GatewayClocks } from "./gateway-clocks.js";
import type { PairMemory } from "./pair-memory.js";
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
export function judgeFleet(
  gateways: readonly Gateway[],
  ends: Ends,
  { now, memory }: { readonly now: Micros | null; readonly memory: PairMemory },
): FleetJudgement {
  const tunnels = judgeTunnels(ends, memory);
  const byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  const summaries = merged(tunnels.map(summaryOf));
  return { gateways, tunnels, findings: judgeWhole({ gateways: byName, tunnels: summaries, now }) };
}

/** Joins the ends and judges every tunnel by itself; the worst first. */
function judgeTunnels(ends: Ends, memory: PairMemory): FleetTunnel[] {
  return [...judgedTunnels(ends, memory)]
    .filter((tunnel) => tunnel !== null)
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The same in small steps and in no order; null after a step that is no tunnel. The ends must not change in between. */
export function* judgedTunnels(ends: Ends, memory: PairMemory): Generator<FleetTunnel | null> {
  const joined: Joined[] = [];
  const clocks = new GatewayClocks(memory);
  for (const one of joinedEnds(ends)) {
    joined.push(one);
    if (one.pair.length === 2) clocks.add(one.pair);
    yield null;
  }
  for (const one of joined) {
    const [end, other] = one.pair;
    const ahead = other === undefined ? null : clocks.between(end.gateway, other.gateway);
    yield memory.tunnel(one.pair, [ahead, one.isAmbiguous, one.clients], () => tunnelOf(one, ahead));
  }
}

type Pair = FleetTunnel["ends"];

interface Joined {
  readonly pair: Pair;
  readonly isAmbiguous: boolean;
  readonly clients: number;
}

function* joinedEnds(ends: Ends): Generator<Joined> {
  const done = new Set<End>();
  for (const end of ends.all()) {
    if (done.has(end)) continue;
    done.add(end);
    const clients = ends.clientsOf(end);
    if (clients.length > 0) {
      for (const client of clients) yield single(inOrder(client, shareOf(end, client)));
      yield { ...single([end]), clients: clients.length };
      continue;
    }
    const other = ends.otherOf(end);
    if (other === null || other === "ambiguous") {
      yield { ...single([end]), isAmbiguous: other === "ambiguous" };
      continue;
    }
    // A client is told of with the end that has several.
    if (ends.clientsOf(other).length > 0) continue;
    done.add(other);
    yield single(inOrder(end, other));
  }
}

function single(pair: Pair): Joined {
  return { pair, isAmbiguous: false, clients: 0 };
}

/** Peers stand with the initiator first. */
function inOrder(one: End, other: End): Pair {
  const isSecond = one.newest.account.self === 1 || other.newest.account.self === 0;
  return isSecond ? [other, one] : [one, other];
}

function tunnelOf({ pair: ends, isAmbiguous, clients }: Joined, ahead: Micros | null): FleetTunnel {
  const [one, other] = ends;
  const found =
    other === undefined
      ? []
      : passagesOf(one, other, ahead).flatMap((passage) =>
          explained(PASSAGE_RULES.flatMap((rule) => findingOf(rule, passage))),
        );
  const findings = found.toSorted(
    (a, b) =>
      severityRank(a.severity) - severityRank(b.severity) ||
      FLEET_CODES.indexOf(a.code) - FLEET_CODES.indexOf(b.code),
  );
  const since = findings[0]?.since ?? one.newest.account.since;
  return { ends, isAmbiguous, clients, state: stateOf(ends, findings), since, findings };
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
