import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/index.js";
import { markdownBlock, markdownCode, markdownText } from "../../../src/report/markdown/escape.js";
import { generated, recorded, recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { HOSTILE, hostileJudgement, STEERING } from "../../support/hostile.js";

const labelled = [...recorded(), ...generated()];

/** A code span: a fence that is not escaped, up to the next one of the same length. */
const IN_CODE = /(?<![`\\])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g;

describe("the Markdown report", () => {
  it.each(labelled.filter((_, index) => index % 5 === 0))(
    "of $truth.file has the verdict as its heading",
    async (capture) => {
      const { status, findings } = capture.truth;
      const page = renderMarkdown(await judgeLabelled(capture));
      expect(page.split(/[:(]/)[0]?.trim()).toBe(`# ${status.replaceAll("-", " ").toUpperCase()}`);
      for (const code of findings) expect(page).toContain(`\`${code}\``);
      // GitHub takes 65,536 characters in a comment.
      expect(page.length).toBeLessThan(30_000);
    },
  );

  it("has rows of equal length in each table", async () => {
    for (const capture of labelled.filter((_, index) => index % 9 === 0)) {
      const lines = renderMarkdown(await judgeLabelled(capture)).split("\n");
      for (const [index, line] of lines.entries()) {
        if (!line.startsWith("| ---")) continue;
        const cells = columns(line);
        expect(columns(lines[index - 1] ?? "")).toBe(cells);
        for (let row = index + 1; lines[row]?.startsWith("|") === true; row++) {
          expect(columns(lines[row] ?? ""), lines[row]).toBe(cells);
        }
      }
    }
  });

  it("holds the ladder as a code block", async () => {
    const page = renderMarkdown(await judgeLabelled(recordedAs("port4500-blocked-nat-initiator")));
    expect(page).toMatch(/```text\n192\.0\.2\.10[\s\S]*try 4, no answer ──╳│\n[\s\S]*```\n/);
  });
});

/** Cells of a table's line; escaped pipes are text. */
function columns(line: string): number {
  return line.replaceAll(String.raw`\|`, "").split("|").length - 2;
}

describe("text from packets in Markdown", () => {
  const page = renderMarkdown(hostileJudgement());
  const outsideCode = page.replaceAll(/^```text\n[\s\S]*?^```$/gm, "").replaceAll(IN_CODE, "CODE");

  it("makes no HTML, no links and no mentions", () => {
    expect(outsideCode).not.toMatch(/<[a-z/!]/i);
    expect(outsideCode).not.toMatch(/(?<!\\)\]\(/);
    expect(outsideCode).not.toMatch(/javascript:|:\/\/|www\.|@|#\d/);
  });

  it("makes no lines of its own, and steers no terminal", () => {
    expect(page).not.toMatch(STEERING);
    expect(page.split("\n").filter((line) => /^(?:# heading|- list|\s+code)/.test(line))).toEqual([]);
  });

  it("keeps the tables whole", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| "));
    expect(rows.length).toBeGreaterThan(4);
    const cells = new Set(rows.map((row) => columns(row.replaceAll(IN_CODE, "CODE"))));
    expect(cells).toEqual(new Set([3, 5]));
  });

  it.each([
    ["a|b", String.raw`a\|b`],
    ["IKE_SA_INIT _x_", String.raw`IKE_SA_INIT \_x\_`],
    ["<b> & *c*", String.raw`&lt;b> &amp; \*c\*`],
    ["mail user@example.org", "mail `user@example.org`"],
    ["- item", String.raw`\- item`],
    ["1. item", String.raw`1\. item`],
    ["198.51.100.20 refuses", "198.51.100.20 refuses"],
  ])("%j becomes %j", (text, wanted) => {
    expect(markdownText(text)).toBe(wanted);
  });

  it.each(HOSTILE)("the code span of %j ends where it should", (text) => {
    const span = markdownCode(text);
    const [fence = ""] = /^`+/.exec(span) ?? [];
    const inner = span.slice(fence.length, -fence.length);
    expect(span.endsWith(fence)).toBe(true);
    expect([...inner.matchAll(/`+/g)].filter(([run]) => run.length === fence.length)).toEqual([]);
  });

  it("a code block's fence is longer than what is within", () => {
    expect(markdownBlock(["```", "````` x"])).toEqual(["``````text", "```", "````` x", "``````"]);
  });
});
