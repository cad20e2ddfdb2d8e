import { Buffer } from "node:buffer";
import { type FrameRef, frameCapture } from "../../bytes/frame.js";
import type { JoinedHost } from "../../joint/joined.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { framesFilter, tunnelFilter } from "../../report/browse/display-filter.js";
import {
  browsePage,
  browsePageRows,
  browsePageWidth,
  browseTable,
  browseTableRows,
  type BrowsedTunnels,
} from "../../report/browse/frame.js";
import { orderedRows, type RowQuery } from "../../report/browse/order.js";
import { type TunnelRow, tunnelRow } from "../../report/browse/tunnel-row.js";
import { type BrowseUi, firstUi, opened, topPage } from "../../report/browse/ui.js";
import { type Paint, paintFor } from "../../report/paint.js";
import { PLAIN, type Presentation } from "../../report/presentation.js";
import { presentedHeadline } from "../../report/presented-judgement.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { errorMessage } from "../exit.js";
import type { Key } from "../terminal/keys.js";
import type { TerminalStreams } from "../terminal/streams.js";
import { TerminalScreen } from "../terminal/terminal-screen.js";
import type { CaptureWork } from "./captures.js";
import { type BrowseAction, pressedIn } from "./controls.js";
import { LoadedMessages } from "./loaded-messages.js";
import { BrowsePages } from "./pages.js";
import { type BrowseShown, settledIn } from "./shown.js";

/** ms between two pictures while something is read in the background. */
const WORK_INTERVAL = 250;

export interface BrowseScreenOptions {
  /** By default true unless NO_COLOR is set. */
  readonly colour?: boolean;
  readonly presentation?: Presentation;
  /** The filter of the table at first. */
  readonly filter?: string;
}

/** A judgement, and why the captures were not read to their end. */
export interface Browsed {
  readonly judgement: Judgement;
  readonly hosts?: readonly JoinedHost[];
  readonly fault: Message | null;
}

/**
 * The tunnels of a judgement on a terminal. Lines are made when a page is opened and formatted where they are seen.
 * Ask `whyNoTable()` first.
 */
export class BrowseScreen {
  /** Fulfilled when the user ends the display, or the terminal is gone; the terminal is given back before. */
  readonly quit: Promise<void>;
  /** Files of evidence that were written. */
  readonly written: string[] = [];

  readonly #judgement: Judgement;
  readonly #browsed: BrowsedTunnels;
  readonly #tunnels: ReadonlyMap<number, JudgedTunnel>;
  readonly #work: CaptureWork;
  readonly #messages: LoadedMessages;
  readonly #pages: BrowsePages;
  readonly #paint: Paint;
  readonly #presentation: Presentation;
  readonly #screen: TerminalScreen;
  #ui: BrowseUi;
  #ordered: { readonly query: RowQuery; readonly rows: readonly TunnelRow[] } | null = null;
  #isWriting = false;
  #lastFilter: string | null = null;
  #workTimer: NodeJS.Timeout | null = null;

  constructor(
    { judgement, hosts = [], fault }: Browsed,
    work: CaptureWork,
    streams: TerminalStreams,
    options: BrowseScreenOptions = {},
  ) {
    this.#judgement = judgement;
    this.#presentation = options.presentation ?? PLAIN;
    this.#tunnels = new Map(judgement.tunnels.map((judged) => [judged.tunnel.id, judged]));
    this.#browsed = {
      head: { ...judgement, headline: presentedHeadline(judgement, this.#presentation) },
      fault,
      rows: judgement.tunnels.map((judged) =>
        tunnelRow(judged, this.#presentation.names, this.#presentation.texts),
      ),
    };
    this.#work = work;
    this.#messages = new LoadedMessages(work, () => this.#workChanged());
    this.#paint = paintFor(options.colour ?? !process.env["NO_COLOR"]);
    this.#pages = new BrowsePages({
      judgement,
      hosts,
      tunnels: this.#tunnels,
      rows: this.#browsed.rows,
      messages: this.#messages,
      paint: this.#paint,
      presentation: this.#presentation,
    });
    this.#ui = firstUi(options.filter);
    const content = {
      picture: (): string[] => this.#picture(),
      press: (key: Key): boolean => this.#press(key),
      stopped: (): void => this.#stopped(),
    };
    this.#screen = new TerminalScreen(streams, content, this.#presentation.texts.language);
    this.quit = this.#screen.quit;
  }

  /** The display filter that was shown last; null where none was. */
  get lastFilter(): string | null {
    return this.#lastFilter;
  }

  /** Something is read or written in the background. */
  get isWorking(): boolean {
    return this.#isWriting || this.#messages.isLoading;
  }

  /** Takes the terminal over and draws. To be called once. */
  start(): void {
    this.#screen.start();
  }

  /** Gives the terminal back as it was. */
  stop(): void {
    this.#screen.stop();
  }

  #stopped(): void {
    if (this.#workTimer !== null) clearInterval(this.#workTimer);
    this.#workTimer = null;
    this.#messages.cancel();
  }

  /** False where the key ends the display. */
  #press(key: Key): boolean {
    const { ui, action } = pressedIn(this.#ui, key, this.#shown());
    this.#ui = ui;
    if (action?.kind === "quit") return false;
    if (action !== null) this.#do(action);
    this.#ui = settledIn(this.#ui, this.#shown());
    return true;
  }

  #do(action: Exclude<BrowseAction, { readonly kind: "quit" }>): void {
    switch (action.kind) {
      case "show-filter":
        this.#showFilter(action.tunnel, action.frames);
        break;
      case "write-evidence":
        void this.#writeEvidence(action.tunnel);
        break;
    }
  }

  /** Shows a display filter, and asks the terminal to copy it (OSC 52); not all terminals do. */
  #showFilter(id: number, frames: readonly FrameRef[] | null): void {
    const judged = this.#tunnels.get(id);
    if (judged === undefined) return;
    const text = frames === null ? tunnelFilter(judged.tunnel) : framesFilter(frames);
    const file = this.#judgement.files[frameCapture(frames?.[0] ?? 0)]?.file ?? "";
    const about =
      frames === null
        ? say`all packets of tunnel ${id}`
        : this.#judgement.files.length > 1
          ? say`this message in ${verbatim(file)}`
          : "this message";
    this.#ui = { ...this.#ui, pages: [...this.#ui.pages, opened({ kind: "filter", about, text })] };
    this.#lastFilter = text;
    this.#screen.control(`\u001b]52;c;${Buffer.from(text).toString("base64")}\u0007`);
  }

  async #writeEvidence(id: number): Promise<void> {
    const judged = this.#tunnels.get(id);
    if (judged === undefined) return;
    if (this.isWorking) {
      this.#ui = { ...this.#ui, notice: "The capture is being read already; wait for it." };
      return;
    }
    this.#isWriting = true;
    this.#workChanged();
    let notice: Message;
    try {
      const file = await this.#work.writeEvidence(judged);
      this.written.push(file);
      notice = say`The evidence of tunnel ${id} is in ${verbatim(file)}`;
    } catch (error) {
      notice = say`No evidence was written: ${errorMessage(error)}`;
    }
    this.#isWriting = false;
    this.#ui = { ...this.#ui, notice };
    this.#workChanged();
  }

  /** Something in the background began, or ended: while it goes on its progress is shown. */
  #workChanged(): void {
    if (this.isWorking) this.#workTimer ??= setInterval(() => this.#screen.draw(), WORK_INTERVAL);
    else if (this.#workTimer !== null) {
      clearInterval(this.#workTimer);
      this.#workTimer = null;
    }
    this.#screen.draw();
  }

  #shown(): BrowseShown {
    const { size } = this.#screen;
    const lines = this.#pages.linesOf(this.#ui, browsePageWidth(size));
    return {
      rows: this.#rows(),
      tableRows: browseTableRows(this.#browsed, size),
      pageRows: browsePageRows(size),
      lines: lines.at(-1) ?? [],
      linesBelow: lines.at(-2) ?? [],
    };
  }

  #rows(): readonly TunnelRow[] {
    const { query } = this.#ui;
    if (this.#ordered?.query !== query) {
      this.#ordered = { query, rows: orderedRows(this.#browsed.rows, query) };
    }
    return this.#ordered.rows;
  }

  /** Has the messages around the one that is opened read, those of its tunnel before and after it, too. */
  #load({ linesBelow }: BrowseShown): void {
    const open = topPage(this.#ui);
    if (open?.page.kind !== "message" || this.#isWriting) return;
    this.#messages.load(open.page.frames, linesBelow, this.#ui.pages.at(-2)?.line ?? 0);
  }

  #picture(): string[] {
    const before = this.#shown();
    this.#ui = settledIn(this.#ui, before);
    this.#load(before);
    const { size } = this.#screen;
    const { lines, rows } = this.#shown();
    const notice = this.#ui.notice ?? (this.isWorking ? progressText(this.#work) : null);
    const ui = { ...this.#ui, notice };
    const open = topPage(ui);
    return open === null
      ? browseTable(this.#browsed, rows, ui, size, this.#paint, this.#presentation)
      : browsePage(lines, open, ui, size, this.#paint, this.#presentation.texts);
  }
}

/** "Reading the capture again: 34 %". */
function progressText({ meter: { read, total } }: CaptureWork): Message {
  if (total === null || total === 0) return "Reading the capture again";
  return say`Reading the capture again: ${Math.min(99, Math.floor((100 * read) / total))} %`;
}
