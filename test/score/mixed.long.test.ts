import { beforeAll, describe, expect, it } from "vitest";
import type { Judgement } from "../../src/index.js";
import { renderHtml, renderText } from "../../src/index.js";
import { dataOf } from "../support/html-page.js";
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
    expect(text).toMatch(/^FAILING \(\w+\) {2}[\d,]+ of [\d,]+ tunnels(?:,\s+[\d,]+\s+of\s+them)?:\s/);
    expect(text).toMatch(/;\s+\d+\s+more\s+causes\s+below/);
  });

  it("have a page that can be mailed, in which the worst have the room", () => {
    const html = renderHtml(judgement, "0.0.0");
    expect(html.length).toBeLessThan(12_000_000);
    const data = dataOf(html);
    expect(data.tunnels).toHaveLength(judgement.tunnels.length);
    const order = data.tunnels.map(({ status }) => status);
    expect(order.lastIndexOf("failing")).toBeLessThan(order.indexOf("healthy"));
    expect(data.tunnels[0]?.ladder).not.toBeNull();
    expect(data.tunnels.at(-1)?.ladder).toBeNull();
  });
});
