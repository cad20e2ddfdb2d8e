import { fstatSync } from "node:fs";

/** Narrower text has no room for its words. */
const NARROWEST = 20;

/** How wide text may be: whichever of these says so first. */
export interface WidthSources {
  /** The variable COLUMNS, as whoever calls has exported it. */
  readonly wanted?: string;
  /** Columns of the terminal that standard output is. */
  readonly output?: number;
  /** Columns of the terminal that standard error is, where standard output goes to another program, which may be a pager on it. */
  readonly reader?: number;
}

/** How wide a text may be that goes to standard output, or, where `isFile`, to a file. */
export function outputWidth(most: number, unknown = most, isFile = false): number {
  const wanted = process.env["COLUMNS"];
  const { columns: output } = process.stdout;
  const { columns: reader } = process.stderr;
  return widthBy(
    {
      ...(wanted === undefined ? {} : { wanted }),
      ...(isFile || output === undefined ? {} : { output }),
      ...(isFile || reader === undefined || goesToFile() ? {} : { reader }),
    },
    most,
    unknown,
  );
}

/**
 * Columns of a text: those of COLUMNS, which is somebody's wish; else those of the terminal that shows it, up to `most`; else
 * `unknown`. A terminal of 0 columns does not know.
 */
export function widthBy(
  { wanted = "", output, reader }: WidthSources,
  most: number,
  unknown: number,
): number {
  if (/^[1-9]\d{0,4}$/.test(wanted)) return Math.max(NARROWEST, Number(wanted));
  const columns = output ?? reader ?? 0;
  return columns === 0 ? unknown : Math.max(NARROWEST, Math.min(most, columns));
}

function goesToFile(): boolean {
  try {
    return fstatSync(process.stdout.fd).isFile();
  } catch {
    return true;
  }
}
