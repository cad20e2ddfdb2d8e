/** Narrower text has no room for its words. */
const NARROWEST = 20;

/** Columns for text on standard output: those of its terminal, up to `most`; `unknown` for a pipe, and for a terminal that says 0. */
export function outputWidth(
  most: number,
  unknown = most,
  { columns }: { readonly columns?: number } = process.stdout,
): number {
  return columns === undefined || columns === 0 ? unknown : Math.max(NARROWEST, Math.min(most, columns));
}
