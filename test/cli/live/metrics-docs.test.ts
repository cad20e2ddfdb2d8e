import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { Exposition } from "../../../src/cli/live/exposition.js";
import { isCode } from "../../../src/report/catalogue.js";
import { promtool, PROMTOOL } from "../../support/prometheus.js";
import { itIf } from "../../support/require.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const RULES = read("docs/live/alerts.yml");
const RULE_TESTS = read("test/cli/live/alerts.test.yml");
const ALERTS = RULES.split(/^ *- alert: /m).slice(1);
const nameOf = (alert: string): string => alert.split("\n")[0] ?? "";

const exposition = await Exposition.load({ version: "1.2.3", peerLimit: 1 });
const metrics = exposition.described();

/** Metrics that an expression names and the command does not serve. */
function unknownIn(expression: string): readonly string[] {
  const served = metrics.flatMap(({ name, kind }) =>
    kind === "histogram" ? ["_bucket", "_sum", "_count"].map((suffix) => `${name}${suffix}`) : [name],
  );
  const named = expression.match(/\b(?:ikescope|process|nodejs)_\w+/g) ?? [];
  return named.filter((name) => !served.includes(name));
}

describe("docs/live/metrics.md", () => {
  it("is what the command serves (npm run docs:metrics)", async () => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--import", "tsx", "tools/metrics-page.ts"], {
      cwd: ROOT,
    });
    expect(stdout === read("docs/live/metrics.md")).toBe(true);
    for (const { name } of metrics) expect(stdout).toContain(`| \`${name}\` |`);
  });
});

describe("docs/live/alerts.yml", () => {
  itIf(PROMTOOL !== null, "no promtool")("is taken by promtool, and so is prometheus.yml", () => {
    expect(promtool(["check", "rules", join(ROOT, "docs/live/alerts.yml")])).toMatchObject({ ok: true });
    expect(promtool(["check", "config", join(ROOT, "docs/live/prometheus.yml")])).toMatchObject({ ok: true });
  });

  itIf(PROMTOOL !== null, "no promtool")("alerts when it should, and only then (alerts.test.yml)", () => {
    const { ok, said } = promtool(["test", "rules", join(ROOT, "test/cli/live/alerts.test.yml")]);
    expect(said).toContain("SUCCESS");
    expect(ok).toBe(true);
  });

  it.each(ALERTS.map(nameOf))("%s has a case in which it fires and one in which it does not", (name) => {
    const cases = RULE_TESTS.split(/^ *- eval_time: /m).filter((one) => one.includes(`alertname: ${name}\n`));
    expect(cases.some((one) => one.includes("exp_labels:"))).toBe(true);
    expect(cases.some((one) => one.includes("exp_alerts: []"))).toBe(true);
  });

  it.each(ALERTS.map((alert) => [nameOf(alert), alert]))(
    "%s says what, how bad, and what to run",
    (_, alert) => {
      expect(alert).toMatch(/^ {8}for: \d+m$/m);
      expect(alert).toMatch(/^ {10}severity: (critical|warning)$/m);
      expect(alert).toMatch(/^ {10}summary: ".+"$/m);
      expect(alert).toMatch(/^ {10}description: ".+\."$/m);
      expect(alert).toMatch(/^ {10}command: ["']ikescope .+["']$/m);
    },
  );

  it("names findings of the catalogue, and the command for the same one", () => {
    const codesIn = (text: string): string[] =>
      text.match(/\b[a-z0-9]+(?:-[a-z0-9]+)+\b|\bretransmissions\b/g) ?? [];
    for (const alert of ALERTS) {
      const finding = /^ {10}finding: (.+)$/m.exec(alert)?.[1];
      if (finding === undefined) continue;
      const command = /^ {10}command: ["']ikescope explain (.+)["']$/m.exec(alert)?.[1] ?? "";
      expect(finding.slice(1, -1), nameOf(alert)).toBe(command);
      if (!command.includes("$labels.code"))
        expect(codesIn(command).length, nameOf(alert)).toBeGreaterThan(0);
      expect(codesIn(command).filter((code) => !isCode(code))).toEqual([]);
    }
  });

  it("asks for metrics that there are", () => {
    expect(unknownIn(RULES)).toEqual([]);
    expect(unknownIn("rate(ikescope_nothing_total[5m])")).toEqual(["ikescope_nothing_total"]);
  });
});

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

describe("docs/live/dashboard.json", () => {
  const dashboard = JSON.parse(read("docs/live/dashboard.json")) as {
    readonly panels: readonly Panel[];
    readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  };
  const panels = dashboard.panels.filter(({ type }) => type !== "row");
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  it("asks for metrics that there are, and for every one of them", () => {
    expect(expressions.flatMap(unknownIn)).toEqual([]);
    const shown = expressions.join("\n");
    expect(metrics.filter(({ name }) => !new RegExp(`\\b${name}(_bucket)?\\b`).test(shown))).toEqual([]);
  });

  itIf(PROMTOOL !== null, "no promtool")("has expressions that Prometheus takes", () => {
    const folder = mkdtempSync(join(tmpdir(), "ikescope-dashboard-"));
    try {
      const file = join(folder, "rules.json");
      const rules = expressions.map((expr, index) => ({
        record: `panel_${index}`,
        expr: expr.replaceAll("$__rate_interval", "5m"),
      }));
      writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
      expect(promtool(["check", "rules", file])).toMatchObject({ ok: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("asks the data source that is chosen, and uses no variable that there is not", () => {
    const variables = dashboard.templating.list.map(({ name }) => name);
    expect(dashboard.templating.list.find(({ name }) => name === "datasource")?.type).toBe("datasource");
    for (const panel of panels) {
      expect(panel.datasource?.uid).toBe("${datasource}");
      for (const { datasource } of panel.targets ?? []) expect(datasource.uid).toBe("${datasource}");
    }
    const used = expressions.flatMap((expr) => [...expr.matchAll(/\$(\w+)/g)].map(([, name = ""]) => name));
    expect(used.filter((name) => name !== "__rate_interval" && !variables.includes(name))).toEqual([]);
  });

  it("has a title for each panel, a number of its own, a unit, and a place where no other one is", () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const taken = new Set<string>();
    for (const { title, type, gridPos, fieldConfig } of dashboard.panels) {
      expect(title).toMatch(/^[A-Za-z]/);
      if (type !== "row" && type !== "state-timeline") expect(fieldConfig?.defaults.unit, title).toBeTruthy();
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(x < 24 && !taken.has(`${x} ${y}`), title).toBe(true);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });
});
