import type { LiveSnapshot } from "../../live/snapshot.js";
import type { LiveTunnel } from "../../live/tunnel.js";
import type { LiveView } from "../../live/view.js";
import { pageFrame, pageRows, tableFrame, tableRows } from "../../report/live/frame.js";
import { helpLines } from "../../report/live/help.js";
import { TunnelOrder, type TunnelQuery } from "../../report/live/order.js";
import { paintedWidth } from "../../report/live/slice.js";
import { FIRST_UI, type LiveUi } from "../../report/live/ui.js";
import { type Paint, paintFor } from "../../report/paint.js";
import { PLAIN, type Presentation } from "../../report/presentation.js";
import { forTerminal } from "../outputs/charset.js";
import { pressed, settled, type Shown } from "./controls.js";
import { type Key, KeyParser } from "./keys.js";
import { changedLines } from "./changed-lines.js";
import { OpenedPage } from "./opened-page.js";
import type { TerminalStreams } from "./streams.js";
import { Terminal } from "./terminal.js";

/** ms between two pictures. */
const INTERVAL = 500;

export interface LiveScreenOptions {
  /** Where not given: unless NO_COLOR is set. */
  readonly colour?: boolean;
  readonly presentation?: Presentation;
  /** What the help tells beside the keys: where else all this is shown. */
  readonly notes?: () => readonly string[];
}

/** The tunnels as last chosen and sorted, so that a key that only moves sorts nothing. */
interface Ordered {
  readonly snapshot: LiveSnapshot;
  readonly query: TunnelQuery;
  readonly tunnels: readonly LiveTunnel[];
}

/**
 * The table of tunnels on a terminal: drawn twice a second, and with each key. Only lines that changed are written; while
 * the terminal takes nothing, pictures are left out. Ask `whyNoTable()` first.
 */
export class LiveScreen {
  /** Fulfilled when the user ends the display, or the terminal is gone; the terminal is given back before. */
  readonly quit: Promise<void>;

  readonly #view: LiveView;
  readonly #paint: Paint;
  readonly #presentation: Presentation;
  readonly #terminal: Terminal;
  readonly #keys = new KeyParser();
  readonly #order = new TunnelOrder();
  readonly #page: OpenedPage;
  readonly #notes: () => readonly string[];
  #ui: LiveUi = FIRST_UI;
  #snapshot: LiveSnapshot | null = null;
  #ordered: Ordered | null = null;
  #lines: readonly string[] = [];
  #isLate = false;
  #interval: NodeJS.Timeout | null = null;
  #keyTimer: NodeJS.Timeout | null = null;
  #onQuit: () => void = () => undefined;

  constructor(view: LiveView, streams: TerminalStreams, options: LiveScreenOptions = {}) {
    this.#view = view;
    this.#paint = paintFor(options.colour ?? !process.env["NO_COLOR"]);
    this.#presentation = options.presentation ?? PLAIN;
    this.#notes = options.notes ?? (() => []);
    this.#page = new OpenedPage(view, this.#paint, this.#presentation);
    this.quit = new Promise((resolve) => (this.#onQuit = resolve));
    this.#terminal = new Terminal(streams, {
      text: (text) => this.#heard(this.#keys.feed(text)),
      changed: () => this.#redraw(),
      idle: () => {
        if (this.#isLate) this.#draw();
      },
      gone: () => this.#end(),
    });
  }

  /** Takes the terminal over and draws. To be called once. */
  start(): void {
    this.#interval = setInterval(() => this.#tick(), INTERVAL);
    this.#terminal.enter();
    this.#tick();
  }

  /** Gives the terminal back as it was. */
  stop(): void {
    if (this.#interval !== null) clearInterval(this.#interval);
    if (this.#keyTimer !== null) clearTimeout(this.#keyTimer);
    [this.#interval, this.#keyTimer] = [null, null];
    this.#terminal.leave();
  }

  #end(): void {
    this.stop();
    this.#onQuit();
  }

  #tick(): void {
    if (this.#terminal.isBusy) {
      this.#isLate = true;
      return;
    }
    this.#snapshot = this.#view.snapshot();
    this.#page.age();
    this.#draw();
  }

  #redraw(): void {
    this.#lines = [];
    this.#draw();
  }

  #heard(keys: readonly Key[]): void {
    if (this.#keyTimer !== null) clearTimeout(this.#keyTimer);
    this.#keyTimer = null;
    for (const key of keys) {
      if (!this.#press(key)) return;
    }
    const { patience } = this.#keys;
    if (patience !== null) this.#keyTimer = setTimeout(() => this.#heard(this.#keys.flush()), patience);
    if (keys.length > 0) this.#draw();
  }

  /** False where the key ends the display. */
  #press(key: Key): boolean {
    if (key.kind === "suspend") this.#terminal.suspend();
    else if (key.kind === "redraw") this.#lines = [];
    else {
      const next = pressed(this.#ui, key, this.#shown());
      if (next === null) {
        this.#end();
        return false;
      }
      this.#ui = settled(next, { ...this.#shown(), tunnels: this.#tunnels(next.query) });
    }
    return true;
  }

  #shown(): Shown {
    const { size } = this.#terminal;
    return {
      tunnels: this.#tunnels(this.#ui.query),
      rows: this.#snapshot === null ? 1 : tableRows(this.#snapshot, size),
      pageRows: pageRows(size),
    };
  }

  #tunnels(query: TunnelQuery): readonly LiveTunnel[] {
    const snapshot = this.#snapshot;
    if (snapshot === null) return [];
    if (this.#ordered?.snapshot !== snapshot || this.#ordered.query !== query) {
      this.#ordered = { snapshot, query, tunnels: this.#order.order(snapshot.tunnels, query) };
    }
    return this.#ordered.tunnels;
  }

  #draw(): void {
    if (this.#terminal.isBusy) {
      this.#isLate = true;
      return;
    }
    this.#isLate = false;
    if (this.#snapshot === null) return;
    const lines = this.#picture(this.#snapshot);
    const text = changedLines(this.#lines, lines, this.#terminal.size.columns);
    this.#lines = lines;
    if (text !== "") this.#terminal.write(forTerminal(text, this.#presentation.texts.language));
  }

  #picture(snapshot: LiveSnapshot): string[] {
    const { size } = this.#terminal;
    const shown = this.#shown();
    this.#ui = settled(this.#ui, shown);
    const { help, opened } = this.#ui;
    if (help !== null) {
      const lines = helpLines(size.columns, this.#paint, this.#presentation.texts, this.#notes());
      const top = Math.max(0, Math.min(help, lines.length - shown.pageRows));
      this.#ui = { ...this.#ui, help: top };
      return pageFrame(lines, { top, left: 0 }, size, this.#paint, this.#presentation.texts);
    }
    if (opened === null) {
      return tableFrame(snapshot, shown.tunnels, this.#ui, size, this.#paint, this.#presentation);
    }
    const lines = this.#page.lines(snapshot, opened.id, size.columns);
    const widest = opened.left === 0 ? 0 : Math.max(...lines.map(paintedWidth));
    const at = {
      id: opened.id,
      top: Math.max(0, Math.min(opened.top, lines.length - shown.pageRows)),
      left: Math.max(0, Math.min(opened.left, widest - size.columns)),
    };
    this.#ui = { ...this.#ui, opened: at };
    return pageFrame(lines, at, size, this.#paint, this.#presentation.texts);
  }
}
