/** Why something could not be had, as a reader is told. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
