import { humanBytes } from "../../bytes/size.js";
import { button, h } from "../../report/html/client/dom.js";
import { label } from "../../report/html/client/labels.js";
import type { Progress } from "../protocol.js";

/** How far the reading and judging have come, with a button that ends it. */
export class BusyView {
  readonly element: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #text: HTMLElement;
  readonly #slow: HTMLElement;
  readonly #began = performance.now();
  #last: Progress | null = null;

  constructor(
    private readonly names: readonly string[],
    private readonly onStop: () => void,
  ) {
    this.element = h("section", { class: "busy" });
    [this.#bar, this.#text, this.#slow] = [
      h("progress"),
      h("p", { role: "status" }),
      h("p", { class: "quiet" }),
    ];
    this.relabel();
  }

  /** Says the same in the language that labels have now. */
  relabel(): void {
    this.element.setAttribute("aria-label", label`Reading`);
    this.#bar.setAttribute("aria-label", label`Read so far`);
    this.#slow.textContent = label`This browser gives no WebAssembly, or no memory for it: the result is the same, and it takes longer.`;
    this.element.replaceChildren(
      h("p", { class: "what" }, this.names.join(", ")),
      this.#bar,
      this.#text,
      this.#slow,
      button(label`Stop, and judge what was read`, this.onStop, { class: "stop" }),
    );
    this.#draw();
  }

  show(progress: Progress): void {
    this.#last = progress;
    this.#draw();
  }

  #draw(): void {
    const progress = this.#last;
    this.#slow.hidden = progress?.stage !== "reading" || !progress.isSlow;
    if (progress === null) {
      this.#text.textContent = label`Opening`;
      return;
    }
    if (progress.stage === "judging") {
      this.#bar.removeAttribute("value");
      this.#text.textContent = label`judging ${progress.tunnels} tunnel${progress.tunnels === 1 ? "" : "s"}`;
      return;
    }
    this.#bar.max = Math.max(1, progress.total);
    this.#bar.value = progress.read;
    const seconds = Math.max(0.001, (performance.now() - this.#began) / 1000);
    this.#text.textContent = readingText(progress, seconds);
  }
}

/** "read 12 MB of 1.4 GB (0 %), 300 MB/s, 5 s left to read". */
function readingText(
  { read, total }: { readonly read: number; readonly total: number },
  seconds: number,
): string {
  const rate = read / seconds;
  const speed = `${humanBytes(rate)}/s`;
  if (read >= total) return label`read ${humanBytes(total)}, ${speed}, not judged yet`;
  const share = Math.min(99, Math.floor((100 * read) / total));
  const said = label`read ${humanBytes(read)} of ${humanBytes(total)} (${share} %), ${speed}`;
  return rate > 0 ? label`${said}, ${Math.ceil((total - read) / rate)} s left to read` : said;
}
