import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Shell } from "../../src/cli/completion/completion.js";

/** Each gets the script as its first argument and the line as its second, and prints what may stand at the end of the line. */
const DRIVERS: Readonly<Record<Shell, string>> = {
  bash: `source "$1"
line=\${2//=/ = }
read -ra COMP_WORDS <<<"$line"
[[ $2 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_ikescope
((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"
`,
  fish: `source $argv[1]
complete -C "$argv[2]" | string split -f 1 \\t
true
`,
  // Only a shell that believes itself at a terminal completes; it is told to print what it would show.
  zsh: `zmodload zsh/zpty
zpty inner "PS1= zsh -f -i"
zpty -w inner "unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source \${(q)1}"
zpty -w inner 'compadd() {
  local -a found
  builtin compadd -O found "$@"
  print -rl -- "<"\${^found}">"
  builtin compadd "$@"
}
list-all() { zle list-choices; print -r -- DO""NE }
zle -N list-all
bindkey "^I" list-all'
# Once the line editor has the terminal, and not before, a tab is more than a tab.
zpty -w inner 'zle-line-init() { print RE""ADY }; zle -N zle-line-init'
zpty -r inner shown '*READY*'
zpty -w -n inner "$2"$'\\t'
zpty -r inner shown '*DONE*'
print -r -- $shown | grep -ao '<[^<>]*>' | tr -d '<>'
zpty -d inner
`,
};

export function hasShell(shell: Shell): boolean {
  return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

/** The words that the shell, having read the completion script, offers at the end of the line; sorted, each once. */
export function completions(shell: Shell, script: string, line: string, cwd: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "ikescope-completion-"));
  try {
    const [driver, source] = [join(folder, "driver"), join(folder, "script")];
    writeFileSync(driver, DRIVERS[shell]);
    writeFileSync(source, script);
    const { status, stdout, stderr } = spawnSync(shell, [driver, source, line], {
      cwd,
      encoding: "utf8",
      timeout: 90_000,
      env: { ...process.env, HOME: folder },
    });
    if (status !== 0) throw new Error(`${shell} failed (${status}): ${stderr}`);
    // Zsh tries names of files with blanks as they are and escaped.
    const words = stdout.split("\n").map((word) => word.replaceAll("\\ ", " "));
    return [...new Set(words.filter((word) => word !== ""))].toSorted();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
