import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { withNotes } from "../../src/cli/commands/notes.js";
import { program } from "../../src/cli/program.js";
import { columnsOfText } from "../../src/bytes/columns.js";
import { textsIn } from "../../src/texts/languages.js";
import type { Language } from "../../src/texts/texts.js";
import { currentManPage, MAN_PAGES, manPage } from "../../tools/man-page.js";
import { itIf } from "../support/require.js";

const FILES = MAN_PAGES.map(({ language, file }) => ({
  language,
  file,
  path: fileURLToPath(new URL(`../../${file}`, import.meta.url)),
}));
const PAGE = pageIn("en");
const PACKAGE = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly man: readonly string[];
};

function pageIn(wanted: Language): string {
  return readFileSync(FILES.find(({ language }) => language === wanted)?.path ?? "", "utf8");
}

const withMandoc = itIf(spawnSync("mandoc", ["-T", "ascii"], { input: "" }).error === undefined, "no mandoc");
const withMan = itIf(spawnSync("man", ["--version"]).status === 0, "no man-db");

/** What a reader sees, without the overstriking that makes bold and underlined text. */
function shown(page: string): string {
  const { stdout } = spawnSync("mandoc", ["-T", "ascii", "-O", "width=80"], {
    input: page,
    encoding: "utf8",
  });
  return stdout.replaceAll(/.[\b]/g, "");
}

describe("the manual page", () => {
  it.each(FILES)("$file is what the commands say (npm run docs:man makes it anew)", ({ language }) => {
    const page = pageIn(language);
    expect(currentManPage(program(), page, "2000-01-01", textsIn(language))).toBe(page);
  });

  it.each(FILES)("$file is ASCII, and npm links it as a page of section 1", ({ file, language }) => {
    expect(pageIn(language)).toMatch(/^[\x20-\x7e\n]*$/);
    expect(PACKAGE.man).toContain(file);
  });

  it("has the date of the last change of what it says", () => {
    const root = new Command("ikescope").description("Reads.").version("1");
    const first = currentManPage(root, "", "2026-01-01");
    expect(first).toContain('"2026-01-01"');
    expect(currentManPage(root, first, "2026-02-02")).toBe(first);
    expect(currentManPage(root.description("Writes."), first, "2026-02-02")).toContain('"2026-02-02"');
  });

  withMandoc("pleases mandoc", () => {
    const args = ["-T", "lint", "-W", "warning", ...FILES.map(({ path }) => path)];
    const { stdout, stderr } = spawnSync("mandoc", args, { encoding: "utf8" });
    expect(stdout + stderr).toBe("");
  });

  withMan("is shown by man without a warning", () => {
    for (const { path } of FILES) {
      const { stderr, status } = spawnSync("man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path], {
        encoding: "utf8",
        env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "80" },
      });
      expect(stderr).toBe("");
      expect(status).toBe(0);
    }
  });

  withMan("breaks Chinese lines between words, at 80 columns", () => {
    const [, chinese] = FILES;
    const { stdout } = spawnSync("man", ["-l", chinese?.path ?? ""], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "80" },
    });
    const lines = stdout.split("\n");
    expect(Math.max(...lines.map(columnsOfText))).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => /^ *[，。；：）”、]/u.test(line))).toEqual([]);
    expect(stdout).toContain("只判断当前已存储的内容");
  });

  withMandoc("shows every command with all its options, and fits 80 columns", () => {
    const text = shown(PAGE);
    for (const command of program().commands) {
      expect(text).toContain(`ikescope ${command.name()}`);
      for (const { long } of command.options) expect(text).toContain(long);
    }
    expect(Math.max(...text.split("\n").map((row) => row.length))).toBeLessThanOrEqual(80);
  });

  withMandoc("shows text as it is, whatever it means to roff", () => {
    const odd = String.raw`.TH is no title: \fBnot bold\fR, 'quoted', "twice", -dash, ~/.bashrc^`;
    const command = withNotes(new Command("odd").description(odd).version("1"), [
      { heading: "Signals", rows: [[".SH", "'br is no break"]] },
      { heading: "Examples", rows: [[String.raw`printf '\n' | sed 's/^-//'`, ".sp"]] },
    ]);
    const text = shown(manPage(command, "2026-01-01"));
    expect(text.replaceAll(/\s+/g, " ")).toContain(odd);
    expect(text).toContain("'br is no break");
    expect(text).toContain(String.raw`printf '\n' | sed 's/^-//'`);
    expect(text).toMatch(/^ {7}\.sp:$/m);
  });
});
