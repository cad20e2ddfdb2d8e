import { h } from "../../report/html/client/dom.js";
import { label } from "../../report/html/client/labels.js";
import { wireTheme } from "../../report/html/client/theme.js";

/** Draws the bar on top of a page anew, with these tools, and its last line. A button that was pressed keeps the focus. */
export function drawTopBar(place: HTMLElement, tools: readonly HTMLElement[], foot: string): void {
  const pressed = document.activeElement?.getAttribute("data-tool") ?? null;
  const theme = h("button", { type: "button", id: "theme", "data-tool": "theme", hidden: true });
  wireTheme(theme);
  place.replaceChildren(
    h("a", { class: "skip", href: "#detail" }, label`Skip to the tunnel`),
    h("div", { class: "top-bar" }, h("h1", {}, "ikescope"), h("span", { class: "tools" }, ...tools, theme)),
  );
  place.querySelector<HTMLElement>(`[data-tool="${pressed ?? ""}"]`)?.focus();
  document.querySelector("footer > p")?.replaceChildren(foot);
  document.querySelector("footer > details > summary")?.replaceChildren(label`Licences`);
}
