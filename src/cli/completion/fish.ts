import {
  type CompletedCommand,
  type CompletedOption,
  type Grammar,
  hasMeanings,
  type Values,
} from "./grammar.js";

/** The completion script for fish. */
export function fishScript({ options, commands }: Grammar): string {
  const names = commands.map(({ name }) => name).join(" ");
  const byDefault = commands[0]?.name ?? "";
  const lines = [
    ...commands.map(
      ({ name, description }) =>
        `complete -c ikescope -n __ikescope_first -a ${name} -d ${quoted(description)}`,
    ),
    ...options.map((option) => optionLine("__ikescope_first", option)),
    ...commands.flatMap((command) => {
      const condition = quoted(`__ikescope_in ${command.name}`);
      const values = command.values === null ? [] : valueArguments(command.values, command.name);
      return [
        ...(values.length === 0 ? [] : [`complete -c ikescope -n ${condition} ${values.join(" ")}`]),
        ...command.options.map((option) => optionLine(condition, option)),
      ];
    }),
  ];
  return `# Completion of ikescope for fish, made by 'ikescope completion fish'.
function __ikescope_first
    test (count (commandline -opc)) -eq 1
end

function __ikescope_in
    set -l tokens (commandline -opc)
    if set -q tokens[2]; and contains -- $tokens[2] ${names}
        test $tokens[2] = $argv[1]
    else
        test $argv[1] = ${byDefault}
    end
end

function __ikescope_interfaces
    echo any
    for path in /sys/class/net/*/
        basename $path
    end
end

${commands.map(wordsFunction).join("")}complete -c ikescope -f
${lines.join("\n")}
`;
}

function optionLine(
  condition: string,
  { names, description, values, valueIsOptional }: CompletedOption,
): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const parts = [...flags];
  // Fish gives an option its value with the next word, or not at all.
  if (values !== null && !valueIsOptional) parts.push("-r", ...valueArguments(values));
  return `complete -c ikescope -n ${condition} ${parts.join(" ")} -d ${quoted(description)}`;
}

function valueArguments(values: Values, command = ""): readonly string[] {
  switch (values.kind) {
    case "words":
      return [
        "-f",
        "-a",
        quoted(
          hasMeanings(values.words)
            ? `(__ikescope_${command}_words)`
            : values.words.map(([word]) => word).join(" "),
        ),
      ];
    case "files":
    case "programs":
      return ["-F"];
    case "directories":
      return ["-f", "-a", quoted("(__fish_complete_directories)")];
    case "interfaces":
      return ["-f", "-a", quoted("(__ikescope_interfaces)")];
    case "users":
      return ["-f", "-a", quoted("(__fish_complete_users)")];
    case "anything":
      return ["-f"];
  }
}

/** Words that have a meaning come from a function, for only there a tab parts the two. */
function wordsFunction({ name, values }: CompletedCommand): string {
  if (values?.kind !== "words" || !hasMeanings(values.words)) return "";
  const rows = values.words.map(([word, meaning]) => `        ${word} ${quoted(meaning)}`);
  return `function __ikescope_${name}_words\n    printf '%s\\t%s\\n' \\\n${rows.join(" \\\n")}\nend\n\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}
