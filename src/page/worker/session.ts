import { clockOf, UTC } from "../../bytes/clock.js";
import { isOneRotation } from "../../capture/rotation.js";
import { MOST_STREAMS } from "../../esp/stream-table.js";
import { type Analysis, analyze, type AnalyzeOptions, type CaptureSource, EspKernel } from "../../index.js";
import { PLAIN, type Presentation } from "../../report/presentation.js";
import type { Progress } from "../protocol.js";
import { Breath } from "./breath.js";
import { type OpenFiles, openFiles, type OpenOptions } from "./open-files.js";

type Reopened = Omit<OpenOptions, "breath">;

/** The judging of some files, from the first byte to the last question about them. */
export class Session {
  readonly files: readonly File[];
  readonly presentation: Presentation;
  readonly #onProgress: (progress: Progress) => void;
  readonly #reading = new AbortController();
  #isJudging = false;
  #goOn = true;

  constructor(files: readonly File[], zone: string, onProgress: (progress: Progress) => void) {
    this.files = files;
    this.presentation = { ...PLAIN, clock: clockOf(zone) ?? UTC };
    this.#onProgress = onProgress;
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
    const total = this.files.reduce((sum, { size }) => sum + size, 0);
    let open: OpenFiles | null = null;
    const breath = new Breath(() => {
      if (this.#isJudging || open === null) return;
      const read = Math.min(total, open.read());
      this.#onProgress({ stage: "reading", read, total, isSlow: kernel === null });
    });
    open = openFiles(this.files, { breath, ...(kernel === null ? {} : { buffer: kernel.chunk }) });
    return analyze(open.source, {
      signal: this.#reading.signal,
      ...(kernel === null ? {} : { kernel }),
      ...this.terms((options) => this.open(options)),
      onRead: (tunnels) => {
        this.#isJudging = true;
        this.#onProgress({ stage: "judging", tunnels });
      },
      goOn: async () => {
        await breath.take();
        return this.#goOn;
      },
    });
  }

  /** What the files are to one another, for `analyze`; `open` opens them once more. */
  terms(open: (options: Reopened) => CaptureSource): Pick<AnalyzeOptions, "rotated" | "reopen"> {
    const names = this.files.map(({ name }) => name);
    return {
      rotated: isOneRotation(names),
      ...(names.length > 1
        ? {
            reopen: (only, clocks) => Promise.resolve(open({ clocks, ...(only === null ? {} : { only }) })),
          }
        : {}),
    };
  }

  /** Opens the files once more. */
  open(options: Reopened): CaptureSource {
    return openFiles(this.files, { ...options, breath: new Breath(() => undefined) }).source;
  }
}

/** Null where the browser refuses WebAssembly, or the memory for it: all goes the long way then. */
function newKernel(): EspKernel | null {
  try {
    return new EspKernel(MOST_STREAMS);
  } catch {
    return null;
  }
}
