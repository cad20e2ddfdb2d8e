import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { AnonymizedSource, analyze, type Judgement } from "../../src/index.js";
import { PCAPS, readTruth } from "../score/truth.js";

const KEY = new TextEncoder().encode("a secret of the tests");

/** What must be the same: all but names, numbers and texts of people and hosts. */
function shapeOf({ status, scope, tunnels, findings }: Judgement) {
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

describe("a labelled capture made anonymous", () => {
  it.each(readTruth().map(({ file }) => file))("%s is judged as before", async (file) => {
    const path = fileURLToPath(new URL(file, PCAPS));
    const { judgement } = await analyze(await openCaptures([path]));
    const anonymous = await analyze(new AnonymizedSource(await openCaptures([path]), KEY));
    expect(anonymous.error).toBeNull();
    expect(shapeOf(anonymous.judgement)).toEqual(shapeOf(judgement));
  });
});
