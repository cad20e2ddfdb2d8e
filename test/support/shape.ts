import type { Judgement } from "../../src/index.js";

/** What must be the same: all but names, numbers and texts of people and hosts. */
export function shapeOf({ status, scope, tunnels, findings }: Judgement) {
  return {
    status,
    scope,
    findings: findings.map(({ code, severity, confidence, phase, vantage, evidence, causedBy }) => ({
      code,
      severity,
      confidence,
      phase,
      vantage,
      causedBy,
      evidence: evidence.map(({ frame, time }) => [frame, time]),
    })),
    tunnels: tunnels.map(({ tunnel, status: own, failingPhase, vantage, nat, implementations, setups }) => ({
      id: tunnel.id,
      status: own,
      failingPhase,
      vantage: vantage.place,
      nat: nat === null ? null : [nat.initiatorBehindNat, nat.responderBehindNat, nat.forced],
      implementations,
      aliases: tunnel.aliases.map(({ kind }) => kind),
      duplicates: tunnel.duplicates.count,
      malformed: tunnel.malformed.length,
      states: setups.map(({ progress }) => progress.state),
      streams: tunnel.streams.map(({ packets, firstFrame, lastFrame }) => [packets, firstFrame, lastFrame]),
    })),
  };
}
