import { describe, expect, it } from "vitest";
import { renderHtml, renderMarkdown } from "../../../src/index.js";
import { partialOutage } from "../../support/outage/partial-outage.js";

const mixed = partialOutage(200, { blocked: 12, wrongKeys: 1, oneWay: 1 }).judge();

describe("an outage as Markdown", () => {
  const markdown = renderMarkdown(mixed);

  it("has a table of the causes, and a section for each", () => {
    expect(markdown).toContain(
      "| 12 | failing | 22:13:23 | `natt-4500-unanswered` | 203.0.113.10-.21 -> 192.0.2.1 |",
    );
    expect(markdown).toContain("| 186 | healthy |");
    const sections = markdown.split("\n").filter((line) => /^## (?:CRITICAL|WARNING)/.test(line));
    expect(sections).toEqual([
      "## CRITICAL: UDP 500 works, UDP 4500 does not, 12 tunnels",
      "## CRITICAL: Authentication fails, 1 tunnel",
      "## WARNING: Encrypted traffic flows in one direction only, 1 tunnel",
    ]);
    expect(markdown).toContain("initiator in 203.0.113.0/24 (all 12; 0 of 186 working tunnels)");
  });

  it("lists the tunnels where all are asked for, and fits a ticket where not", () => {
    const rows = (text: string): number =>
      text.split("\n").filter((line) => / \| healthy \|/.test(line)).length;
    expect(rows(markdown)).toBe(1);
    expect(rows(renderMarkdown(mixed, undefined, { all: true }))).toBe(187);
    expect(markdown.length).toBeLessThan(65_536);
  });
});

describe("an outage as a page", () => {
  it("has the causes below its first line", () => {
    const page = renderHtml(mixed, "0");
    expect(page).toContain("<h1>13 of 200 tunnels, 12 of them: UDP 500 works, UDP 4500 does not</h1>");
    const causes = /<ul class="files causes">(.*?)<\/ul>/.exec(page)?.[1] ?? "";
    expect(causes.match(/<li>/g)).toHaveLength(3);
    expect(causes).toContain(
      "<br>203.0.113.10-.21 -&gt; 192.0.2.1<br>since 22:13:23 UTC, the last one since 22:14:10",
    );
  });
});
