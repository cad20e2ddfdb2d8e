import { openSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { TerminalInput } from "./streams.js";

/** Keys of the user, and what gives the terminal's descriptor back. */
export interface Keyboard {
  readonly input: TerminalInput;
  close(): void;
}

/**
 * Standard input where that is a terminal, else the terminal that the program was started from: a capture may come through
 * standard input. Null where there is none.
 */
export function openKeyboard(): Keyboard | null {
  if (process.stdin.isTTY) return { input: process.stdin, close: () => undefined };
  try {
    const input = new ReadStream(openSync("/dev/tty", "r"));
    return { input, close: () => void input.destroy() };
  } catch {
    return null;
  }
}
