import type { PageContext } from "../page-data.js";
import type { PageTunnel } from "../page-tunnel.js";
import type { PageArrow, PageMessage } from "../page-ladder.js";
import { button, h } from "./dom.js";
import { findingView } from "./findings.js";
import { LadderView } from "./ladder-view.js";
import { messageView } from "./message-view.js";
import { streamsView } from "./streams.js";
import { label, word } from "./labels.js";

/** Draws the message of a row. */
type MessageDrawer = (row: PageArrow, message: PageMessage | null) => HTMLElement;

/** One tunnel with all that the page knows of it. */
export class TunnelView {
  readonly element: HTMLElement;
  readonly ladder: LadderView | null;
  readonly heading: HTMLElement;
  readonly #data: PageContext;
  readonly #panel = h("aside", { class: "panel", "aria-label": label`Decoded message` });

  readonly #draw: MessageDrawer;

  constructor(tunnel: PageTunnel, data: PageContext, draw: MessageDrawer = messageView) {
    this.#data = data;
    this.#draw = draw;
    this.heading = h(
      "h2",
      { tabindex: -1 },
      `${label`Tunnel ${tunnel.id}`}: ${tunnel.peers} `,
      h("span", { class: "badge", "data-status": tunnel.status }, statusText(tunnel)),
    );
    this.ladder =
      tunnel.ladder === null
        ? null
        : new LadderView(tunnel.ladder, `tunnel-${tunnel.id}`, (row) => this.#show(row));
    this.#clear();
    this.element = h(
      "section",
      { class: "tunnel", "aria-label": label`Tunnel ${tunnel.id}` },
      this.heading,
      data.tunnels.length > 1
        ? h("p", { class: "back quiet" }, h("a", { href: "#list" }, label`Back to the list`))
        : null,
      // With one tunnel the page's own headline says it already.
      data.tunnels.length > 1 && tunnel.headline !== null ? h("p", { class: "what" }, tunnel.headline) : null,
      h("ul", { class: "facts" }, ...tunnel.facts.map((fact) => h("li", {}, fact))),
      ...this.#findings(tunnel, (severity) => severity !== "info"),
      this.#diagram(tunnel),
      streamsView(tunnel, data.zone),
      ...this.#findings(tunnel, (severity) => severity === "info"),
    );
  }

  #findings(tunnel: PageTunnel, wanted: (severity: string) => boolean): HTMLElement[] {
    const drawn = new Set(
      (tunnel.ladder?.rows ?? []).flatMap((row) => (row.kind === "omitted" ? [] : row.frames)),
    );
    return tunnel.findings
      .filter(({ severity }) => wanted(severity))
      .map((finding) => findingView(finding, this.#data, tunnel.id, drawn));
  }

  #diagram(tunnel: PageTunnel): HTMLElement {
    if (this.ladder !== null) {
      const exchanges = h("div", { class: "exchanges" }, this.ladder.element, this.#panel);
      exchanges.addEventListener("keydown", ({ key }) => {
        if (key === "Escape") this.#close();
      });
      return exchanges;
    }
    return h(
      "p",
      { class: "quiet" },
      label`This page had no room for the exchanges of every tunnel. To see these: `,
      h("code", {}, `ikescope ladder --tunnel ${tunnel.id} CAPTURE`),
    );
  }

  #show(row: PageArrow): void {
    const message = row.message === null ? null : (this.#data.messages[row.message] ?? null);
    this.#panel.classList.add("open");
    this.#panel.replaceChildren(
      button(label`Close`, () => this.#close(), { class: "close" }),
      this.#draw(row, message),
    );
    this.#panel.scrollTop = 0;
  }

  /** Whoever closes the message goes on in the diagram. */
  #close(): void {
    this.#clear();
    this.ladder?.focus();
  }

  #clear(): void {
    this.#panel.classList.remove("open");
    this.#panel.replaceChildren(
      h("p", { class: "quiet" }, label`Choose a row of the diagram to see the message decoded.`),
    );
  }
}

/** "failing in IKE_AUTH". */
function statusText({ status, phase }: PageTunnel): string {
  const name = word(status.replaceAll("-", " "));
  return phase === null ? name : label`${name} in ${phase}`;
}
