import { printable } from "../../bytes/text.js";
import type { Cause, Judgement } from "../../diagnosis/judgement.js";
import { peersText } from "../../diagnosis/headline.js";
import { listed, say } from "../../texts/message.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { findingLines } from "../text-findings.js";
import { type TableShape, tableLines } from "../tables/table.js";
import { worstFirst } from "../worst-first.js";
import { wrap } from "../wrap.js";
import {
  confidenceText,
  countText,
  findingsBeside,
  peerLines,
  recordingRemarks,
  sharedText,
  sinceText,
  spanText,
  tunnelsText,
  untroubledOf,
} from "./words.js";

/** Causes of the table, and those that are shown with evidence and what to do. */
const LISTED = 12;
const DETAILED = 4;

const TUNNELS: TableShape = {
  rightAligned: ["tunnel"],
  droppable: ["phase"],
  cuttable: ["peers", "finding"],
};

export interface OutageLayout {
  readonly width: number;
  readonly paint: Paint;
  readonly presentation: Presentation;
  /** All tunnels in a table, the healthy ones too. */
  readonly all: boolean;
}

/** The body of a report of many tunnels: what is wrong with how many, each cause with its peers and one example, then what to do. */
export function outageLines(judgement: Judgement, layout: OutageLayout): string[] {
  const { width, paint, presentation } = layout;
  const { clock, texts } = presentation;
  const lines = ["", ...overviewLines(judgement, layout)];
  if (layout.all) lines.push("", ...tunnelTable(judgement, layout));
  lines.push("");
  for (const cause of judgement.causes.slice(0, DETAILED)) {
    lines.push(...causeLines(cause, judgement, layout));
  }
  const left = judgement.causes.slice(DETAILED);
  if (left.length > 0) {
    const ways = left
      .slice(0, LISTED - DETAILED)
      .map(({ code, example }) => `--tunnel ${example.tunnel.id} (${code})`);
    const said = say`${left.length} more cause${left.length === 1 ? "" : "s"}; a tunnel of each is shown by ${listed(ways)}`;
    lines.push(...wrap(texts.of(said), width, "  ", ""), "");
  }
  for (const { finding, tunnels } of recordingRemarks(judgement)) {
    const about = tunnels === 0 ? "" : tunnelsText(tunnels);
    lines.push(
      ...findingLines(
        finding,
        judgement,
        { width, paint, clock, texts },
        {
          about,
          lines: [],
          example: "",
        },
      ),
    );
  }
  const beside = findingsBeside(judgement).map(({ code, count }) => `${countText(count)} ${code}`);
  if (beside.length > 0) {
    lines.push(
      ...wrap(texts.of(say`beside these, each in -f ndjson: ${listed(beside)}`), width, "  ", ""),
      "",
    );
  }
  return lines;
}

/** A row for each cause, and below them the tunnels that nothing is wrong with. */
function overviewLines(
  judgement: Judgement,
  { width, presentation: { clock, names, texts }, all }: OutageLayout,
): string[] {
  const { causes } = judgement;
  const rows = causes.slice(0, LISTED).map((cause) => {
    const [peers = "", ...others] = peerLines(cause);
    const more = others.length === 0 ? "" : say`, ${others.length} more`;
    return [
      countText(cause.tunnels.length),
      texts.of(cause.status),
      sinceText(cause, judgement, clock),
      cause.code,
      names.in(texts.of(say`${peers}${more}`)),
    ];
  });
  const left = causes.slice(LISTED);
  if (left.length > 0) {
    const tunnels = left.reduce((sum, cause) => sum + cause.tunnels.length, 0);
    rows.push([countText(tunnels), "", "", texts.of(say`${left.length} more causes: -f json has them`), ""]);
  }
  for (const { status, tunnels, standing } of untroubledOf(judgement)) {
    rows.push([
      countText(tunnels),
      texts.of(status.replaceAll("-", " ")),
      "",
      printable(texts.of(standing)),
      all ? "" : texts.of("--all lists them"),
    ]);
  }
  return tableLines(
    ["tunnels", "status", "since", "cause", "peers"],
    rows,
    { rightAligned: ["tunnels"], droppable: [], cuttable: ["peers", "cause"], isWrapped: true },
    width,
    texts,
  );
}

/** One cause: its peers, what they have in common, and the finding of one of them. */
function causeLines(
  cause: Cause,
  judgement: Judgement,
  { width, paint, presentation }: OutageLayout,
): string[] {
  const { clock, names, texts } = presentation;
  const { tunnels, finding, example } = cause;
  const peers = names.in(peersText(example));
  const shared = sharedText(cause, judgement, clock);
  const isOne = tunnels.length === 1;
  const since = spanText(cause, judgement, clock);
  return findingLines(
    finding,
    judgement,
    { width, paint, clock, texts },
    {
      about: isOne ? say`tunnel ${example.tunnel.id}` : tunnelsText(tunnels.length),
      confidence: confidenceText(cause),
      lines: [
        ...peerLines(cause).map((text) => names.in(texts.of(text))),
        ...(since === "" ? [] : [texts.of(since)]),
        ...(shared === null ? [] : [names.in(texts.of(shared))]),
      ],
      example: isOne ? "" : texts.of(say`Tunnel ${example.tunnel.id}, ${peers}, as an example: `),
    },
  );
}

/** Every tunnel, the worst first. */
function tunnelTable(
  { tunnels }: Judgement,
  { width, presentation: { names, texts } }: OutageLayout,
): string[] {
  const rows = worstFirst(tunnels).map((judged) => [
    String(judged.tunnel.id),
    names.in(peersText(judged)),
    texts.of(judged.status.replaceAll("-", " ")),
    judged.failingPhase ?? "",
    judged.findings.find(({ severity }) => severity !== "info")?.code ?? "",
  ]);
  return tableLines(["tunnel", "peers", "status", "phase", "finding"], rows, TUNNELS, width, texts);
}
