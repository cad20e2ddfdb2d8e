import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { columnsOfText } from "../../src/bytes/columns.js";
import { CaptureError } from "../../src/capture/source.js";
import type { UsageError } from "../../src/cli/exit.js";
import { languageOf } from "../../src/cli/language.js";
import { program } from "../../src/cli/program.js";
import { numberIn } from "../../src/cli/values/number.js";
import { textsIn } from "../../src/texts/languages.js";
import { englishLines } from "../support/texts/english-lines.js";
import { sourceTexts } from "../support/texts/source-texts.js";
import { CHINESE } from "../../src/texts/zh/index.js";

const TEXTS = textsIn("zh");

/** Commands to type, codes, values and names of options may stand in Chinese text. */
const STAYS =
  /'[^']*'|"[^"]*"|<[^>]*>|\[[^\]]*\]|(?:ikescope|source|tcpdump|ssh|ip|sudo|setcap) .*|--[\w-]+/g;

/** New errors that may wait for their translation, as texts of findings may (test/texts/chinese.test.ts). */
const MAY_WAIT = 0;

/** --help of a command as a terminal of so many columns shows it. */
function helpOf(command: Command, columns: number): string {
  let shown = "";
  command.configureOutput({ writeOut: (text) => (shown += text), getOutHelpWidth: () => columns });
  command.outputHelp();
  return shown;
}

function englishIn(text: string): string[] {
  return englishLines(text, STAYS);
}

describe("the command line in Chinese", () => {
  const root = program(TEXTS);

  it.each([root, ...root.commands].map((command) => [command.name(), command] as const))(
    "%s: --help has no English sentence, and fits 80 columns but for commands to type",
    (_, command) => {
      expect(englishIn(helpOf(command, 400))).toEqual([]);
      const help = helpOf(command, 80);
      expect(help).toContain("用法：");
      const long = help.split("\n").filter((line) => columnsOfText(line) > 80);
      expect(long.filter((line) => !/^ {4}\S/.test(line) && !line.startsWith("用法"))).toEqual([]);
    },
  );

  it.each([
    [["--nothing"], "错误：未知选项“--nothing”"],
    [["--format", "word", "a.pcap"], "错误：选项“-f, --format <format>”的取值“word”无效。"],
    [["decode"], "错误：缺少参数“capture”"],
    [["live"], "错误：必须指定选项“-i, --interface <interface>”"],
  ])("says of %j: %s", async (words, told) => {
    let said = "";
    const command = program(TEXTS);
    for (const one of [command, ...command.commands]) {
      one.configureOutput({ ...one.configureOutput(), writeErr: (text) => (said += text) });
    }
    await expect(command.parseAsync(["node", "ikescope", ...words])).rejects.toThrow();
    expect(said).toContain(told);
    expect(englishIn(said)).toEqual([]);
  });

  it("has every error of options and files", () => {
    const missing = sourceTexts(["cli", "capture"]).filter(
      ({ pattern, isTagged }) => isTagged && !Object.hasOwn(CHINESE, pattern),
    );
    const open = missing.map(({ pattern, file }) => `${file}: ${pattern}`);
    if (open.length > 0) console.log(`still in English\n${open.join("\n")}`);
    expect(open.length > MAY_WAIT ? open : []).toEqual([]);
  });

  it("leaves what the user typed alone, also where it is a text of ours", () => {
    try {
      numberIn("--tunnel", { least: 1, most: 9 })("first");
      expect.unreachable();
    } catch (error) {
      const { said } = error as UsageError;
      expect(TEXTS.of(said)).toBe("--tunnel 的取值为 1 到 9 的整数，而不是“first”");
    }
    expect(TEXTS.of(new CaptureError("first", 24, "the file is empty").said)).toBe(
      "first：第 24 字节处：文件为空",
    );
  });
});

describe("the language of a command line", () => {
  it.each([
    [["--lang", "zh"], {}, "zh"],
    [["decode", "--lang=zh", "--nothing"], {}, "zh"],
    [["--lang", "zh", "--lang", "en"], { LANG: "zh_CN.UTF-8" }, "en"],
    [["--", "--lang", "zh"], {}, "en"],
    [["--lang", "klingon"], { LC_ALL: "zh_CN.UTF-8" }, "zh"],
    [[], { LC_ALL: "zh_TW.UTF-8" }, "en"],
    [[], { LC_MESSAGES: "zh_CN.UTF-8", LC_CTYPE: "C.UTF-8", LANG: "en_US.UTF-8" }, "zh"],
    [[], {}, "en"],
  ] as const)("of %j with %j is %s", (words, environment, language) => {
    expect(languageOf(words, environment)).toBe(language);
  });
});
