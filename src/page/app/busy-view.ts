import { progressLine } from "../../report/progress-line.js";
import { button, h } from "../../report/html/client/dom.js";
import type { Progress } from "../protocol.js";

/** How far the reading and judging have come, with a button that ends it. */
export class BusyView {
  readonly element: HTMLElement;
  readonly #bar = h("progress", { "aria-label": "Read so far" });
  readonly #text = h("p", { role: "status" });
  readonly #slow = h("p", { class: "quiet", hidden: true });
  readonly #began = performance.now();

  constructor(names: readonly string[], onStop: () => void) {
    this.#text.textContent = "Opening";
    this.#slow.textContent =
      "This browser gives no WebAssembly, or no memory for it: the result is the same, and it takes longer.";
    this.element = h(
      "section",
      { class: "busy", "aria-label": "Reading" },
      h("p", { class: "what" }, names.join(", ")),
      this.#bar,
      this.#text,
      this.#slow,
      button("Stop, and judge what was read", onStop, { class: "stop" }),
    );
  }

  show(progress: Progress): void {
    if (progress.stage === "judging") {
      this.#bar.removeAttribute("value");
      this.#text.textContent = `judging ${progress.tunnels} tunnel${progress.tunnels === 1 ? "" : "s"}`;
      return;
    }
    const { read, total, isSlow } = progress;
    this.#bar.max = Math.max(1, total);
    this.#bar.value = read;
    this.#slow.hidden = !isSlow;
    this.#text.textContent = progressLine(
      progress,
      Math.max(0.001, (performance.now() - this.#began) / 1000),
    );
  }
}
