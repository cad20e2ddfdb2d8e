import type { PageData } from "../page-data.js";
import type { PageTunnel } from "../page-tunnel.js";
import { h } from "./dom.js";
import { TunnelView } from "./tunnel-view.js";
import { label } from "./labels.js";

/** Tunnels that are printed whole: the one on the page, and the worst of the others up to so many. */
const TUNNELS = 10;
/** Width of a printed diagram, CSS pixels: A4 and Letter between their margins. */
const PAPER = 680;

/**
 * On paper nothing can be opened: every tunnel that fails or is degraded is printed, with all its details open. Commands of
 * every product are for the screen; those that are open there are printed.
 */
export function wirePrinting(data: PageData, main: HTMLElement, shown: () => PageTunnel | null): void {
  const extra = h("div", { class: "paper" });
  addEventListener("beforeprint", () => {
    const others = data.tunnels.filter(
      (tunnel) => tunnel !== shown() && ["failing", "suspected", "degraded"].includes(tunnel.status),
    );
    const views = others.slice(0, TUNNELS - 1).map((tunnel) => new TunnelView(tunnel, data));
    for (const { ladder } of views) ladder?.drawFor(PAPER);
    const left = others.length - views.length;
    extra.replaceChildren(
      ...views.map(({ element }) => element),
      ...(left > 0
        ? [h("p", {}, label`${left} more tunnels that fail or are degraded are not printed.`)]
        : []),
    );
    main.append(extra);
  });
  addEventListener("afterprint", () => extra.remove());
  wireDetailsForPrint(main);
}

/** Opens all that is folded up while the page is printed, commands by product and what would have to be read first excepted. */
export function wireDetailsForPrint(main: HTMLElement): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = [...main.querySelectorAll<HTMLDetailsElement>("details:not([open], .procedures, .traffic)")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
}
