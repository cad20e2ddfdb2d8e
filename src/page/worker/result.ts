import type { Analysis } from "../../index.js";
import { pageOverview } from "../../report/html/overview.js";
import { pageTimeline } from "../../report/html/timeline.js";
import { printableData } from "../../report/html/printable-data.js";
import { renderMarkdown } from "../../report/markdown/markdown.js";
import type { Result } from "../protocol.js";
import type { Session } from "./session.js";

/** The analysis as the page shows it. */
export function resultOf({ judgement, hosts, error }: Analysis, session: Session): Result {
  const { presentation, notes, isStopped } = session;
  const [root] = session.presented(judgement).findings;
  return printableData({
    ...pageOverview(judgement, presentation),
    remedies: root === undefined || root.severity === "info" ? [] : root.remedies,
    markdown: renderMarkdown(judgement, presentation).trimEnd().split("\n"),
    timeline: pageTimeline(hosts, judgement.tunnels, judgement.files.length > 1, presentation),
    fault: error === null ? null : error.message,
    notes: notes.map((note) => presentation.texts.of(note)),
    keys: session.opening?.result(presentation.texts) ?? null,
    isStopped,
  });
}
