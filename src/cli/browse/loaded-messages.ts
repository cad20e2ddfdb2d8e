import type { FrameRef } from "../../bytes/frame.js";
import type { PageLine } from "../../report/browse/page-line.js";
import type { Message } from "../../texts/message.js";
import { errorMessage } from "../exit.js";
import type { CaptureWork } from "./captures.js";
import type { MessageTexts } from "./messages.js";

/** Messages of the ladder that are read together with the one that is opened: so many before it and behind it. */
const AROUND = 200;

/** The messages of some frames, as far as they are read. */
export type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly messages: readonly (readonly string[])[] }
  | { readonly kind: "failed"; readonly reason: Message };

const LOADING: Loaded = { kind: "loading" };
const NONE: Loaded = {
  kind: "failed",
  reason: "There is no IKE message in this frame by itself: see the frames of its fragments.",
};

/** Messages that were opened, and those around them: the capture is read once for many. */
export class LoadedMessages {
  readonly #work: CaptureWork;
  readonly #changed: () => void;
  /** By the first of the frames. */
  #known = new Map<FrameRef, Loaded>();
  #reading: { readonly frames: ReadonlySet<FrameRef>; readonly abort: AbortController } | null = null;

  /** `changed` is called when a reading begins or ends. */
  constructor(work: CaptureWork, changed: () => void) {
    this.#work = work;
    this.#changed = changed;
  }

  get isLoading(): boolean {
    return this.#reading !== null;
  }

  /** The state of a message; the same object until that changes. */
  of(frames: readonly FrameRef[]): Loaded {
    return this.#known.get(frames[0] ?? 0) ?? LOADING;
  }

  /** Begins to read the message and those near `line` of the page that it was opened from, unless that is done or begun. */
  load(frames: readonly FrameRef[], page: readonly PageLine[], line: number): void {
    const [first = 0] = frames;
    if (this.#known.has(first) || this.#reading?.frames.has(first) === true) return;
    this.cancel();
    const targets = page.flatMap(({ target }, at) =>
      target?.kind === "message" ? [{ frames: target.frames, at }] : [],
    );
    const own = targets.findIndex(({ at }) => at >= line);
    const near = targets.slice(Math.max(0, own - AROUND), Math.max(0, own) + AROUND);
    void this.#read([frames, ...near.map((target) => target.frames)]);
  }

  /** Ends a reading that goes on. */
  cancel(): void {
    this.#reading?.abort.abort();
    this.#reading = null;
  }

  async #read(wanted: readonly (readonly FrameRef[])[]): Promise<void> {
    const abort = new AbortController();
    const reading = { frames: new Set(wanted.flat()), abort };
    this.#reading = reading;
    let known: Map<FrameRef, Loaded>;
    try {
      const texts = await this.#work.messages(reading.frames, abort.signal);
      known = new Map(wanted.map((frames) => [frames[0] ?? 0, loadedOf(frames, texts)]));
    } catch (error) {
      const reason = errorMessage(error);
      known = new Map(wanted.map((frames) => [frames[0] ?? 0, { kind: "failed", reason }]));
    }
    if (this.#reading !== reading) return;
    this.#reading = null;
    // Those of other tunnels are read again when they are opened again.
    this.#known = known;
    this.#changed();
  }
}

/** A message that came in several of the frames stands there once. */
function loadedOf(frames: readonly FrameRef[], texts: MessageTexts): Loaded {
  const messages = [...new Set(frames.flatMap((frame) => texts.get(frame) ?? []))];
  return messages.length === 0 ? NONE : { kind: "loaded", messages };
}
