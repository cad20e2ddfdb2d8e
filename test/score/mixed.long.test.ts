import { beforeAll, describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { renderText } from "../../src/index.js";
import { mixed, TUNNELS } from "./mixed.js";
import type { Truth } from "./truth.js";

describe(`${TUNNELS} tunnels in one capture, healthy and failing ones`, () => {
  let judgement: Judgement;
  let truths: ReadonlyMap<string, Truth>;
  beforeAll(async () => {
    ({ judgement, truths } = await mixed());
  });

  it("are all told apart, and each has the verdict that it has alone", () => {
    const wrong: string[] = [];
    const judged = judgement.tunnels.filter(({ tunnel }) =>
      tunnel.addresses.some((address) => truths.has(address)),
    );
    for (const { tunnel, status, failingPhase, findings } of judged) {
      const truth = tunnel.addresses
        .map((address) => truths.get(address))
        .find((found) => found !== undefined);
      if (truth === undefined) continue;
      const root = findings.find(({ severity }) => severity === "critical")?.code ?? null;
      const isFault = truth.status === "failing" || truth.status === "suspected";
      const wanted = isFault ? (truth.findings[0] ?? null) : null;
      if (status !== truth.status || root !== wanted || failingPhase !== truth.failingPhase) {
        wrong.push(`${truth.file}: ${status} ${root ?? "-"} ${failingPhase ?? "-"}`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(judged.length).toBeGreaterThanOrEqual(TUNNELS * 0.95);
  });

  it("give a scope, and a text that a person can read", () => {
    expect(judgement.scope).toBe("some-peers");
    const text = renderText(judgement);
    expect(text.split("\n").length).toBeLessThan(400);
    expect(text).toMatch(/^FAILING \(\w+\) {2}[\d,]+ of [\d,]+ tunnels: /);
    expect(text).toMatch(/;\s+\d+\s+more\s+causes\s+below/);
  });
});
