import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { withNotes } from "../../src/cli/commands/notes.js";
import { program } from "../../src/cli/program.js";
import { currentManPage, manPage } from "../../tools/man-page.js";
import { itIf } from "../support/require.js";

const FILE = fileURLToPath(new URL("../../man/ikescope.1", import.meta.url));
const PAGE = readFileSync(FILE, "utf8");

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
  it("is what the commands say (npm run docs:man makes it anew)", () => {
    expect(currentManPage(program(), PAGE, "2000-01-01")).toBe(PAGE);
  });

  it("has the date of the last change of what it says", () => {
    const root = new Command("ikescope").description("Reads.").version("1");
    const first = currentManPage(root, "", "2026-01-01");
    expect(first).toContain('"2026-01-01"');
    expect(currentManPage(root, first, "2026-02-02")).toBe(first);
    expect(currentManPage(root.description("Writes."), first, "2026-02-02")).toContain('"2026-02-02"');
  });

  withMandoc("pleases mandoc", () => {
    const { stdout, stderr } = spawnSync("mandoc", ["-T", "lint", "-W", "warning", FILE], {
      encoding: "utf8",
    });
    expect(stdout + stderr).toBe("");
  });

  withMan("is shown by man without a warning", () => {
    const { stderr, status } = spawnSync("man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", FILE], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "80" },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
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
