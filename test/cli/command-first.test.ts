import { describe, expect, it } from "vitest";
import { commandFirst } from "../../src/cli/command-first.js";
import { program } from "../../src/cli/program.js";

const ROOT = program();
const NAMES = ROOT.commands.map((command) => command.name());

describe("options before the command", () => {
  it.each([
    ["--lang=zh explain esp-loss", "explain --lang=zh esp-loss"],
    ["--lang zh explain esp-loss", "explain --lang zh esp-loss"],
    ["--tz local --peer 192.0.2.1 ladder trace.pcap", "ladder --tz local --peer 192.0.2.1 trace.pcap"],
    ["-f json timeline trace.pcap", "timeline -f json trace.pcap"],
    ["-fjson timeline trace.pcap", "timeline -fjson trace.pcap"],
    ["--markdown explain", "explain --markdown"],
    ["--help decode", "decode --help"],
  ])("%s is %s", (typed, meant) => {
    expect(commandFirst(typed.split(" "), ROOT).join(" ")).toBe(meant);
  });

  it.each([
    "trace.pcap decode",
    "decode --lang zh trace.pcap",
    // The value of an option may be called like a command.
    "--output explain trace.pcap",
    "-o live trace.pcap",
    "-- explain",
    "- explain",
    "--version explain",
    "--lang zh",
    "--nothing trace.pcap",
    "",
  ])("%s stays as it is", (typed) => {
    expect(commandFirst(typed.split(" "), ROOT).join(" ")).toBe(typed);
  });

  it.each(NAMES)("%s takes --lang, before its name and behind it", (name) => {
    expect(commandFirst(["--lang", "zh", name], ROOT)).toEqual([name, "--lang", "zh"]);
    const command = ROOT.commands.find((one) => one.name() === name);
    expect(command?.options.some(({ long }) => long === "--lang")).toBe(true);
  });
});
