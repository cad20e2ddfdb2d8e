import type { Cause, Judgement } from "../../diagnosis/judgement.js";
import { peersText } from "../../diagnosis/headline.js";
import {
  confidenceText,
  countText,
  findingsBeside,
  peerLines,
  sharedText,
  sinceText,
  spanText,
  tunnelsText,
  untroubledOf,
} from "../outage/words.js";
import type { Texts } from "../../texts/texts.js";
import type { Presentation } from "../presentation.js";
import { statusText } from "../words.js";
import { worstFirst } from "../worst-first.js";
import { listed, say } from "../../texts/message.js";
import { markdownText } from "./escape.js";
import { table } from "./table.js";

/** The causes with their numbers of tunnels, a row each, and below them the tunnels that nothing is wrong with. */
export function causesMarkdown(
  judgement: Judgement,
  { clock, names, texts }: Presentation,
  all: boolean,
): string[] {
  const { tunnels, causes } = judgement;
  const rows = causes.map((cause) => [
    countText(cause.tunnels.length),
    texts.of(cause.status),
    sinceText(cause, judgement, clock),
    `\`${cause.code}\``,
    peerLines(cause)
      .map((text) => markdownText(names.in(texts.of(text))))
      .join("; "),
  ]);
  const others = untroubledOf(judgement).map(({ status, tunnels: count, standing }) => [
    countText(count),
    texts.of(status.replaceAll("-", " ")),
    "",
    markdownText(texts.of(standing)),
    "",
  ]);
  const beside = findingsBeside(judgement).map(({ code, count }) => `${countText(count)} \`${code}\``);
  return [
    `## ${texts.of(tunnelsText(tunnels.length))}`,
    "",
    ...table(
      ["tunnels", "status", say`since (${clock.name})`, "cause", "peers"],
      [...rows, ...others],
      ["tunnels"],
      texts,
    ),
    "",
    ...(beside.length === 0 ? [] : [texts.of(say`Beside these: ${listed(beside)}.`), ""]),
    ...(all ? [...tunnelTable(judgement, names, texts), ""] : []),
  ];
}

/** One cause with its peers and what they have in common; the evidence of its example follows. */
export function causeMarkdown(
  cause: Cause,
  judgement: Judgement,
  { clock, names, texts }: Presentation,
): string[] {
  const { tunnels, finding, code } = cause;
  const shared = sharedText(cause, judgement, clock);
  const span = spanText(cause, judgement, clock);
  return [
    `## ${texts.of(say`${finding.severity.toUpperCase()}: ${markdownText(finding.title)}, ${tunnelsText(tunnels.length)}`)}`,
    "",
    `- ${texts.of(listed([`\`${code}\``, confidenceText(cause)], "clauses"))}`,
    ...peerLines(cause).map((text) => `- ${markdownText(names.in(texts.of(text)))}`),
    ...(span === "" ? [] : [`- ${markdownText(texts.of(span))}`]),
    ...(shared === null ? [] : [`- ${markdownText(names.in(texts.of(shared)))}`]),
    "",
    ...(tunnels.length === 1 ? [] : [texts.of("As an example:"), ""]),
  ];
}

/** Every tunnel, the worst first. */
function tunnelTable({ tunnels }: Judgement, names: Presentation["names"], texts: Texts): string[] {
  return table(
    ["tunnel", "peers", "status", "root"],
    worstFirst(tunnels).map((judged) => {
      const root = judged.findings.find(({ severity }) => severity !== "info");
      return [
        String(judged.tunnel.id),
        markdownText(names.in(peersText(judged))),
        texts.of(statusText(judged)),
        root === undefined ? "" : `\`${root.code}\``,
      ];
    }),
    ["tunnel"],
    texts,
  );
}
