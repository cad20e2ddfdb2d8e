import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const START = fileURLToPath(new URL("../../bin/ikescope.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../dist/cli/ikescope.cjs", import.meta.url));

/** Loads the bundle as bin/ikescope.js does, and says whether V8 refused the code that was compiled for it. */
const LOAD = `
  const { readFileSync } = require("node:fs");
  const { Script } = require("node:vm");
  const [bundle, flags] = process.argv.slice(1);
  require("node:v8").setFlagsFromString(flags);
  const code = "(function (exports, require, module, __filename, __dirname) {" + readFileSync(bundle, "utf8") + "\\n})";
  const script = new Script(code, { filename: bundle, cachedData: readFileSync(bundle + ".cache") });
  console.log(script.cachedDataRejected);
`;

it("the command starts from compiled code, which V8 takes only where its flags are those it was compiled with", () => {
  expect(existsSync(BUNDLE), "npm run build makes it").toBe(true);
  const [, flags = ""] = /setFlagsFromString\("([^"]+)"\)/.exec(readFileSync(START, "utf8")) ?? [];
  const rejected = execFileSync(process.execPath, ["-e", LOAD, BUNDLE, flags], { encoding: "utf8" });
  expect(rejected.trim()).toBe("false");
});

it("a copy that is not built says so in one line, as after npm ci --ignore-scripts", () => {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-unbuilt-"));
  mkdirSync(join(folder, "bin"));
  copyFileSync(START, join(folder, "bin/ikescope.cjs"));
  const { status, stderr } = spawnSync(process.execPath, [join(folder, "bin/ikescope.cjs"), "x.pcap"], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(/^ikescope: this copy is not built yet: .*\n$/),
  ]);
});

it("the bundle is ASCII, as which bin/ikescope.js reads it", () => {
  expect(/[^\0-\x7f]/.exec(readFileSync(BUNDLE, "latin1"))).toBeNull();
});
