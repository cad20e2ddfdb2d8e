import { Command, Option } from "commander";
import { type AnalyzeFlags, analyzeCommand, FAIL_ON, FORMATS } from "./analyze.js";
import { VERSION } from "./version.js";

/** The command line: what there is to say, and what it calls. */
export function program(): Command {
  const command = new Command("ikescope")
    .description(
      "Reads captures of IPsec VPN traffic and says what failed, where, on which side, and what to do.",
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError("(ikescope --help shows what there is)");
  command
    .command("analyze", { isDefault: true })
    .description("judge every tunnel in the captures (the default command)")
    .argument("<capture...>", "pcap or pcapng files, gzip or not; '-' is standard input")
    .addOption(new Option("-f, --format <format>", "what to print").choices(FORMATS).default("text"))
    .option("-o, --output <file>", "write there instead of standard output")
    .option("--peer <address>", "only tunnels with this address at one end")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when a finding is at least this severe")
        .choices(FAIL_ON)
        .default("critical"),
    )
    .exitOverride()
    .action(async (captures: string[], flags: AnalyzeFlags) => analyzeCommand(captures, flags));
  command.addHelpText(
    "after",
    "\nExit status: 0 nothing at or above --fail-on, 1 something is, 2 bad usage or unreadable input.\n" +
      "Example: ssh gateway tcpdump -U -w - 'udp port 500 or udp port 4500 or esp' | ikescope -",
  );
  return command;
}
