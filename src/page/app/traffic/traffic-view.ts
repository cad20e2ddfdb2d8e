import type { Clock } from "../../../bytes/clock.js";
import { timeOfDay } from "../../../bytes/clock.js";
import { humanDuration } from "../../../bytes/time.js";
import { button, h } from "../../../report/html/client/dom.js";
import { label } from "../../../report/html/client/labels.js";
import type { StreamTraffic, TimeSpan, TrafficAnswer } from "../../../report/html/traffic/data.js";
import { reasonOf } from "../reason.js";
import { ratePicture, sequencePicture, sizePicture, sum } from "./pictures.js";
import { Plot } from "./plot.js";
import { roundStep } from "./round-step.js";
import { tickTime, timeStep } from "./time-axis.js";
import { Zoom } from "./zoom.js";

/** The traffic of a tunnel, from captures that are read again or from a running one. */
export interface TrafficSource {
  /** In a span of time; null for all of it. Rejects with a reason for the reader where there is no answer. */
  ask(span: TimeSpan | null): Promise<TrafficAnswer>;
  /** Called with all of it whenever that has become more; null where it never does. */
  readonly follow: ((onMore: (whole: TrafficAnswer) => void) => void) | null;
}

/** Fewer bins than these in sight are too coarse: the captures are read again for what is seen. */
const FEWEST_BINS = 300;
/** How long what is seen stays the same before that, milliseconds. */
const PATIENCE_MS = 300;
/** The narrowest that can be looked at: microseconds, and bytes. */
const NARROWEST = { time: 100, size: 16 } as const;
/** Bytes of the axis of sizes, where there are no larger packets. */
const SIZE_AXIS = 1600;
/** Gaps that are listed. */
const LISTED = 50;

/** The traffic of a tunnel at any closeness, asked for when it is opened. */
export class TrafficView {
  readonly element: HTMLDetailsElement;
  readonly #source: TrafficSource;
  readonly #clock: Clock;
  readonly #body: HTMLElement;
  readonly #said = h("p", { class: "quiet", role: "status" });
  readonly #gaps = h("div");

  constructor(source: TrafficSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    const waiting = source.follow === null ? label`Reading the captures again` : label`Asking ikescope`;
    this.#body = h("div", {}, h("p", { class: "quiet" }, waiting));
    this.element = h(
      "details",
      { class: "traffic" },
      h("summary", {}, label`Look closer: rates, sizes and sequence numbers`),
      this.#body,
    );
    this.element.addEventListener("toggle", () => void this.#open(), { once: true });
  }

  async #open(): Promise<void> {
    try {
      const whole = await this.#source.ask(null);
      const [first] = whole.streams;
      if (first === undefined)
        this.#body.replaceChildren(h("p", { class: "quiet" }, label`There is no ESP.`));
      else this.#draw(whole, first);
    } catch (error) {
      this.#body.replaceChildren(h("p", { class: "refused", role: "alert" }, reasonOf(error)));
    }
  }

  #draw(before: TrafficAnswer, first: StreamTraffic): void {
    const clock = this.#clock;
    let whole = before;
    let traffic = whole;
    let name = first.name;
    const chosen = (): StreamTraffic => traffic.streams.find((stream) => stream.name === name) ?? first;
    const time = new Zoom(spanOf(whole), NARROWEST.time);
    const size = new Zoom(sizesOf(whole), NARROWEST.size);
    const overTime = {
      zoom: time,
      step: timeStep,
      tick: (at: number, step: number) => tickTime(clock, at, step),
    };
    const plots = [
      new Plot({
        ...overTime,
        name: label`Packets over time (${clock.name}); lines are the other streams`,
        draw: (scale) => ratePicture(traffic, chosen(), time.span, scale),
      }),
      new Plot({
        ...overTime,
        name: label`Sequence numbers over time; red: numbers that were passed over`,
        draw: (scale) => sequencePicture(traffic, chosen(), time.span, scale),
      }),
      new Plot({
        zoom: size,
        step: (least) => Math.max(1, roundStep(least)),
        tick: (at) => `${Math.round(at)} B`,
        name: label`Packets by size; the line is the largest ESP packet that fits the MTU`,
        draw: (scale) => sizePicture(chosen(), size.span, scale),
      }),
    ];
    const redraw = (): void => {
      for (const plot of plots) plot.draw();
      this.#tell(chosen(), traffic, time);
    };
    time.onChange(() => this.#tell(chosen(), traffic, time));
    const choose = (next: string): void => {
      name = next;
      redraw();
    };
    wireDetail(time, { current: () => traffic, whole: () => whole }, this.#source, (finer) => {
      traffic = finer;
      redraw();
    });
    const buttons = h("div", {}, streamButtons(whole.streams, name, choose));
    this.#source.follow?.((more) => {
      const isWhole = traffic === whole;
      const names = (answer: TrafficAnswer): string => answer.streams.map((stream) => stream.name).join();
      const isOther = names(more) !== names(whole);
      whole = more;
      if (isWhole) traffic = more;
      if (isOther) buttons.replaceChildren(streamButtons(more.streams, chosen().name, choose));
      size.widen(sizesOf(more));
      time.widen(spanOf(more));
    });
    this.#body.replaceChildren(
      buttons,
      zoomButtons(time, size),
      this.#said,
      ...plots.map(({ element }) => element),
      this.#gaps,
    );
    this.#tell(chosen(), traffic, time);
  }

  /** Says in words what the pictures show. */
  #tell({ packets, gaps, gapsLeftOut }: StreamTraffic, { from, width }: TrafficAnswer, { span }: Zoom): void {
    const clock = this.#clock;
    const first = Math.floor((span.from - from) / width);
    const count = sum(packets, first, Math.ceil((span.to - from) / width));
    const seen = gaps.filter(({ time }) => time >= span.from && time <= span.to);
    const passed = seen.reduce((total, { times }) => total + times, 0);
    const missing = seen.reduce((total, gap) => total + gap.missing, 0);
    const when = `${timeOfDay(clock, Math.floor(span.from))} + ${humanDuration(span.to - span.from)}`;
    this.#said.textContent = label`${when}: ${count} packets; numbers were passed over ${passed} times, ${missing} in all`;
    const left = Math.max(0, seen.length - LISTED) + gapsLeftOut;
    this.#gaps.replaceChildren(
      ...(seen.length === 0
        ? []
        : [
            h(
              "details",
              {},
              h("summary", {}, label`Numbers that were passed over (some may have come later)`),
              h(
                "ul",
                { class: "evidence" },
                ...seen.slice(0, LISTED).map((gap) => h("li", {}, this.#gapText(gap))),
              ),
              left === 0
                ? null
                : h("p", { class: "quiet" }, label`${left} more are not listed; look closer.`),
            ),
          ]),
    );
  }

  #gapText({ time, first, last, missing }: StreamTraffic["gaps"][number]): string {
    const numbers = first === last ? `${first}` : `${first}-${last}`;
    return `${timeOfDay(this.#clock, time)}: ${numbers} (${missing})`;
  }
}

/** All of the axis of time. */
function spanOf({ from, width, streams }: TrafficAnswer): TimeSpan {
  const bins = Math.max(1, ...streams.map(({ packets }) => packets.length));
  return { from, to: from + width * bins };
}

/** All of the axis of sizes, bytes. */
function sizesOf({ streams }: TrafficAnswer): TimeSpan {
  const ends = streams.map(
    ({ sizes, sizeWidth }) => (sizes.findLastIndex((count) => count > 0) + 1) * sizeWidth,
  );
  return { from: 0, to: Math.max(SIZE_AXIS, ...ends.map((end) => end + 16)) };
}

/** Asks again for what is seen, once that is of too few bins and stays the same for a moment. */
function wireDetail(
  zoom: Zoom,
  { current, whole }: { readonly current: () => TrafficAnswer; readonly whole: () => TrafficAnswer },
  source: TrafficSource,
  onFiner: (traffic: TrafficAnswer) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const isEnough = ({ from, width, streams }: TrafficAnswer): boolean => {
    const bins = streams[0]?.packets.length ?? 0;
    const holds = zoom.span.from >= from && zoom.span.to <= from + bins * width;
    return holds && (zoom.width / width >= FEWEST_BINS || width <= 1);
  };
  zoom.onChange(() => {
    clearTimeout(timer);
    const number = ++asked;
    if (zoom.isWhole ? current() === whole() : isEnough(current())) return;
    if (zoom.isWhole || isEnough(whole())) {
      onFiner(whole());
      return;
    }
    timer = setTimeout(() => {
      // As much again on either side, for who moves on.
      const span = { from: zoom.span.from - zoom.width, to: zoom.span.to + zoom.width };
      source.ask(span).then(
        (finer) => {
          // A running capture may not remember the beginning of it any more.
          if (number === asked && finer.from <= zoom.span.from) onFiner(finer);
        },
        // Another capture was opened, or the file is gone: what is there stays.
        () => undefined,
      );
    }, PATIENCE_MS);
  });
}

function streamButtons(
  streams: readonly StreamTraffic[],
  first: string,
  onChoose: (name: string) => void,
): HTMLElement {
  const buttons = streams.map(({ name }) => {
    const one: HTMLButtonElement = button(
      name,
      () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === one));
        onChoose(name);
      },
      { class: "chip", "aria-pressed": String(name === first) },
    );
    return one;
  });
  return h("div", { class: "chips", role: "group", "aria-label": label`Stream` }, ...buttons);
}

function zoomButtons(time: Zoom, size: Zoom): HTMLElement {
  return h(
    "p",
    { class: "zooms" },
    button(label`Closer`, () => time.by(2)),
    button(label`Farther`, () => time.by(0.5)),
    button(label`Earlier`, () => time.move(-0.5)),
    button(label`Later`, () => time.move(0.5)),
    button(label`All`, () => {
      time.all();
      size.all();
    }),
    h(
      "span",
      { class: "quiet" },
      label`Drag over a picture to look closer; on one that was clicked: wheel, + and -, arrows, 0.`,
    ),
  );
}
