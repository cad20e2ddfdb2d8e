import { copyButton } from "../../report/html/client/copy.js";
import { h } from "../../report/html/client/dom.js";
import { wireDetailsForPrint } from "../../report/html/client/printing.js";
import { wireTheme } from "../../report/html/client/theme.js";
import type { Look, Result } from "../protocol.js";
import { BusyView } from "./busy-view.js";
import { chooseButton, wireDropping } from "./chooser.js";
import { Engine } from "./engine.js";
import { firstLook, lookButtons } from "./look.js";
import { ResultView } from "./result-view.js";
import { startView } from "./start-view.js";

/** Fills the page and waits for a capture. */
export function startApp(place: HTMLElement): void {
  const app = new App(place);
  app.start(null);
}

/** The page as a whole: one capture at a time, from its choice to its judgement. */
class App {
  readonly #main = h("main", { id: "main" });
  readonly #tools = h("span", { class: "tools" });
  readonly #theme = h("button", { type: "button", id: "theme", hidden: true });
  #look = firstLook();
  #engine: Engine | null = null;
  #result: ResultView | null = null;

  constructor(place: HTMLElement) {
    place.append(
      h("a", { class: "skip", href: "#detail" }, "Skip to the tunnel"),
      h(
        "div",
        { class: "bar" },
        h("h1", {}, "ikescope"),
        h(
          "span",
          { class: "tools" },
          this.#tools,
          ...lookButtons(this.#look, (look) => this.#lookAs(look)),
          this.#theme,
        ),
      ),
      this.#main,
    );
    wireTheme(this.#theme);
    wireDropping((files) => this.#open(files));
    wireDetailsForPrint(this.#main);
    addEventListener("hashchange", () => void this.#result?.follow());
  }

  /** Waits for a capture; `refused` says why the last one could not be judged. */
  start(refused: string | null): void {
    this.#leave();
    this.#main.replaceChildren(startView(refused, (files) => this.#open(files)));
  }

  #open(files: readonly File[]): void {
    this.#leave();
    // Which of several was chosen first depends on the system; by name the order is one that can be told.
    const sorted = files.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    const busy = new BusyView(
      sorted.map(({ name }) => name),
      () => this.#engine?.stop(),
    );
    this.#main.replaceChildren(busy.element);
    const engine = new Engine(sorted, this.#look, {
      onProgress: (progress) => busy.show(progress),
      onResult: (result) => this.#show(result, engine),
      onRefused: (reason) => this.start(reason),
    });
    this.#engine = engine;
  }

  #show(result: Result, engine: Engine): void {
    const view = new ResultView(result, engine);
    this.#result = view;
    this.#main.replaceChildren(view.element);
    this.#tools.replaceChildren(
      chooseButton("Open another", (files) => this.#open(files)),
      copyButton("Copy for a ticket", "Copy the report as Markdown", result.markdown.join("\n")),
    );
    document.documentElement.lang = this.#look.language === "zh" ? "zh-Hans" : "en";
    document.title = `${result.head.word}: ${result.head.who} - ikescope`;
    void view.follow();
  }

  /** Shows what is judged in another language, or with other times. */
  #lookAs(look: Look): void {
    this.#look = look;
    const engine = this.#engine;
    if (engine === null || this.#result === null) return;
    engine.ask({ about: "result", look }).then(
      (result) => this.#show(result, engine),
      // Another capture was opened meanwhile.
      () => undefined,
    );
  }

  #leave(): void {
    this.#engine?.close();
    this.#engine = null;
    this.#result = null;
    this.#tools.replaceChildren();
    document.title = "ikescope";
  }
}
