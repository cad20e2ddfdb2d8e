import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { hubMetrics, type Served, startHubMetrics } from "../../../src/cli/hub/hub-metrics.js";
import { startHubPage } from "../../../src/cli/hub/hub-page.js";
import type { HubView } from "../../../src/cli/hub/hub-view.js";
import type { GatewayEvent } from "../../../src/fleet/event/read.js";
import { Fleet } from "../../../src/fleet/fleet.js";
import { merged, summaryOf } from "../../../src/fleet/summary.js";
import { raisedEvent } from "../../../src/report/fleet/event.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { textsIn } from "../../../src/texts/languages.js";
import { account, at, FakeGateway, stream } from "../../support/fleet/accounts.js";
import { promtool, PROMTOOL } from "../../support/prometheus.js";
import { itIf } from "../../support/require.js";

const ROOT = new URL("../../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), "utf8");

const HOSTILE = '<script>alert("x")</script>';
let served: Served[] = [];
afterEach(async () => {
  for (const one of served) await one.close();
  served = [];
});

/** A view of two gateways whose ESP stops between them. */
function viewOf(): HubView {
  const [branch, hq] = [new FakeGateway("branch", { labels: { site: HOSTILE } }), new FakeGateway("hq")];
  const peers = [HOSTILE, "198.51.100.20"] as const;
  const events: GatewayEvent[] = [
    branch.status(100),
    branch.accounts(100, account({ self: 0, peers, streams: [stream(0, 1), stream(1, 2)] })),
    hq.status(110),
    hq.accounts(
      110,
      account({
        self: 1,
        peers,
        streams: [stream(0, 1, { packets: 40, highestSequence: 40, lastTime: at(40) }), stream(1, 2)],
      }),
    ),
    hq.ended(111),
  ];
  const fleet = new Fleet();
  for (const event of events) fleet.take(event, Date.now() * 1000);
  const tunnels = fleet.judge(null).tunnels;
  const findings = tunnels.flatMap((tunnel) => tunnel.findings);
  return {
    gateways: fleet.gateways,
    tunnels: merged(tunnels.map(summaryOf)),
    raised: findings.map((finding) => raisedEvent(finding, peers.join(" - "), at(111), textsIn("en"))),
    work: {
      hubs: 2,
      shares: 33,
      fenced: 7,
      renewalAgeMs: 2500,
      events: 5,
      faults: 1,
      lagMs: 1500,
      pending: 4,
      judgedInMs: 20,
    },
  };
}

const LOOPBACK = { address: "127.0.0.1", port: 0 };
const source = { view: viewOf };

async function page(query = "", lang: "en" | "zh" = "en"): Promise<{ response: Response; text: string }> {
  const one = await startHubPage(LOOPBACK, source, {
    presentation: { ...PLAIN, texts: textsIn(lang) },
    hosts: [],
  });
  served.push(one);
  const response = await fetch(`${one.url}${query}`);
  return { response, text: await response.text() };
}

describe("ikescope hub --page", () => {
  it("shows findings, tunnels and gateways, and nothing that a packet or a label says is markup", async () => {
    const { text } = await page();
    expect(text).toContain("<b>fleet-esp-stopped</b> ESP of branch does not arrive at hq");
    expect(text).toContain('<span class="failing">failing 1</span>');
    expect(text).toContain("branch - hq");
    expect(text).toContain("<td>ended</td>");
    expect(text).not.toContain(HOSTILE);
    expect(text).toContain("site=&lt;script&gt;");
  });

  it("runs no script, sends its address to nobody, and is found by its token only", async () => {
    const { response, text } = await page();
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-/,
    );
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(text).not.toMatch(/<script|javascript:|<[^>]*\son\w+=/i);
    const [one] = served;
    expect((await fetch(new URL("/", one?.url))).status).toBe(404);
    expect((await fetch(new URL("/AAAAAAAAAAAAAAAAAAAAAA/", one?.url))).status).toBe(404);
  });

  it("gives its tunnels as CSV and what is raised as JSON, whole, to be saved", async () => {
    const { text, response } = await page("?q=nothing");
    const saved = await Promise.all(
      [...text.matchAll(/<a href="([\w.-]+)" download>/g)].map(async ([, name = ""]) => {
        const file = await fetch(new URL(name, response.url));
        expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
        return file.text();
      }),
    );
    const [csv = "", json = "", ...rest] = saved;
    expect(rest).toEqual([]);
    const [head, row, ...more] = csv.split("\r\n");
    expect(head?.split(",").slice(0, 5)).toEqual(["state", "since", "codes", "gateway1", "state1"]);
    expect(row).toMatch(/^failing,[^,]+,fleet-esp-stopped,branch,/);
    // What begins like a formula or has quotes is text for a spreadsheet, too.
    expect(row).toContain(`"${HOSTILE.replaceAll('"', '""')}"`);
    expect(more).toEqual([""]);
    expect(
      json
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([{ event: "finding-raised", finding: { code: "fleet-esp-stopped" } }]);
  });

  it("is filtered by words, and goes on where a page is asked for that there is not", async () => {
    expect((await page("?q=hq+stopped")).text).toContain("1 of 1 tunnels");
    const none = (await page("?q=%22%3Cb%3E")).text;
    expect(none).toContain("0 of 1 tunnels");
    expect(none).toContain('value="&quot;&lt;b&gt;"');
    for (const query of ["?page=99", "?page=-1", "?page=x"]) {
      expect((await page(query)).text).toContain("branch - hq");
    }
  });

  it("speaks Chinese where the hub does", async () => {
    expect((await page("", "zh")).text).toContain("<h2>网关</h2>");
  });
});

describe("ikescope hub --metrics", () => {
  it("tells of gateways, tunnels, findings and the hub's own work", async () => {
    const one = await startHubMetrics(LOOPBACK, source, { version: "1.2.3", hosts: [] });
    served.push(one);
    const text = await (await fetch(one.url)).text();
    for (const line of [
      'ikescope_fleet_gateways{state="publishing"} 1',
      'ikescope_fleet_gateways{state="ended"} 1',
      'ikescope_fleet_tunnels{state="failing",ends="2"} 1',
      'ikescope_fleet_tunnels{state="working",ends="2"} 0',
      'ikescope_fleet_findings_active{code="fleet-esp-stopped",severity="critical"} 1',
      "ikescope_hub_shares 33",
      "ikescope_hub_fenced_shares_total 7",
      "ikescope_hub_renewal_age_seconds 2.5",
      "ikescope_hub_lag_seconds 1.5",
      "ikescope_hub_event_faults_total 1",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).not.toContain("branch");
  });

  it("is described in docs/fleet.md, and the alert rules ask for nothing else", () => {
    const names = hubMetrics("").map(({ name }) => name);
    const docs = read("docs/fleet.md");
    expect(names.filter((name) => !docs.includes(`| \`${name}\``))).toEqual([]);
    const asked = read("docs/fleet/alerts.yml").match(/\bikescope_\w+/g) ?? [];
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !names.includes(name))).toEqual([]);
  });

  itIf(PROMTOOL !== null, "no promtool")("has alert rules that Prometheus takes", () => {
    expect(promtool(["check", "rules", new URL("docs/fleet/alerts.yml", ROOT).pathname])).toMatchObject({
      ok: true,
    });
  });
});
