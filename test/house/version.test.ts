import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { VERSION } from "../../src/cli/version.js";

const textOf = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** The version of package.json, which no other file may contradict. */
const { version } = JSON.parse(textOf("package.json")) as { readonly version: string };

it("package-lock.json has the version of package.json", () => {
  const lock = JSON.parse(textOf("package-lock.json")) as {
    readonly version: string;
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  expect([lock.version, lock.packages[""]?.version]).toEqual([version, version]);
});

it("the changelog begins with it", () => {
  expect(/^## (\S+?),? /m.exec(textOf("CHANGELOG.md"))?.[1]).toBe(version);
});

it("the command says it", () => {
  expect(VERSION).toBe(version);
});
