import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ikescope, spawned } from "../support/command.js";

const CAPTURE = fileURLToPath(new URL("../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));

describe("the command in the process of the tests", () => {
  it.each([
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
  ])("says what a child says: %s", async (_, args) => {
    expect(await ikescope(args)).toEqual(await spawned(args));
  });
});
