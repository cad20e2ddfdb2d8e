import { Command } from "commander";
import { explainCommand, type ExplainFlags } from "../explain.js";

export function explain(): Command {
  return new Command("explain")
    .description("what a finding means and what to do; without a code, the list of all")
    .argument("[code]", "code of a finding, such as natt-4500-unanswered")
    .option("--markdown", "the whole catalogue as a page")
    .action((code: string | undefined, flags: ExplainFlags) => explainCommand(code, flags));
}
