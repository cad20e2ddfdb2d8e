import { h, svg } from "../../../report/html/client/dom.js";
import type { Zoom } from "./zoom.js";

/** Height of a picture, and the room below it for its axis, CSS pixels. */
const HEIGHT = 130;
const AXIS = 18;
/** How much closer one step of the wheel or one key looks, and by which share of the picture a key moves. */
const CLOSER = 1.6;
const STEP = 0.25;
/** A shorter drag is a click. */
const LEAST_DRAG = 5;
/** Between two ticks of an axis, CSS pixels at least. */
const TICK_ROOM = 110;

/** Places of values in a picture. */
export interface Scale {
  readonly width: number;
  readonly height: number;
  /** CSS pixels from the left. */
  readonly x: (value: number) => number;
}

export interface PlotOptions {
  /** Names the picture. */
  readonly name: string;
  readonly zoom: Zoom;
  /** Draws the span that is seen. */
  readonly draw: (scale: Scale) => readonly (SVGElement | null)[];
  /** Text of a place of the axis, whose ticks are so far apart. */
  readonly tick: (value: number, step: number) => string;
  /** Distances of ticks that are good to read, in the axis's unit: the least that is not smaller than asked. */
  readonly step: (least: number) => number;
}

/** A picture over an axis that can be looked at closer: by wheel once it has the focus, by drag, by keys. */
export class Plot {
  readonly element: HTMLElement;
  readonly #options: PlotOptions;
  readonly #picture = svg("svg", { role: "img" });
  readonly #frame: HTMLElement;
  #width = 0;
  #draggedFrom: number | null = null;

  constructor(options: PlotOptions) {
    this.#options = options;
    this.#frame = h(
      "div",
      { class: "plot", tabindex: 0, role: "group", "aria-label": options.name },
      this.#picture,
    );
    this.element = h("figure", {}, h("figcaption", {}, options.name), this.#frame);
    options.zoom.onChange(() => this.draw());
    new ResizeObserver(([entry]) => this.#fit(entry?.contentRect.width ?? 0)).observe(this.#frame);
    this.#frame.addEventListener("keydown", (event) => this.#key(event));
    this.#frame.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#frame.addEventListener("dblclick", () => options.zoom.all());
    this.#frame.addEventListener("pointerdown", (event) => this.#press(event));
    this.#frame.addEventListener("pointermove", (event) => this.#drag(event));
    this.#frame.addEventListener("pointerup", (event) => this.#release(event));
    this.#frame.addEventListener("pointercancel", () => this.#endDrag());
  }

  draw(): void {
    if (this.#width === 0) return;
    const { zoom, draw } = this.#options;
    const width = this.#width;
    const x = (value: number): number => ((value - zoom.span.from) / zoom.width) * width;
    this.#picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT + AXIS}`);
    this.#picture.setAttribute("width", String(width));
    this.#picture.setAttribute("height", String(HEIGHT + AXIS));
    this.#picture.setAttribute("aria-label", this.#options.name);
    this.#picture.replaceChildren(
      svg("rect", { class: "ground", x: 0, y: 0, width, height: HEIGHT }),
      ...draw({ width, height: HEIGHT, x }).filter((element) => element !== null),
      ...this.#ticks(x),
    );
  }

  #ticks(x: (value: number) => number): SVGElement[] {
    const { zoom, tick, step: stepFor } = this.#options;
    const step = stepFor((zoom.width / this.#width) * TICK_ROOM);
    const ticks: SVGElement[] = [];
    for (let value = Math.ceil(zoom.span.from / step) * step; value <= zoom.span.to; value += step) {
      const at = x(value);
      const anchor = at < TICK_ROOM / 2 ? "start" : at > this.#width - TICK_ROOM / 2 ? "end" : "middle";
      ticks.push(
        svg("line", { class: "tick", x1: at, x2: at, y1: HEIGHT, y2: HEIGHT + 4 }),
        svg("text", { class: "axis", x: at, y: HEIGHT + AXIS - 3, "text-anchor": anchor }, tick(value, step)),
      );
    }
    return ticks;
  }

  #fit(width: number): void {
    if (Math.abs(width - this.#width) < 1) return;
    this.#width = width;
    this.draw();
  }

  #key(event: KeyboardEvent): void {
    const { zoom } = this.#options;
    const deeds: Readonly<Record<string, () => void>> = {
      "+": () => zoom.by(CLOSER),
      "=": () => zoom.by(CLOSER),
      "-": () => zoom.by(1 / CLOSER),
      ArrowUp: () => zoom.by(CLOSER),
      ArrowDown: () => zoom.by(1 / CLOSER),
      ArrowLeft: () => zoom.move(-STEP),
      ArrowRight: () => zoom.move(STEP),
      Home: () => zoom.all(),
      "0": () => zoom.all(),
    };
    const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : deeds[event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  }

  /** A page that is scrolled over a picture goes on scrolling. */
  #wheel(event: WheelEvent): void {
    if (document.activeElement !== this.#frame && !event.ctrlKey) return;
    event.preventDefault();
    const { zoom } = this.#options;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) zoom.move(Math.sign(event.deltaX) * STEP);
    else zoom.by(event.deltaY < 0 ? CLOSER : 1 / CLOSER, this.#valueAt(event));
  }

  #press(event: PointerEvent): void {
    // A finger that moves scrolls the page; there are buttons.
    if (event.button !== 0 || event.pointerType === "touch") return;
    this.#draggedFrom = event.clientX;
    this.#frame.setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    if (this.#draggedFrom === null) return;
    this.#picture.querySelector(".chosen-span")?.remove();
    const left = this.#picture.getBoundingClientRect().left;
    const x = Math.min(this.#draggedFrom, event.clientX) - left;
    const width = Math.abs(event.clientX - this.#draggedFrom);
    this.#picture.append(svg("rect", { class: "chosen-span", x, y: 0, width, height: HEIGHT }));
  }

  #release(event: PointerEvent): void {
    const from = this.#draggedFrom;
    this.#endDrag();
    if (from === null || Math.abs(event.clientX - from) < LEAST_DRAG) return;
    const ends = [this.#valueAt({ clientX: from }), this.#valueAt(event)] as const;
    this.#options.zoom.show({ from: Math.min(...ends), to: Math.max(...ends) });
  }

  #endDrag(): void {
    this.#draggedFrom = null;
    this.#picture.querySelector(".chosen-span")?.remove();
  }

  #valueAt({ clientX }: Pick<MouseEvent, "clientX">): number {
    const { zoom } = this.#options;
    const { left, width } = this.#picture.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (clientX - left) / width));
    return zoom.span.from + share * zoom.width;
  }
}
