import { Command, Option } from "commander";
import { type AnalyzeFlags, analyzeCommand, FAIL_ON, FORMATS } from "./analyze.js";
import { DECODE_FORMATS, decodeCommand, type DecodeFlags } from "./decode.js";
import { explainCommand, type ExplainFlags } from "./explain.js";
import { ladderCommand, type LadderFlags } from "./ladder.js";
import { filterHelp } from "../report/decode/filter.js";
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
    .exitOverride()
    .action(async (captures: string[], flags: AnalyzeFlags) => analyzeCommand(captures, flags));
  command
    .command("decode")
    .description("every IKE message, a line each")
    .argument("<capture...>", "pcap or pcapng files, gzip or not; '-' is standard input")
    .addOption(
      new Option("-f, --format <format>", "text, or one JSON object a line")
        .choices(DECODE_FORMATS)
        .default("text"),
    )
    .option("-v, --verbose", "a tree of all fields with their offsets, instead of a line")
    .option("--frame <number>", "only this frame, or a range such as 12-20")
    .option(
      "--filter <expression>",
      "only messages for which all terms hold, such as 'peer=192.0.2.1 exchange=IKE_AUTH'",
    )
    .addHelpText("after", `\nTerms of a filter (name=value, name!=value, value|other):\n${filterHelp()}`)
    .exitOverride()
    .action(async (captures: string[], flags: DecodeFlags) => decodeCommand(captures, flags));
  command
    .command("ladder")
    .description("the exchanges of one tunnel as a sequence diagram")
    .argument("<capture...>", "pcap or pcapng files, gzip or not; '-' is standard input")
    .option("--tunnel <number>", "the tunnel of that number in the report; the worst one where not given")
    .option("--peer <address>", "of the tunnels with this address at one end")
    .addOption(anonymizeOption())
    .addOption(anonymizeKeyOption())
    .exitOverride()
    .action(async (captures: string[], flags: LadderFlags) => ladderCommand(captures, flags));
  command
    .command("explain")
    .description("what a finding means and what to do; without a code, the list of all")
    .argument("[code]", "code of a finding, such as natt-4500-unanswered")
    .option("--markdown", "the whole catalogue as a page")
    .exitOverride()
    .action((code: string | undefined, flags: ExplainFlags) => explainCommand(code, flags));
  command.addHelpText(
    "after",
    "\nExit status: 0 nothing at or above --fail-on, 1 something is, 2 bad usage or unreadable input.\n" +
      "Example: ssh gateway tcpdump -U -w - 'udp port 500 or udp port 4500 or esp' | ikescope -",
  );
  return command;
}

function anonymizeOption(): Option {
  return new Option(
    "--anonymize",
    "replace addresses, SPIs, identities and all content, in reports and in the evidence",
  );
}

function anonymizeKeyOption(): Option {
  return new Option(
    "--anonymize-key <file>",
    "the same, by the secret in a file: equal values stay equal from report to report",
  );
}
