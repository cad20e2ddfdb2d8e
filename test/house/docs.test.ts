import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(new URL("docs/", ROOT), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Where the links of a page lead that are not to the web. */
function filesLinkedIn(page: string): URL[] {
  const text = readFileSync(new URL(page, ROOT), "utf8");
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = ""]) =>
    /^[a-z]+:/.test(target) ? [] : [new URL(target, new URL(page, ROOT))],
  );
}

describe("the documentation", () => {
  it.each(PAGES)("%s links to files that are there", (page) => {
    expect(
      filesLinkedIn(page)
        .filter((file) => !existsSync(file))
        .map((file) => fileURLToPath(file)),
    ).toEqual([]);
  });

  it("has a number for each decision, which its heading says too", () => {
    const names = readdirSync(new URL("docs/decisions/", ROOT)).toSorted();
    const numbers = names.map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(names.map((_, index) => index + 1));
    const headings = names.map((name) => readFileSync(new URL(`docs/decisions/${name}`, ROOT), "utf8"));
    expect(headings.map((text) => Number(/^# (\d+)\. /.exec(text)?.[1]))).toEqual(numbers);
  });
});
