import { type Clock, clockOf, UTC } from "../../bytes/clock.js";
import { h } from "../../report/html/client/dom.js";
import type { TimeSpan } from "../../report/html/traffic/data.js";
import { findingView } from "../../report/html/client/findings.js";
import { linkTargetIn } from "../../report/html/client/link.js";
import { timelineView } from "../../report/html/client/timeline.js";
import { TunnelList } from "../../report/html/client/tunnel-list.js";
import { TunnelView } from "../../report/html/client/tunnel-view.js";
import type { PageFinding } from "../../report/html/page-finding.js";
import { FILE_FORMS, type Result } from "../protocol.js";
import type { Engine } from "./engine.js";
import { headView } from "./head-view.js";
import { messageWithBytes } from "./message-bytes.js";
import { reasonOf } from "./reason.js";
import { savesView } from "./saves.js";
import { TrafficView } from "./traffic/traffic-view.js";

/** A judged capture: the answer, the tunnels, and the one that the address names. */
export class ResultView {
  readonly element: HTMLElement;
  readonly #result: Result;
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #list: TunnelList | null;
  readonly #detail = h("div", { id: "detail" });
  #shown: { readonly id: number; readonly view: Promise<TunnelView | null> } | null = null;

  /** The report, to be copied into a ticket. */
  get markdown(): string {
    return this.#result.markdown.join("\n");
  }

  constructor(result: Result, engine: Engine, zone: string) {
    this.#result = result;
    this.#engine = engine;
    this.#clock = clockOf(zone) ?? UTC;
    this.#list = result.tunnels.length > 1 ? new TunnelList(result) : null;
    this.element = h(
      "div",
      {},
      headView(result),
      savesView(FILE_FORMS, (form) => engine.ask({ about: "file", form })),
      ...this.#findings((severity) => severity !== "info"),
      this.#list === null ? null : this.#list.element,
      this.#detail,
      result.timeline === null ? null : timelineView(result.timeline, result.zone),
      ...this.#findings((severity) => severity === "info"),
    );
    // The reason stands open where there is nothing else to read.
    if (result.tunnels.length === 0) {
      for (const finding of this.element.querySelectorAll("details")) finding.open = true;
    }
    // The same link again leads to the same row again.
    this.#detail.addEventListener("click", ({ target }) => {
      if (target instanceof HTMLAnchorElement && target.hash === location.hash) void this.follow();
    });
  }

  /** Shows what the address names, the first tunnel where it names none of them; `goes` there, unless who reads is to stay. */
  async follow(goes = true): Promise<void> {
    const target = linkTargetIn(location.hash);
    const { tunnels } = this.#result;
    const named = tunnels.find(({ id }) => id === target?.tunnel);
    const tunnel = named ?? (this.#shown === null ? tunnels[0] : undefined);
    if (tunnel === undefined) return;
    const view = await this.#show(tunnel.id);
    if (named === undefined || view === null || target === null || !goes) return;
    if (target.frame !== null && view.ladder?.choose(target.frame) === true) return;
    view.heading.focus({ preventScroll: true });
    view.heading.scrollIntoView();
  }

  #show(id: number): Promise<TunnelView | null> {
    if (this.#shown?.id === id) return this.#shown.view;
    this.#list?.choose(id);
    const view = this.#open(id);
    this.#shown = { id, view };
    return view;
  }

  /** Null where another tunnel was asked for meanwhile, or the worker has no answer. */
  async #open(id: number): Promise<TunnelView | null> {
    try {
      const { tunnel, messages } = await this.#engine.ask({ about: "tunnel", id });
      if (this.#shown?.id !== id) return null;
      const view = new TunnelView(tunnel, { ...this.#result, messages }, (row, message) =>
        messageWithBytes(row, message, this.#result.severalFiles, (question) => this.#engine.ask(question)),
      );
      const ask = (span: TimeSpan | null) => this.#engine.ask({ about: "traffic", id, span });
      const closer = new TrafficView({ ask, follow: null }, this.#clock);
      view.element.querySelector(".streams")?.append(closer.element);
      this.#detail.replaceChildren(view.element);
      // The diagram is drawn when its width is known; a link into it is followed then.
      await twoFrames();
      return view;
    } catch (error) {
      this.#detail.replaceChildren(h("p", { class: "refused", role: "alert" }, reasonOf(error)));
      return null;
    }
  }

  #findings(wanted: (severity: string) => boolean): HTMLElement[] {
    return this.#result.findings
      .filter(({ severity }) => wanted(severity))
      .map((finding: PageFinding) =>
        findingView(finding, { ...this.#result, messages: [] }, null, new Set()),
      );
  }
}

function twoFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
