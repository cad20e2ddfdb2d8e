import { describe, expect, it } from "vitest";
import { AskedRules } from "../../src/diagnosis/asked-rules.js";
import { type TunnelContext, tunnelContext } from "../../src/diagnosis/context.js";
import { TUNNEL_RULES } from "../../src/diagnosis/rules/index.js";
import { readSession } from "../../src/reading/session.js";
import { openTunnel } from "../../src/session/log/open-tunnel.js";
import { sampled } from "../support/sample.js";
import { generated, recorded } from "./labelled.js";

/** One of so many is asked in `npm test`. */
const SHARE = 12;

const asked = new AskedRules(TUNNEL_RULES);

async function* contextsOf(
  labelled: ReturnType<typeof recorded>,
): AsyncGenerator<[string, TunnelContext], void> {
  for (const { truth, open } of labelled) {
    const { model, files } = await readSession(await open(), {});
    const { observations, tunnels, clearFlows } = model;
    const capture = { observations, files, tunnels, clearFlows, places: [] };
    for (const kept of tunnels) yield [truth.file, tunnelContext(openTunnel(kept), capture)];
  }
}

describe("a rule that is asked of some tunnels only", () => {
  it("finds nothing in any other one, in labelled captures", { timeout: 60_000 }, async () => {
    const told: string[] = [];
    let left = 0;
    for await (const [file, context] of contextsOf(sampled([...recorded(), ...generated()], SHARE))) {
      const rules = new Set(asked.of(context));
      for (const rule of TUNNEL_RULES) {
        if (rules.has(rule)) continue;
        left++;
        if (rule.detect(context) !== null) told.push(`${rule.code} in ${file}`);
      }
    }
    expect(told).toEqual([]);
    expect(left).toBeGreaterThan(0);
  });

  it("is asked of every tunnel beside what hosts say", async () => {
    const first = await contextsOf(recorded().slice(0, 1)).next();
    if (first.done === true) throw new Error("there is no tunnel");
    const [, context] = first.value;
    expect(asked.of(context).length).toBeLessThan(TUNNEL_RULES.length);
    const besideHosts = { ...context, capture: { ...context.capture, hosts: [] } };
    expect(asked.of(besideHosts)).toEqual(TUNNEL_RULES);
  });
});
