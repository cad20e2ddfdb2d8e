/** The ways of a text into a ticket or a file. */
export interface PastedForm {
  readonly name: string;
  readonly paste: (text: string) => string;
}

const eachLine =
  (change: (line: string, index: number) => string) =>
  (text: string): string =>
    text
      .split("\n")
      .map((line, index) => change(line, index))
      .join("\n");

/** With blanks in place of tabs, as terminals copy them. */
function expanded(line: string): string {
  let text = "";
  for (const char of line) text += char === "\t" ? " ".repeat(8 - (text.length % 8)) : char;
  return text;
}

const wrapped = (width: number): ((text: string) => string) =>
  eachLine(
    (line) =>
      expanded(line)
        .match(new RegExp(`.{1,${width}}`, "gu"))
        ?.join("\n") ?? "",
  );

export const PASTED_FORMS: readonly PastedForm[] = [
  { name: "quoted in a mail", paste: eachLine((line) => `> ${line}`) },
  { name: "quoted twice", paste: eachLine((line) => `>> ${line}`) },
  { name: "in a column of a table", paste: eachLine((line) => `| ${line}`) },
  { name: "in cells of a spreadsheet", paste: eachLine((line) => `"${line.replaceAll('"', '""')}"`) },
  { name: "indented", paste: eachLine((line) => `    ${line}`) },
  { name: "in a letter", paste: (text) => `Hello,\nseen at 10:15 today:\n\`\`\`\n${text}\`\`\`\nRegards\n` },
  { name: "in {noformat}", paste: (text) => `{noformat}\n${text}{noformat}\n` },
  { name: "behind a prompt of Linux", paste: (text) => `[root@gw1 ~]# tcpdump -r a\n${text}[root@gw1 ~]# ` },
  { name: "behind a prompt of Huawei", paste: (text) => `<gw1> display this\n${text}<gw1>` },
  { name: "in a letter in Chinese", paste: (text) => `${"您好，以下是抓包内容：".repeat(40)}\n${text}` },
  { name: "with a byte order mark", paste: (text) => `\uFEFF${text}` },
  { name: "with lines of Windows", paste: (text) => text.replaceAll("\n", "\r\n") },
  { name: "with carriage returns twice", paste: (text) => text.replaceAll("\n", "\r\r\n") },
  { name: "with carriage returns alone", paste: (text) => text.replaceAll("\n", "\r") },
  { name: "with hard blanks", paste: (text) => text.replaceAll(" ", "\u00A0") },
  { name: "with colours of a terminal", paste: eachLine((line) => `\u001B[0;32m${line}\u001B[0m\u001B[K`) },
  { name: "with empty lines between", paste: (text) => text.replaceAll("\n", "\n\n") },
  { name: "logged with times in brackets", paste: eachLine((line) => `[2026-11-29 10:11:12.123] ${line}`) },
  { name: "logged by syslog", paste: eachLine((line) => `Nov 29 10:11:12 gw1 sniffer[1234]: ${line}`) },
  { name: "wrapped after 72 characters", paste: wrapped(72) },
  { name: "wrapped after 60 characters", paste: wrapped(60) },
];

/** Numbers before each line tell themselves from offsets only where these have 0x. */
export const NUMBERED_FORMS: readonly PastedForm[] = [
  {
    name: "with numbers of cat -n",
    paste: eachLine((line, index) => `${String(index + 1).padStart(6)}\t${line}`),
  },
  { name: "with numbers of grep -n", paste: eachLine((line, index) => `${index + 1}:${line}`) },
  { name: "with numbers of an editor", paste: eachLine((line, index) => `${index + 1} ${line}`) },
];
