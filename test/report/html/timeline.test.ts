import { describe, expect, it } from "vitest";
import { joinHosts } from "../../../src/joint/joined.js";
import { renderHtml } from "../../../src/report/html/html.js";
import type { PageData } from "../../../src/report/html/page-data.js";
import type { PageTimeline } from "../../../src/report/html/page-timeline.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { charonLogOf, hostOf } from "../../support/host/beside.js";
import { STORY_BEGINS } from "../../support/scenario/scenario.js";
import { scenario, type Scenario, setsUp, traffic } from "../../support/scenario/index.js";

const ALICE = "192.0.2.10";

function talkOf(): Scenario {
  const talk = scenario({ near: "initiator" });
  setsUp(talk);
  traffic(talk, 1, 5);
  return talk.endsAt(30);
}

async function timelineIn(talk: Scenario, ...texts: readonly string[]): Promise<PageTimeline> {
  const records = await hostOf(...texts);
  const hosts = joinHosts([records], talk.kept().tunnels);
  const html = renderHtml(talk.judgeBeside(records), "0", PLAIN, hosts);
  const [, json = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  const { timeline } = JSON.parse(json) as PageData;
  if (timeline === null) throw new Error("the page has no timeline");
  return timeline;
}

describe("the timeline of a page", () => {
  it("has frames, lines of the log and kernel events in order of time, and which frame a line is about", async () => {
    const talk = talkOf();
    const stamp = new Date(STORY_BEGINS / 1000 + 3000).toISOString().slice(0, 23);
    const expired = `[${stamp}000] Expired src ${ALICE} dst 198.51.100.20\n\tproto esp spi 0x00000001 reqid 1 mode tunnel\n\thard 1\n`;
    const { rows, clocks, before, after } = await timelineIn(talk, charonLogOf(talk, ALICE), expired);
    expect(new Set(rows.map(({ about }) => about))).toEqual(new Set(["ike", "esp", "log", "kernel"]));
    expect([before, after]).toEqual([0, 0]);
    expect(clocks).toHaveLength(1);
    const times = rows.map(({ time }) => time.replace("~", "")).filter((time) => time !== "");
    expect(times).toEqual(times.toSorted());
    const sent = rows.find(({ text }) => text.startsWith("sent: sending packet"));
    expect(sent).toMatchObject({ about: "log", tunnel: 1, frame: "1" });
    expect(sent?.place).toMatch(/^text1 line \d+$/);
  });

  it("begins shortly before the first frame where a log goes back for days, and says how much it leaves out", async () => {
    const talk = talkOf();
    const long = Array.from({ length: 5000 }, (_, index): readonly [number, string] => [
      index - 6000,
      "05[IKE] <site|1> initiating IKE_SA site[1] to 198.51.100.20",
    ]);
    const { rows, before, after } = await timelineIn(talk, charonLogOf(talk, ALICE, { also: long }));
    const first = rows.findIndex(({ about }) => about === "ike");
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(300);
    expect(before).toBeGreaterThan(4000);
    expect(rows.length + before + after).toBeGreaterThan(5000);
  });

  it("gives the time of a line no more digits than its stamp has, and says that a clock is behind", async () => {
    const talk = talkOf();
    const also: readonly (readonly [number, string])[] = [
      [3.5, "05[IKE] <site|1> initiating IKE_SA site[1] to 198.51.100.20"],
    ];
    const log = charonLogOf(talk, ALICE, { stamps: "seconds", ahead: -7200, also });
    const { rows, clocks } = await timelineIn(talk, log);
    const shown = rows.find(({ text }) => text.includes("initiating IKE_SA"));
    expect(shown?.time).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(rows.find(({ text }) => text.startsWith("sent: "))?.time).toMatch(/\.\d{6}$/);
    expect(clocks[0]).toMatch(/clock 7\d+\.\d+ s behind the capture \(7/);
  });

  it("is not there without a host", () => {
    const html = renderHtml(talkOf().judge(), "0");
    expect(html).toContain('"timeline":null');
  });
});
