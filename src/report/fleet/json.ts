import { printableJson } from "../../bytes/text.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type { End } from "../../fleet/end.js";
import type { FleetFinding } from "../../fleet/finding.js";
import type { Gateway } from "../../fleet/gateway.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import type { FleetTunnel } from "../../fleet/tunnel.js";
import { inEnglish } from "../../texts/texts.js";

const SCHEMA = "ikescope.fleet/1";

/** The judgement over all gateways as JSON by the committed schema `fleet.schema.json`, in pieces. */
export function* renderFleetJson({ gateways, tunnels, findings }: FleetJudgement): Generator<string> {
  const piece = (value: object): string => printableJson(JSON.stringify(value));
  yield `{"schema":"${SCHEMA}","gateways":${piece(gateways.map(gatewayJson))},"tunnels":[`;
  for (const [at, tunnel] of tunnels.entries()) {
    yield `${at === 0 ? "\n" : ",\n"}${piece(tunnelJson(tunnel))}`;
  }
  yield `],\n"findings":${piece(findings.map(findingJson))}}\n`;
}

function gatewayJson({ name, labels, boot, missed, status, lastTime, hasEnded }: Gateway): object {
  return {
    name,
    labels,
    boot,
    missedEvents: missed,
    capturing: status?.isCapturing ?? null,
    recordedSince: timeOrNull(status?.recordedSince ?? null),
    dropped: status?.dropped ?? null,
    lastTime: isoTime(lastTime),
    ended: hasEnded,
  };
}

function tunnelJson({ ends, isAmbiguous, clients, state, since, findings }: FleetTunnel): object {
  return {
    state,
    since: isoTime(since),
    ambiguous: isAmbiguous,
    clients,
    ends: ends.map(endJson),
    findings: findings.map(findingJson),
  };
}

function endJson({ gateway, newest: { account, asOf } }: End): object {
  const { tunnel, peers, self, vantage, state, products, findings } = account;
  return {
    gateway: gateway.name,
    asOf: isoTime(asOf),
    tunnel,
    peers,
    self,
    vantage,
    state,
    products,
    findings,
  };
}

/** One finding as the report has it. */
export function findingJson(finding: FleetFinding): object {
  const { code, severity, confidence, gateways, since, title, headline, summary, evidence, remedies } =
    finding;
  return {
    code,
    severity,
    confidence,
    gateways,
    since: timeOrNull(since),
    title,
    headline: inEnglish(headline),
    summary: inEnglish(summary),
    evidence: evidence.map(({ gateway, time, text }) => ({
      gateway,
      time: timeOrNull(time),
      text: inEnglish(text),
    })),
    remedies: remedies.map(inEnglish),
  };
}

function timeOrNull(time: Micros | null): string | null {
  return time === null || !Number.isFinite(time) ? null : isoTime(time);
}
