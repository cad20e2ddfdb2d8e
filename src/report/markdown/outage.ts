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
import { markdownTable, markdownText } from "./escape.js";

/** What is wrong with how many of the tunnels, a row a cause, and below them those that nothing is wrong with. */
export function causesMarkdown(
  judgement: Judgement,
  { clock, names, texts }: Presentation,
  all: boolean,
): string[] {
  const { tunnels, causes } = judgement;
  const rows = causes.map((cause) => [
    countText(cause.tunnels.length),
    cause.status,
    sinceText(cause, judgement, clock),
    `\`${cause.code}\``,
    peerLines(cause)
      .map((text) => markdownText(names.in(text)))
      .join("; "),
  ]);
  const others = untroubledOf(judgement).map(({ status, tunnels: count, standing }) => [
    countText(count),
    status.replaceAll("-", " "),
    "",
    markdownText(texts.of(standing)),
    "",
  ]);
  const beside = findingsBeside(judgement).map(({ code, count }) => `${countText(count)} \`${code}\``);
  return [
    `## ${tunnelsText(tunnels.length)}`,
    "",
    ...markdownTable(
      ["tunnels", "status", `since (${clock.name})`, "cause", "peers"],
      [...rows, ...others],
      ["tunnels"],
    ),
    "",
    ...(beside.length === 0 ? [] : [`Beside these: ${beside.join(", ")}.`, ""]),
    ...(all ? [...tunnelTable(judgement, names, texts), ""] : []),
  ];
}

/** One cause with its peers and what they have in common; the evidence of its example follows. */
export function causeMarkdown(cause: Cause, judgement: Judgement, { clock, names }: Presentation): string[] {
  const { tunnels, finding, code } = cause;
  const shared = sharedText(cause, judgement, clock);
  const span = spanText(cause, judgement, clock);
  return [
    `## ${finding.severity.toUpperCase()}: ${markdownText(finding.title)}, ${tunnelsText(tunnels.length)}`,
    "",
    `- \`${code}\`, ${confidenceText(cause)}`,
    ...peerLines(cause).map((text) => `- ${markdownText(names.in(text))}`),
    ...(span === "" ? [] : [`- ${markdownText(span)}`]),
    ...(shared === null ? [] : [`- ${markdownText(names.in(shared))}`]),
    "",
    ...(tunnels.length === 1 ? [] : ["As an example:", ""]),
  ];
}

/** Every tunnel, the worst first. */
function tunnelTable({ tunnels }: Judgement, names: Presentation["names"], texts: Texts): string[] {
  return markdownTable(
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
  );
}
