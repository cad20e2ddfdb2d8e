import type { FrameRef } from "../../bytes/frame.js";
import { printable } from "../../bytes/text.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import type { JoinedHost } from "../../joint/joined.js";
import { facetCounts, facetLines } from "../../report/browse/facets.js";
import { filterPage } from "../../report/browse/filter-page.js";
import { browseHelp } from "../../report/browse/keys.js";
import { messagePage } from "../../report/browse/message-page.js";
import { type PageLine, plainLines } from "../../report/browse/page-line.js";
import { tunnelPage } from "../../report/browse/tunnel-page.js";
import type { TunnelRow } from "../../report/browse/tunnel-row.js";
import type { BrowseUi, Page } from "../../report/browse/ui.js";
import type { Paint } from "../../report/paint.js";
import type { Presentation } from "../../report/presentation.js";
import { wrap } from "../../report/wrap.js";
import type { LoadedMessages } from "./loaded-messages.js";

/** The judgement that pages show, and how they show it. */
export interface PageSource {
  readonly judgement: Judgement;
  /** The hosts whose own lines the ladders have. */
  readonly hosts: readonly JoinedHost[];
  readonly tunnels: ReadonlyMap<number, JudgedTunnel>;
  /** All tunnels, whatever the table is narrowed by. */
  readonly rows: readonly TunnelRow[];
  readonly messages: LoadedMessages;
  readonly paint: Paint;
  readonly presentation: Presentation;
}

/** Lines of a page, and for which page and width they were made. */
interface Made {
  readonly page: Page;
  readonly width: number;
  /** Beside them the filter of the table or the loaded messages, where the page shows those. */
  readonly of: unknown;
  readonly lines: readonly PageLine[];
}

/** The lines of the pages that are open: made when a page is opened, and again only where it would show something else. */
export class BrowsePages {
  readonly #source: PageSource;
  /** One for each open page, the lowest first. */
  #made: readonly Made[] = [];

  constructor(source: PageSource) {
    this.#source = source;
  }

  /** The lines of all open pages at a width in columns, those of the lowest page first. */
  linesOf(ui: BrowseUi, width: number): (readonly PageLine[])[] {
    this.#made = ui.pages.map(({ page }, index) => {
      const of = this.#madeOf(page, ui);
      const made = this.#made[index];
      if (made?.page === page && made.width === width && made.of === of) return made;
      return { page, width, of, lines: this.#linesOfPage(page, ui, width) };
    });
    return this.#made.map(({ lines }) => lines);
  }

  #madeOf(page: Page, ui: BrowseUi): unknown {
    if (page.kind === "facets") return ui.query;
    return page.kind === "message" ? this.#source.messages.of(page.frames) : null;
  }

  #linesOfPage(page: Page, ui: BrowseUi, width: number): readonly PageLine[] {
    const { judgement, hosts, paint, presentation, rows, tunnels } = this.#source;
    const { texts } = presentation;
    switch (page.kind) {
      case "help":
        return browseHelp(width, paint, texts);
      case "filter":
        return filterPage(page.about, page.text, width, paint, texts);
      case "facets":
        return facetLines(facetCounts(rows, ui.query.text), paint, texts);
      case "tunnel": {
        const judged = tunnels.get(page.id);
        return judged === undefined ? [] : tunnelPage(judged, judgement, width, paint, presentation, hosts);
      }
      case "message":
        return this.#linesOfMessage(page.frames, width);
    }
  }

  #linesOfMessage(frames: readonly FrameRef[], width: number): readonly PageLine[] {
    const { messages, paint, presentation } = this.#source;
    const loaded = messages.of(frames);
    switch (loaded.kind) {
      case "loaded":
        return messagePage(loaded.messages, paint);
      case "failed":
        return plainLines(wrap(printable(presentation.texts.of(loaded.reason)), width));
      case "loading":
        return plainLines([presentation.texts.of("The capture is read again for this message ...")]);
    }
  }
}
