import type { Language } from "../../texts/texts.js";
import { forTerminal } from "../outputs/charset.js";
import { type Key, KeyParser } from "./keys.js";
import type { TerminalStreams } from "./streams.js";
import { Terminal } from "./terminal.js";
import { paintedWidth } from "../../report/live/slice.js";

/** The content of a screen, and the effect of keys on it. */
export interface ScreenContent {
  /** All lines to be seen, none wider than the terminal; null while there is nothing to show. */
  readonly picture: () => readonly string[] | null;
  /** Takes a key; false ends the display. Ctrl-Z and Ctrl-L are not passed on: they do the same on every screen. */
  readonly press: (key: Key) => boolean;
  /** Called when the terminal was given back for good; more than once does no harm. */
  readonly stopped: () => void;
}

/**
 * Pictures and keys on a terminal: only lines that changed are written; while the terminal takes nothing, pictures are left
 * out, and the newest is drawn when it takes more. Ask `whyNoTable()` first.
 */
export class TerminalScreen {
  /** Fulfilled when the user ends the display, or the terminal is gone; the terminal is given back before. */
  readonly quit: Promise<void>;

  readonly #content: ScreenContent;
  readonly #language: Language;
  readonly #terminal: Terminal;
  readonly #keys = new KeyParser();
  /** The lines that the terminal shows; none where everything is to be drawn. */
  #lines: readonly string[] = [];
  #isLate = false;
  #keyTimer: NodeJS.Timeout | null = null;
  #onQuit: () => void = () => undefined;

  constructor(streams: TerminalStreams, content: ScreenContent, language: Language) {
    this.#content = content;
    this.#language = language;
    this.quit = new Promise((resolve) => (this.#onQuit = resolve));
    this.#terminal = new Terminal(streams, {
      text: (text) => this.#heard(this.#keys.feed(text)),
      changed: () => {
        this.#lines = [];
        this.draw();
      },
      idle: () => {
        if (this.#isLate) this.draw();
      },
      gone: () => this.#end(),
    });
  }

  /** Characters of a line, and lines. */
  get size(): { readonly columns: number; readonly rows: number } {
    return this.#terminal.size;
  }

  /** An earlier picture has not gone out yet: a new one will not be written now. */
  get isBusy(): boolean {
    return this.#terminal.isBusy;
  }

  /** Takes the terminal over and draws. To be called once. */
  start(): void {
    this.#terminal.enter();
    this.draw();
  }

  /** Gives the terminal back as it was. */
  stop(): void {
    if (this.#keyTimer !== null) clearTimeout(this.#keyTimer);
    this.#keyTimer = null;
    this.#terminal.leave();
    this.#content.stopped();
  }

  /** Asks the content for a picture and writes what is new in it; later where the terminal is busy. */
  draw(): void {
    this.#isLate = this.#terminal.isBusy;
    if (this.#isLate) return;
    const lines = this.#content.picture();
    if (lines === null) return;
    const text = changedLines(this.#lines, lines, this.#terminal.size.columns);
    this.#lines = lines;
    if (text !== "") this.#terminal.write(forTerminal(text, this.#language));
  }

  /** Writes a control sequence that shows nothing. */
  control(sequence: string): void {
    this.#terminal.write(sequence);
  }

  #end(): void {
    this.stop();
    this.#onQuit();
  }

  #heard(keys: readonly Key[]): void {
    if (this.#keyTimer !== null) clearTimeout(this.#keyTimer);
    this.#keyTimer = null;
    for (const key of keys) {
      if (key.kind === "suspend") this.#terminal.suspend();
      else if (key.kind === "redraw") this.#lines = [];
      else if (!this.#content.press(key)) {
        this.#end();
        return;
      }
    }
    const { patience } = this.#keys;
    if (patience !== null) this.#keyTimer = setTimeout(() => this.#heard(this.#keys.flush()), patience);
    if (keys.length > 0) this.draw();
  }
}

/**
 * What to write so that a screen that shows `before` shows `now`: the lines that differ, each at its place. With nothing
 * before, the whole screen is cleared. Lines are at most `columns` wide.
 */
function changedLines(before: readonly string[], now: readonly string[], columns: number): string {
  const parts: string[] = before.length === now.length ? [] : ["\u001b[0m\u001b[2J"];
  for (const [row, line] of now.entries()) {
    if (before.length === now.length && before[row] === line) continue;
    // After a line that fills the screen the cursor stands on its last character: that one must not be erased.
    const rest = paintedWidth(line) < columns ? "\u001b[K" : "";
    parts.push(`\u001b[${row + 1};1H${line}${rest}`);
  }
  return parts.join("");
}
