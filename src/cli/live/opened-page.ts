import type { LiveSnapshot } from "../../live/snapshot.js";
import type { LiveView } from "../../live/view.js";
import { judgementLines, tunnelHead } from "../../report/live/tunnel-page.js";
import type { Paint } from "../../report/paint.js";
import type { Presentation } from "../../report/presentation.js";

/** Pictures after which a tunnel is judged again: that costs more than the rest of a picture. */
const LASTS = 4;

interface Drawn {
  readonly id: number;
  readonly width: number;
  readonly lines: readonly string[];
}

/** The page of an opened tunnel. How it stands is always new; its findings and ladder are made anew every few pictures. */
export class OpenedPage {
  readonly #view: LiveView;
  readonly #paint: Paint;
  readonly #presentation: Presentation;
  #drawn: Drawn | null = null;
  #age = 0;

  constructor(view: LiveView, paint: Paint, presentation: Presentation) {
    this.#view = view;
    this.#paint = paint;
    this.#presentation = presentation;
  }

  /** Another snapshot was taken. */
  age(): void {
    this.#age++;
  }

  /** All lines of the page of a tunnel, most of them at most `width` columns wide. */
  lines({ tunnels, time }: LiveSnapshot, id: number, width: number): readonly string[] {
    const tunnel = tunnels.find((one) => one.id === id);
    if (tunnel === undefined) return [`Tunnel ${id} is not known any more; Esc goes back.`];
    if (this.#drawn?.id !== id || this.#drawn.width !== width || this.#age >= LASTS) {
      this.#age = 0;
      const lines = judgementLines(
        tunnel,
        this.#view.judgementOf(id),
        width,
        this.#paint,
        this.#presentation,
      );
      this.#drawn = { id, width, lines };
    }
    return [...tunnelHead(tunnel, time, width, this.#paint, this.#presentation), ...this.#drawn.lines];
  }
}
