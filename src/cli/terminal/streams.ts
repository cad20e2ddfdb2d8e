import type { Readable, Writable } from "node:stream";

/** Standard input as far as keys need it; `process.stdin` is one. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(isRaw: boolean): unknown;
}

/** Standard output as far as pictures need it; `process.stdout` is one. Emits "resize". */
export interface TerminalOutput extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** The file descriptor of a terminal. */
  readonly fd?: number;
}

export interface TerminalStreams {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
}

/** Why no table can be shown there, as the end of a sentence; null where one can. */
export function whyNoTable(stdout: TerminalOutput, terminalType: string | undefined): string | null {
  if (stdout.isTTY !== true) return "the output is no terminal";
  if (terminalType === undefined || terminalType === "") return "the variable TERM is not set";
  return terminalType === "dumb" ? "a terminal of the type dumb cannot move its cursor (TERM=dumb)" : null;
}
