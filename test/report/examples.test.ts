import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ikescope } from "../support/command.js";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const MARKDOWN = "pcaps/port4500-blocked-nat-initiator.pcap";
const PAGE = "pcaps/path-lost-initiator.pcap";

describe("the examples that people see first", () => {
  it.each([
    ["docs/examples/port4500-blocked.md", MARKDOWN, "markdown"],
    ["docs/examples/path-lost.html", PAGE, "html"],
  ])("%s is what the command prints (npm run docs makes it anew)", async (file, capture, format) => {
    const { stdout } = await ikescope([capture, "--format", format]);
    // A page is long: say that it differs, not how.
    expect(read(file) === stdout).toBe(true);
  });

  it.each([
    ["README.md", [MARKDOWN]],
    ["docs/using.md", ["ladder", MARKDOWN]],
  ])("%s shows what %j prints", async (page, args) => {
    const { stdout } = await ikescope(args);
    expect(read(page)).toContain(`$ ikescope ${args.join(" ")}\n${stdout.trimEnd()}\n\`\`\``);
  });
});
