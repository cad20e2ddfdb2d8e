import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ikescope, spawned } from "../support/command.js";
import { sampled } from "../support/sample.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));

const RUNS: readonly (readonly [string, readonly string[]])[] = [
  ["a report", [CAPTURE]],
  ["a report as HTML", [CAPTURE, "-f", "html", "--lang", "zh"]],
  ["a report as JSON, which says the version", [CAPTURE, "-f", "json", "--fail-on", "never"]],
  ["lines, whose width follows the output", ["decode", CAPTURE]],
  ["a ladder", ["ladder", CAPTURE]],
  ["a help text", ["help", "live"]],
  ["the version, for which the parser ends the program", ["--version"]],
  ["an option that cannot be meant", [CAPTURE, "--tz", "Moon"]],
  ["a file that is not there", ["/nowhere/trace.pcap"]],
  ["the output over its input", [CAPTURE, "-o", CAPTURE]],
];
/** One of so many is compared in `npm test`. */
const SHARE = 4;

describe("the command in the process of the tests", () => {
  it.each(sampled(RUNS, SHARE))("says what a child says: %s", async (_, args) => {
    expect(await ikescope(args)).toEqual(await spawned(args));
  });

  it("says the same again, whatever it ran in between", async () => {
    const first = await ikescope([CAPTURE]);
    for (const [, args] of RUNS) await ikescope(args);
    expect(await ikescope([CAPTURE])).toEqual(first);
  });
});
