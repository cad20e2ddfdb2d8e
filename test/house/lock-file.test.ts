import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: true;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const LOCK_FILE = fileURLToPath(new URL("../../package-lock.json", import.meta.url));
const { packages } = JSON.parse(readFileSync(LOCK_FILE, "utf8")) as LockFile;
/** All but this package itself. */
const installed = Object.entries(packages).filter(([path]) => path !== "");

describe("package-lock.json", () => {
  it("holds the hash of every package, also of those that only other systems install", () => {
    const without = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""));
    expect(without.map(([path]) => path)).toEqual([]);
    expect(installed.length).toBeGreaterThan(200);
  });

  it("names no registry: packages come from the one that is configured", () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });
});
