import {
  type CompletedCommand,
  type CompletedOption,
  type Grammar,
  hasMeanings,
  type Values,
  type Word,
} from "./grammar.js";

const INTERFACES = `_ikescope_interfaces() {
  local -a interfaces
  interfaces=(any /sys/class/net/*(N-/:t))
  compadd -a interfaces
}
`;

/** The completion script for zsh: to be sourced, or to lie as _ikescope in a folder of fpath. */
export function zshScript({ options, commands }: Grammar): string {
  const names = commands.map(({ name }) => name);
  const [byDefault = ""] = names;
  const rows = commands.map(({ name, description }): Word => [name, description]);
  return `#compdef ikescope
# Completion of ikescope for zsh, made by 'ikescope completion zsh'.
${INTERFACES}
${commands.map(commandFunction).join("\n")}
_ikescope() {
  if ((CURRENT == 2)); then
    local -a commands
    commands=(
${described(rows)}
    )
    [[ $words[2] == -* ]] || _describe -t commands command commands
    _ikescope_${byDefault} \\
${options.map((option) => `      ${specOf(option)}`).join(" \\\n")}
    return
  fi
  case $words[2] in
    ${names.join("|")})
      shift words
      ((CURRENT--))
      _ikescope_$words[1]
      ;;
    *) _ikescope_${byDefault} ;;
  esac
}

if [[ $funcstack[1] == _ikescope ]]; then
  _ikescope "$@"
else
  compdef _ikescope ikescope
fi
`;
}

/** Arguments of the function are more options, for the place where no command is named yet. */
function commandFunction({ name, options, values }: CompletedCommand): string {
  const specs = ['"$@"', ...options.map(specOf)];
  if (values !== null) specs.push(quoted(`*:${nameOf(values)}:${actionFor(values, name)}`));
  const own = wordsFunction(values, name);
  return `${own}_ikescope_${name}() {
  _arguments -s -S : \\
${specs.map((spec) => `    ${spec}`).join(" \\\n")}
}
`;
}

/** Words that have a meaning get a function of their own, which shows it. */
function wordsFunction(values: Values | null, command: string): string {
  if (values?.kind !== "words" || !hasMeanings(values.words)) return "";
  return `_ikescope_${command}_words() {
  local -a words_with_meaning
  words_with_meaning=(
${described(values.words)}
  )
  _describe word words_with_meaning
}

`;
}

function specOf({ names, description, values, repeats, valueIsOptional }: CompletedOption): string {
  const exclusion = repeats ? "*" : `(${names.join(" ")})`;
  const text = `[${description.replaceAll(/[[\]\\]/g, "\\$&")}]`;
  const value =
    values === null ? "" : `${valueIsOptional ? "::" : ":"}${nameOf(values)}:${actionFor(values)}`;
  return names
    .map((name) => {
      const takes = values === null ? "" : name.startsWith("--") ? "=" : "+";
      return quoted(`${exclusion}${name}${takes}${text}${value}`);
    })
    .join(" ");
}

function nameOf(values: Values): string {
  return values.kind === "anything" ? "value" : values.kind;
}

function actionFor(values: Values, command = ""): string {
  switch (values.kind) {
    case "words":
      return hasMeanings(values.words)
        ? `_ikescope_${command}_words`
        : `(${values.words.map(([word]) => word).join(" ")})`;
    case "files":
      return "_files";
    case "directories":
      return "_files -/";
    case "interfaces":
      return "_ikescope_interfaces";
    case "users":
      return "_users";
    case "programs":
      return "_command_names -e";
    case "anything":
      return " ";
  }
}

/** Rows for _describe: a colon parts a word from its meaning. */
function described(words: readonly Word[]): string {
  return words
    .map(([word, meaning]) => `    ${quoted(`${word.replaceAll(":", "\\:")}:${meaning}`)}`)
    .join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
