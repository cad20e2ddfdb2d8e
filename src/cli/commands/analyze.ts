import { Command, Option } from "commander";
import { type AnalyzeFlags, analyzeCommand, FAIL_ON, FORMATS } from "../analyze.js";
import { anonymizeKeyOption, anonymizeOption, captureArgument } from "./capture-options.js";

export function analyze(): Command {
  return new Command("analyze")
    .description("judge every tunnel in the captures (the default command)")
    .addArgument(captureArgument())
    .addOption(new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text"))
    .option("-o, --output <file>", "write there instead of standard output")
    .option("--peer <address>", "only tunnels with this address at one end")
    .option(
      "--evidence <file>",
      "write a small pcapng of the frames that the findings cite, each with its reason",
    )
    .addOption(anonymizeOption())
    .addOption(anonymizeKeyOption())
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe")
        .choices(FAIL_ON)
        .default("critical"),
    )
    .action(async (captures: string[], flags: AnalyzeFlags) => analyzeCommand(captures, flags));
}
