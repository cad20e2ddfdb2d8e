import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { itIf } from "../support/require.js";
import { existsSync } from "node:fs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ALLOWED = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "bin",
  "docs",
  "man",
  "package-lock.json",
  "package.json",
  "packaging",
  "pcaps",
  "src",
  "test",
  "tools",
  "tsconfig.json",
];

describe("the top level of the repository", () => {
  itIf(existsSync(`${ROOT}.git`), "no git checkout")(
    "holds what a stranger expects, and nothing else",
    () => {
      const tracked = execFileSync("git", ["ls-tree", "--name-only", "HEAD"], {
        cwd: ROOT,
        encoding: "utf8",
      });
      const names = tracked.split("\n").filter((name) => name !== "" && !name.startsWith("."));
      expect(names.filter((name) => !ALLOWED.includes(name))).toEqual([]);
    },
  );
});
