import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
/** The directory of the package where it is installed. */
const PACKAGE = 'cd "$(npm root -g)/ikescope" && ';

describe("docs/fleet.md", () => {
  it("has a command that prints the two halves of a new NKey", () => {
    const page = readFileSync(new URL("docs/fleet.md", ROOT), "utf8");
    const command = page.split("\n").find((line) => line.startsWith(PACKAGE)) ?? "";
    const printed = execFileSync("sh", ["-c", command.slice(PACKAGE.length)], { cwd: fileURLToPath(ROOT) });
    expect(printed.toString()).toMatch(/^SU[A-Z2-7]{56}\nU[A-Z2-7]{55}\n$/);
  });
});
