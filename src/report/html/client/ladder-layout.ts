import type { PageArrow, PageRow } from "../page-ladder.js";
import { label } from "./labels.js";

/** Measures of the diagram, CSS pixels. */
export const MEASURE = {
  line: 16,
  /** From the last line of the label to the arrow, and from the arrow to what became of it. */
  space: 6,
  fate: 14,
  between: 12,
  pause: 26,
  /** A diagram whose times are to scale has at most so much empty space in all. */
  longest: 2600,
  fastest: 60,
} as const;

export interface PlacedArrow {
  readonly row: PageArrow;
  readonly index: number;
  /** Top of the row, and where its arrow runs. */
  readonly top: number;
  readonly arrow: number;
  readonly bottom: number;
  readonly label: readonly string[];
}

interface PlacedPause {
  readonly top: number;
  readonly height: number;
  readonly text: string;
}

export interface Layout {
  readonly arrows: readonly PlacedArrow[];
  readonly pauses: readonly PlacedPause[];
  readonly height: number;
  /** CSS pixels a second where times are to scale; null where they are compressed. */
  readonly perSecond: number | null;
}

/** The height of each row; labels are broken to `columns` characters. */
export function layOut(rows: readonly PageRow[], columns: number, toScale: boolean): Layout {
  const arrows: PlacedArrow[] = [];
  const pauses: PlacedPause[] = [];
  const total = rows.reduce((sum, row) => sum + (row.kind === "omitted" ? 0 : row.gap), 0) / 1e6;
  const perSecond = toScale ? Math.min(MEASURE.fastest, MEASURE.longest / Math.max(1, total)) : null;
  let y = 0;
  for (const [index, row] of rows.entries()) {
    if (row.kind === "omitted") {
      pauses.push({ top: y, height: MEASURE.pause, text: label`${row.count} rows left out` });
      y += MEASURE.pause;
      continue;
    }
    const height = pauseHeight(row, perSecond);
    if (height >= MEASURE.line && row.pause !== null) pauses.push({ top: y, height, text: row.pause });
    y += height;
    const lines = broken([row.title, ...row.details], columns);
    const arrow = y + lines.length * MEASURE.line + MEASURE.space;
    const bottom = arrow + MEASURE.space + (row.fateText === null ? 0 : MEASURE.fate) + MEASURE.between;
    arrows.push({ row, index, top: y, arrow, bottom, label: lines });
    y = bottom;
  }
  return { arrows, pauses, height: y, perSecond };
}

function pauseHeight({ gap, pause }: PageArrow, perSecond: number | null): number {
  if (perSecond !== null) return (gap / 1e6) * perSecond;
  return pause === null ? 0 : MEASURE.pause;
}

/** The parts joined by commas, in lines of at most `columns` characters; a part that is longer is broken within. */
function broken(parts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? `${part},` : part;
    for (const word of pieces(text, columns)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (longer.length <= columns) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(text: string, columns: number): string[] {
  if (text.length <= columns) return [text];
  const words = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${columns}}`, "gu")) ?? []);
  return words;
}
