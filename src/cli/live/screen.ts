import { type Message } from "../../texts/message.js";
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
import type { Key } from "../terminal/keys.js";
import type { TerminalStreams } from "../terminal/streams.js";
import { TerminalScreen } from "../terminal/terminal-screen.js";
import { pressed, settled, type Shown } from "./controls.js";
import { OpenedPage } from "./opened-page.js";

/** ms between two pictures. */
const INTERVAL = 500;

export interface LiveScreenOptions {
  /** By default true unless NO_COLOR is set. */
  readonly colour?: boolean;
  readonly presentation?: Presentation;
  /** Lines that the help tells beside the keys: where else all this is shown. */
  readonly notes?: () => readonly Message[];
}

/** The tunnels as last chosen and sorted, so that a key that only moves sorts nothing. */
interface Ordered {
  readonly snapshot: LiveSnapshot;
  readonly query: TunnelQuery;
  readonly tunnels: readonly LiveTunnel[];
}

/** The table of tunnels on a terminal: drawn twice a second, and with each key. Ask `whyNoTable()` first. */
export class LiveScreen {
  /** Fulfilled when the user ends the display, or the terminal is gone; the terminal is given back before. */
  readonly quit: Promise<void>;

  readonly #view: LiveView;
  readonly #paint: Paint;
  readonly #presentation: Presentation;
  readonly #screen: TerminalScreen;
  readonly #order = new TunnelOrder();
  readonly #page: OpenedPage;
  readonly #notes: () => readonly Message[];
  #ui: LiveUi = FIRST_UI;
  #snapshot: LiveSnapshot | null = null;
  #ordered: Ordered | null = null;
  #interval: NodeJS.Timeout | null = null;

  constructor(view: LiveView, streams: TerminalStreams, options: LiveScreenOptions = {}) {
    this.#view = view;
    this.#paint = paintFor(options.colour ?? !process.env["NO_COLOR"]);
    this.#presentation = options.presentation ?? PLAIN;
    this.#notes = options.notes ?? (() => []);
    this.#page = new OpenedPage(view, this.#paint, this.#presentation);
    const content = {
      picture: (): string[] | null => (this.#snapshot === null ? null : this.#picture(this.#snapshot)),
      press: (key: Key): boolean => this.#press(key),
      stopped: (): void => this.#stopped(),
    };
    this.#screen = new TerminalScreen(streams, content, this.#presentation.texts.language);
    this.quit = this.#screen.quit;
  }

  /** Takes the terminal over and draws. To be called once. */
  start(): void {
    this.#interval = setInterval(() => this.#tick(), INTERVAL);
    this.#screen.start();
    this.#tick();
  }

  /** Gives the terminal back as it was. */
  stop(): void {
    this.#screen.stop();
  }

  #stopped(): void {
    if (this.#interval !== null) clearInterval(this.#interval);
    this.#interval = null;
  }

  #tick(): void {
    // A snapshot costs time that is lost where no picture is made of it.
    if (!this.#screen.isBusy) {
      this.#snapshot = this.#view.snapshot();
      this.#page.age();
    }
    this.#screen.draw();
  }

  /** False where the key ends the display. */
  #press(key: Key): boolean {
    const next = pressed(this.#ui, key, this.#shown());
    if (next === null) return false;
    this.#ui = settled(next, { ...this.#shown(), tunnels: this.#tunnels(next.query) });
    return true;
  }

  #shown(): Shown {
    const { size } = this.#screen;
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

  #picture(snapshot: LiveSnapshot): string[] {
    const { size } = this.#screen;
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
