import { Command } from "commander";
import { languageOption } from "./capture-options.js";
import { explainCommand, type ExplainFlags } from "../explain.js";

export function explain(): Command {
  return new Command("explain")
    .description("what a finding or a notify means and what to do; without one, the list of all findings")
    .argument(
      "[code]",
      "code of a finding, such as natt-4500-unanswered, or a notify, such as NO_PROPOSAL_CHOSEN or 14",
    )
    .option("--markdown", "the whole catalogue as a page")
    .addOption(languageOption())
    .action(async (code: string | undefined, flags: ExplainFlags) => explainCommand(code, flags));
}
