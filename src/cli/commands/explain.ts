import { Command, Option } from "commander";
import { languageOption } from "./capture-options.js";
import { explainCommand, type ExplainFlags } from "../explain.js";
import { productOf } from "../values/product.js";

export function explain(): Command {
  return new Command("explain")
    .description(
      "what a finding, a notify or a reason that a product prints means and what to do; without one, the list of all findings",
    )
    .argument(
      "[code]",
      "code of a finding, such as natt-4500-unanswered; a notify, such as NO_PROPOSAL_CHOSEN or 14; or what a product prints, such as 'peer SA proposal not match'",
    )
    .addOption(
      new Option(
        "--product <name>",
        "with the commands of that product, such as fortigate or huawei",
      ).argParser(productOf),
    )
    .option("--markdown", "the whole catalogue as a page")
    .addOption(languageOption())
    .action(async (code: string | undefined, flags: ExplainFlags) => explainCommand(code, flags));
}
