import { chineseTexts } from "../../../texts/chinese.js";
import type { PageData } from "../page-data.js";
import type { PageTunnel } from "../page-tunnel.js";
import { copyButton } from "./copy.js";
import { findingView } from "./findings.js";
import { h } from "./dom.js";
import { label, setLabels } from "./labels.js";
import { linkTargetIn } from "./link.js";
import { wirePrinting } from "./printing.js";
import { wireTheme } from "./theme.js";
import { timelineView } from "./timeline.js";
import { TunnelList } from "./tunnel-list.js";
import { TunnelView } from "./tunnel-view.js";

function start(data: PageData, main: HTMLElement): void {
  const list = data.tunnels.length > 1 ? new TunnelList(data) : null;
  const detail = h("div", { id: "detail" });
  main.append(
    ...data.findings
      .filter(({ severity }) => severity !== "info")
      .map((finding) => findingView(finding, data, null, new Set())),
    ...(list === null ? [] : [list.element]),
    detail,
    data.timeline === null ? "" : timelineView(data.timeline, data.zone),
    ...data.findings
      .filter(({ severity }) => severity === "info")
      .map((finding) => findingView(finding, data, null, new Set())),
  );
  // If there is nothing else to read, why that is so stands open.
  if (data.tunnels.length === 0) for (const finding of main.querySelectorAll("details")) finding.open = true;
  let shown: { readonly tunnel: PageTunnel; readonly view: TunnelView } | null = null;

  const show = (tunnel: PageTunnel): TunnelView => {
    if (shown?.tunnel === tunnel) return shown.view;
    const view = new TunnelView(tunnel, data);
    detail.replaceChildren(view.element);
    shown = { tunnel, view };
    list?.choose(tunnel.id);
    return view;
  };

  const follow = (): void => {
    const target = linkTargetIn(location.hash);
    const tunnel = data.tunnels.find(({ id }) => id === target?.tunnel);
    if (target === null || tunnel === undefined) return;
    const view = show(tunnel);
    if (target.frame !== null && view.ladder?.choose(target.frame) === true) return;
    view.heading.focus({ preventScroll: true });
    view.heading.scrollIntoView();
  };

  const [first] = data.tunnels;
  if (first !== undefined) show(first);
  // The diagram is drawn when its width is known; a link into it is followed then.
  requestAnimationFrame(() => requestAnimationFrame(follow));
  addEventListener("hashchange", follow);
  // The same link again leads to the same row again.
  detail.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement && target.hash === location.hash) follow();
  });
  wirePrinting(data, main, () => shown?.tunnel ?? null);
}

const holder = document.getElementById("data");
const main = document.getElementById("main");
const theme = document.getElementById("theme");
if (holder !== null && main !== null) {
  const data = JSON.parse(holder.textContent) as PageData;
  if (data.labels !== null) setLabels(chineseTexts(data.labels));
  theme?.before(
    copyButton(label`Copy for a ticket`, label`Copy the report as Markdown`, data.markdown.join("\n")),
  );
  if (theme instanceof HTMLButtonElement) wireTheme(theme);
  start(data, main);
}
