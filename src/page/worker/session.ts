import { clockOf, UTC } from "../../bytes/clock.js";
import { isOneRotation } from "../../capture/rotation.js";
import { MOST_STREAMS } from "../../esp/stream-table.js";
import {
  type Analysis,
  analyze,
  type AnalyzeOptions,
  type CaptureSource,
  EspKernel,
  type Judgement,
} from "../../index.js";
import { PLAIN, type Presentation } from "../../report/presentation.js";
import { presentedJudgement } from "../../report/presented-judgement.js";
import { textsIn } from "../../texts/languages.js";
import type { Message } from "../../texts/message.js";
import type { Look, Progress } from "../protocol.js";
import { Pause } from "./pause.js";
import { readHostTexts } from "./host-texts.js";
import { Opening } from "./opening.js";
import { readKeys } from "./read-keys.js";
import { Refusal } from "./refusal.js";
import { type OpenFiles, openFiles, type OpenOptions } from "./open-files.js";
import { sortFiles } from "./sorted-files.js";

type Reopened = Omit<OpenOptions, "pause">;

/** The judging of some files, from the first byte to the last question about them. */
export class Session {
  /** How texts and times are written; the page may change its mind. */
  presentation: Presentation;
  /** Notes for the user on the texts of hosts. */
  readonly notes: Message[] = [];
  readonly #files: readonly File[];
  #captures: readonly File[] = [];
  readonly #onProgress: (progress: Progress) => void;
  readonly #reading = new AbortController();
  #presented: { readonly by: Presentation; readonly judgement: Judgement } | null = null;
  #opening: Opening | null = null;
  #isJudging = false;
  #goOn = true;

  constructor(files: readonly File[], look: Look, onProgress: (progress: Progress) => void) {
    this.#files = files;
    this.presentation = presentationOf(look);
    this.#onProgress = onProgress;
  }

  /** Name of the first capture. */
  get name(): string {
    return this.#captures[0]?.name ?? "hosts";
  }

  get isStopped(): boolean {
    return this.#reading.signal.aborted;
  }

  /** Ends the reading; once all is read, the judging. */
  stop(): void {
    if (this.#isJudging) this.#goOn = false;
    else this.#reading.abort();
  }

  /** Reads and judges all, as the command does. */
  async judge(): Promise<Analysis> {
    const kernel = newKernel();
    const { captures, texts, keys } = await sortFiles(this.#files, new Pause(() => undefined));
    if (captures.length + texts.length === 0) {
      throw new Refusal("there are only keys: give the capture that they open with them");
    }
    this.#captures = captures;
    const total = captures.reduce((sum, { size }) => sum + size, 0);
    let open: OpenFiles | null = null;
    const pause = new Pause(() => {
      if (this.#isJudging || open === null) return;
      const read = Math.min(total, open.read());
      this.#onProgress({ stage: "reading", read, total, isSlow: kernel === null });
    });
    if (keys.length > 0) this.#opening = new Opening(await readKeys(keys, pause));
    open = openFiles(captures, { pause, ...(kernel === null ? {} : { buffer: kernel.chunk }) });
    return analyze(open.source, {
      signal: this.#reading.signal,
      ...(kernel === null ? {} : { kernel }),
      ...this.terms((options) => this.open(options)),
      onRead: (tunnels) => {
        this.#isJudging = true;
        this.#onProgress({ stage: "judging", tunnels });
      },
      ...(texts.length === 0
        ? {}
        : {
            hosts: (near) =>
              readHostTexts(texts, near ?? Date.now() * 1000, keys, pause, (note) => this.notes.push(note)),
          }),
      ...this.#openerOption(),
      goOn: async () => {
        await pause.take();
        return this.#goOn;
      },
    });
  }

  /** The keys that were given, and how they fit; null without any. */
  get opening(): Opening | null {
    return this.#opening;
  }

  #openerOption(): Pick<AnalyzeOptions, "opener"> {
    const opening = this.#opening;
    return opening === null ? {} : { opener: () => opening.judgingOpener() };
  }

  /** The judgement in the language and with the times that the page wants now. */
  presented(judgement: Judgement): Judgement {
    if (this.#presented?.by !== this.presentation) {
      this.#presented = {
        by: this.presentation,
        judgement: presentedJudgement(judgement, this.presentation),
      };
    }
    return this.#presented.judgement;
  }

  /** The relation of the files to one another, for `analyze`; `open` opens them once more. */
  terms(open: (options: Reopened) => CaptureSource): Pick<AnalyzeOptions, "rotated" | "reopen"> {
    const names = this.#captures.map(({ name }) => name);
    return {
      rotated: isOneRotation(names),
      reopen: (only, clocks) => Promise.resolve(open({ clocks, ...(only === null ? {} : { only }) })),
    };
  }

  /** Opens the files once more. */
  open(options: Reopened): CaptureSource {
    return openFiles(this.#captures, { ...options, pause: new Pause(() => undefined) }).source;
  }
}

export function presentationOf({ zone, language }: Look): Presentation {
  return { ...PLAIN, clock: clockOf(zone) ?? UTC, texts: textsIn(language) };
}

/** Null where the browser refuses WebAssembly, or the memory for it: all goes the long way then. */
function newKernel(): EspKernel | null {
  try {
    return new EspKernel(MOST_STREAMS);
  } catch {
    return null;
  }
}
