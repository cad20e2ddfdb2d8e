import { copyButton } from "../../report/html/client/copy.js";
import { h } from "../../report/html/client/dom.js";
import { label } from "../../report/html/client/labels.js";
import { wireDetailsForPrint } from "../../report/html/client/printing.js";
import type { Look, Result } from "../protocol.js";
import { BusyView } from "./busy-view.js";
import { chooseButton, wireDropping } from "./chooser.js";
import { Engine } from "./engine.js";
import { footText } from "./foot.js";
import { wireJumps } from "./jumps.js";
import { lookButtons, rememberLanguage, speak, wantedLanguage } from "./look.js";
import { ResultView } from "./result-view.js";
import { startView } from "./start-view.js";
import { drawTopBar } from "./top-bar.js";

/** Fills the page and waits for a capture. */
export function startApp(place: HTMLElement): void {
  new App(place).start(null);
}

/** The page's content: nothing yet, or why nothing; the reading; a judgement. */
type Screen =
  | { readonly kind: "start"; readonly refused: string | null }
  | { readonly kind: "busy"; readonly view: BusyView }
  | { readonly kind: "result"; readonly view: ResultView };

/** The page as a whole: one capture at a time, from its choice to its judgement. */
class App {
  readonly #top = h("div");
  readonly #main = h("main", { id: "main" });
  #look: Look = { zone: "utc", language: wantedLanguage() };
  #engine: Engine | null = null;
  /** Files that are open, or being opened. */
  #files: readonly File[] = [];
  #screen: Screen = { kind: "start", refused: null };

  constructor(place: HTMLElement) {
    place.append(this.#top, this.#main);
    speak(this.#look.language);
    wireDropping((files) => this.#open(files));
    wireDetailsForPrint(this.#main);
    wireJumps(document.body);
    addEventListener("hashchange", () => this.#follow());
  }

  /** Waits for a capture; `refused` says why the last one could not be judged. */
  start(refused: string | null): void {
    this.#leave();
    this.#show({ kind: "start", refused });
  }

  #open(files: readonly File[]): void {
    const before = this.#files;
    this.#leave();
    this.#files = files;
    // Which of several was chosen first depends on the system; by name the order is one that can be told.
    const sorted = files.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    const view = new BusyView(
      sorted.map(({ name }) => name),
      () => this.#engine?.stop(),
    );
    this.#show({ kind: "busy", view });
    const engine = new Engine(sorted, this.#look, {
      onProgress: (progress) => view.show(progress),
      onResult: (result) => this.#showAnswer(result, engine),
      onRefused: (reason, lacksCapture) => {
        // Keys are dropped behind the capture that they are for.
        if (lacksCapture && before.length > 0) this.#open([...before, ...files]);
        else this.start(reason);
      },
    });
    this.#engine = engine;
  }

  #showResult(result: Result, engine: Engine): ResultView {
    const view = new ResultView(result, engine, this.#look.zone);
    this.#show({ kind: "result", view });
    document.title = `${result.head.word}: ${result.head.who} - ikescope`;
    return view;
  }

  /** A new answer is where keys and screen readers go on, unless the address leads elsewhere. */
  #showAnswer(result: Result, engine: Engine): void {
    const view = this.#showResult(result, engine);
    view.element.querySelector<HTMLElement>(".who")?.focus({ preventScroll: true });
    void view.follow();
  }

  /** The same in another look: who reads stays where they are. */
  #showAgain(result: Result, engine: Engine): void {
    const { scrollX, scrollY } = globalThis;
    void this.#showResult(result, engine)
      .follow(false)
      .then(() => scrollTo(scrollX, scrollY));
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.#drawTop();
    switch (screen.kind) {
      case "start":
        this.#main.replaceChildren(startView(screen.refused, (files) => this.#open(files)));
        return;
      case "busy":
      case "result":
        this.#main.replaceChildren(screen.view.element);
        return;
    }
  }

  #drawTop(): void {
    const tools = [...this.#resultTools(), ...lookButtons(this.#look, (to) => this.#lookAs(to))];
    drawTopBar(this.#top, tools, footText());
  }

  #resultTools(): HTMLElement[] {
    if (this.#screen.kind !== "result") return [];
    return [
      chooseButton(label`Open another`, (files) => this.#open(files)),
      chooseButton(label`Add files`, (files) => this.#open([...this.#files, ...files])),
      copyButton(label`Copy for a ticket`, label`Copy the report as Markdown`, this.#screen.view.markdown),
    ];
  }

  /** Shows what is there in another language, or with other times. */
  #lookAs(to: Partial<Look>): void {
    this.#look = { ...this.#look, ...to };
    speak(this.#look.language);
    if (to.language !== undefined) rememberLanguage(to.language);
    const engine = this.#engine;
    const screen = this.#screen;
    if (screen.kind === "busy") screen.view.relabel();
    if (screen.kind !== "result" || engine === null) {
      // A view that is relabelled in place is put there again, which changes nothing.
      this.#show(screen);
      return;
    }
    engine.ask({ about: "result", look: this.#look }).then(
      (result) => this.#showAgain(result, engine),
      // Another capture was opened meanwhile.
      () => undefined,
    );
  }

  /** Goes where the address leads now. */
  #follow(): void {
    const language = wantedLanguage();
    if (language !== this.#look.language) this.#lookAs({ language });
    else if (this.#screen.kind === "result") void this.#screen.view.follow();
  }

  #leave(): void {
    this.#engine?.close();
    this.#engine = null;
    this.#files = [];
    document.title = "ikescope";
  }
}
