import { Command, Option } from "commander";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";
import { languageOption } from "./capture-options.js";
import { explainCommand, type ExplainFlags } from "../explain.js";
import { productOf } from "../values/product.js";

export function explain(): Command {
  const command = new Command("explain")
    .description(
      "what a finding, a notify, a status or a reason that a product prints means and what to do; without one, the list of all findings",
    )
    .argument(
      "[code...]",
      "code of a finding, such as natt-4500-unanswered; a notify, such as NO_PROPOSAL_CHOSEN or 14; a status, such as DEGRADED; words, such as 'wrong PSK'; or what a product prints, such as 'peer SA proposal not match'",
    )
    .addOption(
      new Option(
        "--product <name>",
        "with the commands of that product, such as fortigate or huawei",
      ).argParser(productOf),
    )
    .option("--markdown", "the whole catalogue as a page")
    .addOption(languageOption())
    .action(async (words: readonly string[], flags: ExplainFlags) => explainCommand(words, flags));
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        ["ikescope explain natt-4500-unanswered", "A finding, by its code"],
        [
          "ikescope explain NO_PROPOSAL_CHOSEN --product fortigate",
          "A notify, and the commands of a product",
        ],
      ],
    },
    EXIT_OF_SHOWING,
  ]);
}
