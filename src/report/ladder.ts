import { printable } from "../bytes/text.js";
import { peersText } from "../diagnosis/headline.js";
import type { JudgedTunnel, Judgement } from "../diagnosis/judgement.js";
import type { JoinedHost } from "../joint/joined.js";
import { clockText } from "./host/timeline.js";
import { hostLinesOf } from "./ladder/host-lines.js";
import { ladderOf, namedLadder } from "./ladder/ladder.js";
import { ladderLines } from "./ladder/text.js";
import { presentedJudgement } from "./presented-judgement.js";
import { type Message, say } from "../texts/message.js";
import { type Paint, paintFor } from "./paint.js";
import { PLAIN, type Presentation } from "./presentation.js";
import { statusText } from "./words.js";
import { worstFirst } from "./worst-first.js";
import { wrap } from "./wrap.js";

export interface LadderOptions {
  /** Columns of the output; 100 where not given. */
  readonly width?: number;
  readonly colour?: boolean;
  readonly presentation?: Presentation;
  /** Hosts whose own lines stand between the rows. */
  readonly hosts?: readonly JoinedHost[];
}

/** Rows of one diagram; the first and the last stay, and what findings cite. */
const ROWS = 2000;

/** The sequence diagram of one tunnel, the worst one where `id` is null. Null where there is no such tunnel. */
export function renderLadder(
  unnamed: Judgement,
  id: number | null,
  options: LadderOptions = {},
): string | null {
  const { width = 100, presentation = PLAIN } = options;
  const { clock, names, texts } = presentation;
  const judgement = presentedJudgement(unnamed, presentation);
  const { tunnels, files } = judgement;
  const judged = id === null ? worstFirst(tunnels)[0] : tunnels.find(({ tunnel }) => tunnel.id === id);
  if (judged === undefined) return null;
  const paint = paintFor(options.colour ?? false);
  const severalFiles = files.length > 1;
  const { hosts = [] } = options;
  const { lines: hostLines, left } = hostLinesOf(hosts, judged.tunnel, severalFiles);
  const lines = [
    ...headLines(judged, judgement, width, paint, presentation),
    "",
    ...ladderLines(namedLadder(ladderOf(judged, ROWS), names), {
      width,
      paint,
      severalFiles,
      clock,
      texts,
      hostLines,
    }),
    ...hostNotes(hosts, left)
      .flatMap((text) => wrap(printable(texts.of(text)), width))
      .map(paint.dim),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** The clocks by which lines of hosts have their places, and how many of them are left out. */
function hostNotes(hosts: readonly JoinedHost[], left: number): Message[] {
  const clocks = hosts.map(clockText);
  if (left === 0) return clocks;
  return [
    ...clocks,
    say`Lines of logs of another time than the tunnel are left out, ${left} in all: 'ikescope timeline --all' shows them.`,
  ];
}

function headLines(
  judged: JudgedTunnel,
  { tunnels }: Judgement,
  width: number,
  paint: Paint,
  { names, texts }: Presentation,
): string[] {
  const { tunnel, status, findings } = judged;
  const root = findings.find(({ severity }) => severity !== "info");
  const others =
    tunnels.length > 1
      ? [say`one of ${tunnels.length} tunnels; --tunnel N or --peer ADDRESS shows another`]
      : [];
  return [
    `${paint.bold(texts.of(say`Tunnel ${tunnel.id}`))}  ${names.in(peersText(judged))}  ${paint.status(status, texts.of(statusText(judged)))}`,
    ...(root === undefined ? [] : wrap(printable(`${root.code}: ${root.headline}`), width, "  ")),
    ...others.flatMap((text) => wrap(texts.of(text), width, "  ")).map(paint.dim),
  ];
}
