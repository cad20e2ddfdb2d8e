import type { PageMoment, PageTimeline } from "../page-timeline.js";
import { button, h } from "./dom.js";
import { label } from "./labels.js";
import { linkTo } from "./link.js";

const KINDS: readonly (readonly [PageMoment["about"], () => string])[] = [
  ["ike", () => label`IKE messages`],
  ["esp", () => "ESP"],
  ["log", () => label`log lines`],
  ["kernel", () => label`kernel events`],
];

/** Frames, lines of logs and events of the kernel on one line of time, folded until it is asked for. */
export function timelineView({ clocks, rows, before, after }: PageTimeline, zone: string): HTMLElement {
  const list = h("ol", { class: "moments" });
  const hidden = new Set<string>();
  const chips = KINDS.flatMap(([about, name]) => {
    const count = rows.filter((row) => row.about === about).length;
    if (count === 0) return [];
    const chip = button(
      `${name()} ${count}`,
      () => {
        if (!hidden.delete(about)) hidden.add(about);
        chip.setAttribute("aria-pressed", String(!hidden.has(about)));
        list.dataset["hides"] = [...hidden].join(" ");
      },
      { class: "chip", "data-about": about, "aria-pressed": "true" },
    );
    return [chip];
  });
  const view = h(
    "details",
    { class: "timeline", id: "timeline" },
    h("summary", {}, label`Timeline: capture and hosts, ${rows.length + before + after} entries (${zone})`),
    ...clocks.map((clock) => h("p", { class: "quiet" }, clock)),
    h("div", { class: "filters" }, h("div", { class: "chips" }, ...chips)),
    leftOut(before, (command) => label`${before} entries before these: ${command} shows all.`),
    h("div", { class: "frame", tabindex: 0, role: "region", "aria-label": label`Timeline` }, list),
    leftOut(after, (command) => label`${after} entries after these: ${command} shows all.`),
  );
  // Thousands of rows are made when they are looked at.
  view.addEventListener("toggle", () => list.append(...rows.map(rowView)), { once: true });
  return view;
}

function rowView({ about, time, place, tunnel, frame, text }: PageMoment): HTMLElement {
  const where = tunnel === null || frame === null ? place : h("a", { href: linkTo(tunnel, frame) }, place);
  return h(
    "li",
    { "data-about": about },
    h("span", { class: "time" }, time === "" ? label`time unknown` : time),
    h("span", { class: "place" }, where),
    h("span", { class: "said" }, text),
  );
}

const COMMAND = "ikescope timeline";

/** Entries that the page has no room for, and the command that shows them. */
function leftOut(count: number, text: (command: string) => string): HTMLElement | null {
  if (count === 0) return null;
  const [before = "", after = ""] = text(COMMAND).split(COMMAND);
  return h("p", { class: "quiet" }, before, h("code", {}, COMMAND), after);
}
