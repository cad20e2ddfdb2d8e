import { captureFilter } from "../../capture/filter.js";
import { hasEthernetFrames } from "../../capture/node/live/interfaces.js";
import { LiveError, type LiveOptions } from "../../capture/node/live/live-capture.js";
import { openLive } from "../../capture/node/live/open-live.js";
import { superviseCaptures } from "../../capture/node/live/supervisor.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { LiveEngine } from "../../live/engine.js";
import { endingText } from "../../report/live/ending.js";
import type { Presentation } from "../../report/presentation.js";
import { renderText } from "../../report/text.js";
import { EXIT, UsageError } from "../exit.js";
import { forTerminal } from "../outputs/charset.js";
import { presentationOf } from "../presentation-options.js";
import type { LiveFlags } from "./flags.js";
import { finalReport, LiveOutputs, sayOnStderr } from "./outputs.js";
import { dropPrivileges } from "./privileges.js";
import { LiveScreen } from "./screen.js";
import { whyNoTable } from "./streams.js";
import { outputWidth } from "../width.js";
import { Watcher } from "./watcher.js";

const MICROS = 1000;
/** Longer lines are hard to read; a pipe has no width of its own. */
const WIDEST = 100;

/** `ikescope live`: the verdicts while sniffing, until it is told to end; then the final report. */
export async function liveCommand(flags: LiveFlags): Promise<void> {
  const privileges = await dropPrivileges(flags.user === undefined ? {} : { user: flags.user });
  if (privileges !== "go-on") {
    process.exitCode = privileges.exitCode;
    return;
  }
  const presentation = await presentationOf(flags);
  const ending = new Ending();
  const held = new HeldWords();
  const wantsTable = flags.table && flags.json !== true;
  const hasTable = wantsTable && whyNoTable(process.stdout, process.env["TERM"]) === null;
  const say = hasTable ? held.say : sayOnStderr;
  const outputs = new LiveOutputs(flags, { say, onGone: ending.unheard, hasTable, presentation });
  const { interface: name, maxTunnels: tunnels, maxStreams: streams, forget: forgetAfter } = flags;
  const { filter } = liveOptions(flags);
  const products = flags.product === undefined ? {} : { products: flags.product };
  const engine = new LiveEngine(
    { interface: name, filter, tunnels, streams, forgetAfter, ...products },
    outputs,
    now(),
  );
  const screen = hasTable ? new LiveScreen(engine, process, { presentation }) : null;
  const onHangup = (): void => outputs.reopen();
  process.on("SIGHUP", onHangup);
  try {
    await outputs.open(engine);
    await watchAll(flags, engine, outputs, ending, say, screen);
  } catch (error) {
    if (error instanceof LiveError) throw new UsageError(error.message);
    throw error;
  } finally {
    screen?.stop();
    process.off("SIGHUP", onHangup);
    ending.dispose();
  }
  outputs.event({ kind: "ended", time: engine.now, text: endingText(engine.snapshot()) });
  let isTaken = (await outputs.end()) || ending.isUnheard;
  held.print();
  if (flags.json !== true && isTaken && !ending.isUnheard) {
    isTaken = await finalReport(reportText(engine.finish(), presentation));
  }
  process.exitCode = EXIT.ok;
  if (isTaken) return;
  sayOnStderr("the readers of what is written stood still: not all of it was taken");
  // A write that never comes back would keep the program.
  process.exit(EXIT.unusable);
}

/** Captures until all is to end; throws LiveError where the first capture cannot be begun. */
async function watchAll(
  flags: LiveFlags,
  engine: LiveEngine,
  outputs: LiveOutputs,
  ending: Ending,
  say: (text: string) => void,
  screen: LiveScreen | null,
): Promise<void> {
  const { recent } = outputs;
  const watcher = new Watcher({
    engine,
    say,
    ...(recent === null ? {} : { tee: (bytes, framesBefore) => recent.tee(bytes, framesBefore) }),
  });
  const captures = superviseCaptures({
    interface: flags.interface,
    open: () => openLive(flags.backend, liveOptions(flags)),
    signal: ending.signal,
    onChange: ({ kind, text }) => {
      if (kind === "started" || kind === "resumed") engine.begin(now(), text);
      else engine.lost(now(), text);
      if (kind !== "started") return;
      outputs.announce();
      if (screen === null) return;
      screen.start();
      void screen.quit.then(ending.end);
    },
  });
  for await (const capture of captures) await watcher.watch(capture);
}

function liveOptions({ interface: name, filter, host, snaplen, buffer }: LiveFlags): LiveOptions {
  return {
    interface: name,
    filter: filter ?? captureFilter({ hosts: host ?? [], tagged: hasEthernetFrames(name) }),
    snapLength: snaplen,
    bufferKiB: buffer,
  };
}

function reportText(judgement: Judgement, presentation: Presentation): string {
  const colour = process.stdout.isTTY && !process.env["NO_COLOR"];
  return forTerminal(
    renderText(judgement, { colour, width: outputWidth(WIDEST), presentation }),
    presentation.texts.language,
  );
}

/** Microseconds since 1970, as packets have them. */
function now(): number {
  return Date.now() * MICROS;
}

/** Ends the capture at SIGINT, SIGTERM, or when the display was left; a second SIGINT ends the program at once. */
class Ending {
  readonly #controller = new AbortController();
  #isUnheard = false;

  constructor() {
    process.on("SIGINT", this.#onSignal);
    process.on("SIGTERM", this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Nobody reads standard output any more. */
  get isUnheard(): boolean {
    return this.#isUnheard;
  }

  readonly end = (): void => this.#controller.abort();

  readonly unheard = (): void => {
    this.#isUnheard = true;
    this.end();
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    if (this.signal.aborted && signal === "SIGINT") process.exit(130);
    this.end();
  };

  dispose(): void {
    process.off("SIGINT", this.#onSignal);
    process.off("SIGTERM", this.#onSignal);
  }
}

/** What is said while the table has the terminal; printed when it was given back. */
class HeldWords {
  readonly #words: string[] = [];

  readonly say = (text: string): void => {
    this.#words.push(text);
    if (this.#words.length > 20) this.#words.shift();
  };

  print(): void {
    for (const text of this.#words) sayOnStderr(text);
  }
}
