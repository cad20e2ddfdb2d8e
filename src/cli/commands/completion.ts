import { Argument, Command } from "commander";
import { completionCommand, SHELLS, type Shell } from "../completion/completion.js";
import type { Language } from "../../texts/texts.js";
import { languageOption } from "./capture-options.js";
import { EXIT_OF_SHOWING } from "./exit-notes.js";
import { withNotes } from "./notes.js";

export function completion(): Command {
  const command = new Command("completion")
    .description("print a script with which a shell completes commands, options and codes")
    .addArgument(new Argument("<shell>", "the shell that it is for").choices(SHELLS))
    .addOption(languageOption())
    .action((shell: Shell, flags: { readonly lang?: Language }) =>
      completionCommand(shell, command.parent ?? command, flags),
    );
  return withNotes(command, [
    {
      heading: "Examples",
      rows: [
        ["source <(ikescope completion bash)", "For this shell; in ~/.bashrc for all of them"],
        ["ikescope completion zsh > /usr/local/share/zsh/site-functions/_ikescope", "For all of zsh"],
        ["ikescope completion fish > ~/.config/fish/completions/ikescope.fish", "For all of fish"],
      ],
    },
    EXIT_OF_SHOWING,
  ]);
}
