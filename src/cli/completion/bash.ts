import type { CompletedCommand, Grammar, Values } from "./grammar.js";

/** Runs in bash 3.2 too, and needs no bash-completion. Names of interfaces and files are never expanded again. */
const HELPERS = `_ikescope_words() { # _ikescope_words CURRENT WORD...
  local current=$1 word
  shift
  for word in "$@"; do
    [[ $word == "$current"* ]] && COMPREPLY+=("$word")
  done
}

_ikescope_generated() { # _ikescope_generated CURRENT COMPGEN-ACTION
  local word
  [[ $2 == -u ]] || compopt -o filenames 2>/dev/null
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen "$2" -- "$1")
}

_ikescope_interfaces() { # _ikescope_interfaces CURRENT
  local path
  _ikescope_words "$1" any
  for path in /sys/class/net/*; do
    [[ -d $path ]] && _ikescope_words "$1" "\${path##*/}"
  done
}
`;

/** The completion script for bash. */
export function bashScript({ options, commands }: Grammar): string {
  const names = commands.map(({ name }) => name);
  const [byDefault = ""] = names;
  const before = options.flatMap((option) => option.names).join(" ");
  return `# Completion of ikescope for bash, made by 'ikescope completion bash'.
${HELPERS}
_ikescope() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=${byDefault}
  COMPREPLY=()
  # Bash makes three words of --option=value.
  if [[ $current == "=" ]]; then
    current=
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD == 1)); then
    if [[ $current == -* ]]; then
      _ikescope_words "$current" ${before}
    else
      _ikescope_words "$current" ${names.join(" ")}
    fi
  else
    case \${COMP_WORDS[1]} in
      ${names.join(" | ")}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case $command:$previous in
${commands.flatMap(optionValues).join("\n")}
  esac
  case $command in
${commands.map(commandCase).join("\n")}
  esac
}

complete -F _ikescope ikescope
`;
}

/** Lines that complete the value of each option. One that may go without a value gives way to the next option. */
function optionValues({ name, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ names, values, valueIsOptional }) => {
    if (values === null) return [];
    const pattern = names.map((option) => `${name}:${option}`).join(" | ");
    const guard = valueIsOptional ? "[[ $current == -* ]] || { " : "";
    return [`    ${pattern}) ${guard}${actionFor(values)}; return${valueIsOptional ? "; }" : ""} ;;`];
  });
}

function commandCase({ name, options, values }: CompletedCommand): string {
  const words = options.flatMap((option) => option.names).join(" ");
  return `    ${name})
      if [[ $current == -* ]]; then
        _ikescope_words "$current" ${words}
      else
        ${values === null ? ":" : actionFor(values)}
      fi
      ;;`;
}

function actionFor(values: Values): string {
  switch (values.kind) {
    case "words":
      return `_ikescope_words "$current" ${values.words.map(([word]) => word).join(" ")}`;
    case "files":
      return '_ikescope_generated "$current" -f';
    case "directories":
      return '_ikescope_generated "$current" -d';
    case "users":
      return '_ikescope_generated "$current" -u';
    case "programs":
      return '_ikescope_generated "$current" -c';
    case "interfaces":
      return '_ikescope_interfaces "$current"';
    case "anything":
      return ":";
  }
}
