import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VERSION } from "../../src/cli/version.js";
import { ikescope } from "../support/command.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CAPTURE = "port4500-blocked-nat-initiator.pcap";

let folder = "";

/** Runs the file by itself, as its first line says, where nothing else is but a capture. */
function single(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(join(folder, "ikescope.cjs"), args, { cwd: folder, encoding: "utf8" });
}

describe("the single file (npm run bundle:single)", () => {
  beforeAll(() => {
    // Not the whole script: its other half, the page, other tests are reading by now.
    const { status } = spawnSync("npx", ["tsx", "tools/bundle-single.ts"], { cwd: ROOT, stdio: "inherit" });
    if (status !== 0) throw new Error("the single file could not be made");
    folder = mkdtempSync(join(tmpdir(), "ikescope-single-"));
    copyFileSync(join(ROOT, "dist/ikescope.cjs"), join(folder, "ikescope.cjs"));
    copyFileSync(join(ROOT, "pcaps", CAPTURE), join(folder, CAPTURE));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([["text"], ["json"], ["markdown"], ["html"]])(
    "says as %s what the installed command says, with nothing beside it",
    async (format) => {
      const installed = await ikescope(["-f", format, `pcaps/${CAPTURE}`]);
      const { status, stdout, stderr } = single("-f", format, CAPTURE);
      expect(stderr).toBe("");
      expect(stdout === installed.stdout.replaceAll(`pcaps/${CAPTURE}`, CAPTURE)).toBe(true);
      expect(status).toBe(installed.code);
      expect(readdirSync(folder).toSorted()).toEqual(["ikescope.cjs", CAPTURE]);
    },
  );

  it("knows its version, its commands, and how to fail", () => {
    expect(single("--version").stdout).toBe(`${VERSION}\n`);
    expect(single("completion", "bash").stdout).toContain("complete -F _ikescope ikescope");
    expect(single("no-such.pcap")).toMatchObject({ status: 2, stdout: "" });
  });

  it("holds the licences of what it holds", () => {
    const text = readFileSync(join(folder, "ikescope.cjs"), "utf8");
    for (const name of ["ikescope", "commander", "@noble/hashes"]) expect(text).toContain(`\n// ${name}\n`);
    expect(text.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(3);
  });
});
