import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { columnsOfText } from "../../src/bytes/columns.js";
import { type Judgement, renderHtml, renderLadder, renderMarkdown, renderText } from "../../src/index.js";
import { PLAIN, type Presentation } from "../../src/report/presentation.js";
import { pageData } from "../../src/report/html/data.js";
import { textsIn } from "../../src/texts/languages.js";
import { EXAMPLES, reportExamples } from "../../tools/report-examples.js";
import { generated, recorded, recordedAs } from "../score/labelled.js";
import { judgeLabelled } from "../score/score.js";
import { sampled } from "../support/sample.js";
import { englishLines } from "../support/texts/english-lines.js";
import { partialOutage } from "../support/outage/partial-outage.js";

const CHINESE: Presentation = { ...PLAIN, texts: textsIn("zh") };

/** What stays English in a Chinese report: commands, names of documents and of findings. */
const STAYS = /'[^']*'|`[^`]*`|"[^"]*"|ikescope explain [\w-]+|mergecap .*|RFC [\d.]+ section [\d.]+/g;

/** Lines of a report that have an English sentence; those that are a command of a product are none. */
function englishIn(report: string, { findings }: Judgement): string[] {
  const typed = new Set(findings.flatMap(({ commands }) => commands.flatMap(({ lines }) => lines)));
  return englishLines(report, STAYS).filter((line) => !typed.has(line.trim()));
}

/** One of so many labelled captures is reported on in `npm test`. */
const SHARE = 24;

describe("a Chinese report", () => {
  it.each(sampled([...recorded(), ...generated()], SHARE))(
    "of $truth.file has no English sentence",
    async (capture) => {
      const judgement = await judgeLabelled(capture);
      expect(englishIn(renderText(judgement, { presentation: CHINESE, width: 4000 }), judgement)).toEqual([]);
      expect(englishIn(renderMarkdown(judgement, CHINESE), judgement)).toEqual([]);
    },
  );

  it("has decoded messages in its page: fields and values as in the RFCs, lengths and faults in Chinese", async () => {
    const capture = [...recorded(), ...generated()].find(({ truth }) =>
      truth.file.startsWith("wrong-psk-ikev2-initiator"),
    );
    if (capture === undefined) throw new Error("no such capture");
    const { tunnels, messages } = pageData(await judgeLabelled(capture), CHINESE);
    // Messages are there once the tunnels that point to them are made.
    expect([...tunnels.items]).toHaveLength(1);
    const [header, proposal] = messages[0]?.fields ?? [];
    expect([header?.name, header?.value]).toEqual(["Header", "464 字节"]);
    expect([proposal?.name, proposal?.value]).toEqual(["SA (33)", "48 字节"]);
    expect(header?.fields?.map(({ name }) => name)).toContain("Exchange type");
  });

  it("of many tunnels has no English sentence, as text, Markdown and HTML", () => {
    const judgement = partialOutage(100, { blocked: 12, wrongKeys: 2, oneWay: 1, unanswered: 3 }).judge();
    const text = renderText(judgement, { presentation: CHINESE, width: 4000, all: true });
    expect(englishIn(text, judgement)).toEqual([]);
    expect(text).toContain("与正常隧道不同的共同点：发起方位于 203.0.113.0/24（全部 12 条；");
    expect(englishIn(renderMarkdown(judgement, CHINESE), judgement)).toEqual([]);
    const [, causes = ""] =
      /<ul class="files causes">(.*?)<\/ul>/.exec(renderHtml(judgement, "0", CHINESE)) ?? [];
    expect(causes).toContain("12 条隧道故障，natt-4500-unanswered：");
    expect(englishIn(causes.replaceAll(/<[^>]+>/g, "\n"), judgement)).toEqual([]);
  });

  it.each([60, 80, 100])("fits %i columns, with signs of two columns each", async (width) => {
    const capture = recordedAs("child-ts-refused-ikev2-initiator");
    const judgement = await judgeLabelled(capture);
    const report = renderText(judgement, { presentation: CHINESE, width });
    // Tables and lines of evidence have a least width, as in English.
    const paragraphs = report.split("\n").filter((line) => !/[│┌├└]/.test(line));
    expect(paragraphs.filter((line) => columnsOfText(line) > width)).toEqual([]);
    const tables = report.split("\n").filter((line) => /[│┌├└]/.test(line));
    expect(new Set(tables.map(columnsOfText)).size).toBe(1);
  });

  it("draws ladders whose rails stand below each other", async () => {
    const judgement = await judgeLabelled(recordedAs("port4500-blocked-nat-initiator"));
    const ladder = renderLadder(judgement, null, { presentation: CHINESE, width: 100 }) ?? "";
    const rails = ladder.split("\n").filter((line) => /[│┊]$/.test(line));
    expect(rails.length).toBeGreaterThan(5);
    expect(new Set(rails.map(columnsOfText)).size).toBe(1);
  });

  it("begins no line with a closing sign", async () => {
    for (const name of EXAMPLES) {
      const judgement = await judgeLabelled(recordedAs(name));
      const report = renderText(judgement, { presentation: CHINESE, width: 80 });
      expect(report.split("\n").filter((line) => /^ *[，。；：）”、？]/.test(line))).toEqual([]);
    }
  });
});

describe("the examples", () => {
  it("are what the command prints, in both languages", async () => {
    for (const { file, text } of await reportExamples()) expect(readFileSync(file, "utf8")).toBe(text);
  });
});
