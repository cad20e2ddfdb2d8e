import { type Clock, clockOf, UTC } from "../../bytes/clock.js";
import { copyButton } from "../../report/html/client/copy.js";
import { h, button } from "../../report/html/client/dom.js";
import { label } from "../../report/html/client/labels.js";
import { linkTargetIn } from "../../report/html/client/link.js";
import { wireDetailsForPrint } from "../../report/html/client/printing.js";
import { TunnelView } from "../../report/html/client/tunnel-view.js";
import {
  LIVE_TABLE_FILES,
  LIVE_TUNNEL_FILES,
  type LiveChangeMessage,
  type LiveSnapshotMessage,
  type LiveTunnelMessage,
} from "../../report/html/live/data.js";
import type { LiveTrafficMessage } from "../../report/html/live/traffic.js";
import { liveFootText } from "../app/foot.js";
import { wireJumps } from "../app/jumps.js";
import { languageButton, rememberLanguage, speak, wantedLanguage } from "../app/look.js";
import { messageWithBytes } from "../app/message-bytes.js";
import { reasonOf } from "../app/reason.js";
import { savesView } from "../app/saves.js";
import { drawTopBar } from "../app/top-bar.js";
import { TrafficView } from "../app/traffic/traffic-view.js";
import { headView } from "./head.js";
import { LiveList } from "./list.js";
import { LiveServer } from "./server.js";
import { LiveTraffic } from "./traffic.js";
import { LiveTunnels } from "./tunnels.js";

/** Fills the page, and keeps it as the server says. */
export function startLive(parent: HTMLElement): void {
  new LiveApp(parent).start();
}

/** The page of a running `ikescope live`: its tunnels as they stand, and the one that the address names as it is judged. */
class LiveApp {
  readonly #top = h("div");
  readonly #head = h("header", { class: "top" });
  readonly #list = h("div");
  readonly #detail = h("div", { id: "detail" });
  readonly #lost = h("p", { class: "refused", role: "alert", hidden: true });
  readonly #tunnels = new LiveTunnels();
  readonly #server = new LiveServer();
  #language = wantedLanguage();
  #table: LiveList | null = null;
  /** The tunnel on the page, and its row at that time. */
  #shown: { readonly id: number; readonly row: string } | null = null;
  readonly #newer = h("p", { hidden: true });
  #events: EventSource | null = null;
  /** The ESP of the tunnel on the page. */
  #traffic: LiveTraffic | null = null;
  #trafficOf: number | null = null;

  constructor(parent: HTMLElement) {
    parent.append(this.#top, h("main", { id: "main" }, this.#lost, this.#head, this.#list, this.#detail));
    wireDetailsForPrint(parent);
    wireJumps(document.body);
    addEventListener("hashchange", () => this.#follow());
  }

  start(): void {
    this.#speak();
    this.#listen();
  }

  /** Has the server tell what is there and what becomes of it, the ESP of the tunnel on the page too once somebody looks at it. */
  #listen(): void {
    this.#events?.close();
    const [shown, traffic] = [this.#shown, this.#traffic];
    const isClose = shown !== null && traffic?.isWanted === true;
    const events = new EventSource(isClose ? `events?traffic=${shown.id}` : "events");
    this.#events = events;
    events.addEventListener("traffic", ({ data }: MessageEvent<string>) =>
      traffic?.told(JSON.parse(data) as LiveTrafficMessage, true),
    );
    events.addEventListener("more", ({ data }: MessageEvent<string>) =>
      traffic?.told(JSON.parse(data) as LiveTrafficMessage, false),
    );
    events.addEventListener("gone", () => traffic?.gone());
    events.addEventListener("snapshot", ({ data }: MessageEvent<string>) => {
      this.#tunnels.replace(JSON.parse(data) as LiveSnapshotMessage);
      this.#draw();
      if (this.#shown === null) this.#follow();
    });
    events.addEventListener("change", ({ data }: MessageEvent<string>) => {
      this.#tunnels.change(JSON.parse(data) as LiveChangeMessage);
      this.#draw();
    });
    events.addEventListener("open", () => (this.#lost.hidden = true));
    events.addEventListener("error", () => {
      this.#lost.textContent = label`No connection to ikescope: it has ended, or cannot be reached. Trying again.`;
      this.#lost.hidden = false;
    });
  }

  #speak(): void {
    speak(this.#language);
    const language = languageButton(this.#language, (to) => {
      this.#language = to;
      rememberLanguage(to);
      this.#speak();
    });
    drawTopBar(this.#top, [language], liveFootText());
    this.#table = new LiveList();
    const { element } = this.#table;
    const spoken = this.#language;
    element.append(savesView(LIVE_TABLE_FILES, (form) => this.#server.file(form, null, spoken)));
    this.#list.replaceChildren(element);
    this.#draw();
    if (this.#shown !== null) void this.#show(this.#shown.id);
  }

  #draw(): void {
    const { state, rows } = this.#tunnels;
    if (state === null) return;
    document.title = `${state.interface} - ikescope live`;
    this.#head.replaceChildren(...headView(state));
    this.#table?.show(rows, state, this.#shown?.id ?? null);
    const shown = this.#shown;
    if (shown !== null) this.#newer.hidden = this.#tunnels.judgedBy(shown.id) === shown.row;
  }

  #follow(): void {
    const language = wantedLanguage();
    if (language !== this.#language) {
      this.#language = language;
      this.#speak();
    }
    const target = linkTargetIn(location.hash);
    if (target === null) return;
    const shown = this.#show(target.tunnel);
    this.#table?.reveal(target.tunnel);
    void shown.then((view) => {
      if (view === null) return;
      if (target.frame !== null && view.ladder?.choose(target.frame) === true) return;
      view.heading.focus({ preventScroll: true });
      view.heading.scrollIntoView();
    });
  }

  /** Null where another tunnel was asked for meanwhile, or there is none of that number. */
  async #show(id: number): Promise<TunnelView | null> {
    this.#shown = { id, row: this.#tunnels.judgedBy(id) };
    this.#draw();
    const language = this.#language;
    let answer: LiveTunnelMessage;
    try {
      answer = await this.#server.tunnel(id, language);
    } catch (error) {
      if (this.#shown.id === id) {
        this.#detail.replaceChildren(h("p", { class: "refused", role: "alert" }, reasonOf(error)));
      }
      return null;
    }
    if (this.#shown.id !== id) return null;
    const { context, tunnel, messages, markdown } = answer;
    const view = new TunnelView(tunnel, { ...context, messages, tunnels: [] }, (row, message) =>
      messageWithBytes(row, message, context.severalFiles, (question) =>
        this.#server.bytes(id, question, this.#language),
      ),
    );
    this.#newer.replaceChildren(
      button(label`It has changed since: judge it again`, () => void this.#show(id)),
    );
    this.#newer.hidden = true;
    this.#drawTraffic(id, view, clockOf(context.zone) ?? UTC);
    const saves = savesView(
      LIVE_TUNNEL_FILES,
      (form) => this.#server.file(form, id, language),
      copyButton(label`Copy for a ticket`, label`Copy the report as Markdown`, markdown),
    );
    view.heading.after(saves);
    this.#detail.replaceChildren(this.#newer, view.element);
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    return view;
  }

  /** The closer look at the ESP of the tunnel, open where that of the same one was before. */
  #drawTraffic(id: number, view: TunnelView, clock: Clock): void {
    const before = this.#traffic;
    const wasWanted = before?.isWanted === true;
    const isSame = this.#trafficOf === id;
    const traffic = new LiveTraffic({
      listen: () => this.#listen(),
      closer: (span) => this.#server.traffic(id, span),
    });
    this.#traffic = traffic;
    this.#trafficOf = id;
    const streams = view.element.querySelector(".streams");
    if (streams === null) {
      if (wasWanted) this.#listen();
      return;
    }
    const closer = new TrafficView(traffic, clock);
    streams.append(closer.element);
    if (wasWanted && isSame) closer.element.open = true;
    else if (wasWanted) this.#listen();
  }
}
