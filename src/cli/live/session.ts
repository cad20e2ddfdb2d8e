import { type Message } from "../../texts/message.js";
import type { Address } from "../../bytes/address.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { LiveEngine } from "../../live/engine.js";
import { endingText } from "../../report/live/ending.js";
import type { Presentation } from "../../report/presentation.js";
import { renderText } from "../../report/text.js";
import { EXIT } from "../exit.js";
import { forTerminal } from "../outputs/charset.js";
import { outputWidth } from "../width.js";
import { finalReport, LiveOutputs, sayOnStderr } from "./outputs.js";
import { LiveScreen } from "./screen.js";
import type { WatchTerms } from "./terms.js";
import { whyNoTable } from "../terminal/streams.js";

const MICROS = 1000;
/** Longer lines are hard to read; a pipe has no width of its own. */
const WIDEST = 100;

/** The engine and its outputs, as a source of packets uses them. */
export interface WatchParts {
  readonly engine: LiveEngine;
  readonly outputs: LiveOutputs;
  /** Aborted when all is to end. */
  readonly signal: AbortSignal;
  /** Says a trouble to the operator, a line without its end. */
  readonly say: (message: Message) => void;
  /** To be called once there is something to show: the table takes the terminal, and it is said where the metrics are. */
  readonly show: () => void;
}

/** The engine as a capture on an interface wants it, or one in files. */
export interface EngineFeed {
  /** The capture filter, null where it is not known. */
  readonly filter: string | null;
  readonly judging?: number;
  /** Addresses of this gateway. */
  readonly own?: readonly Address[];
}

/**
 * Runs an engine with its outputs and its table until it is told to end, or `feed` has nothing more; then prints the final
 * report and sets the exit status.
 */
export async function runEngine(
  terms: WatchTerms,
  { filter, judging, own = [] }: EngineFeed,
  feed: (parts: WatchParts) => Promise<void>,
): Promise<void> {
  const { interface: name, presentation, limits, products } = terms;
  const ending = new Ending();
  const held = new HeldWords();
  const hasTable = terms.table && whyNoTable(process.stdout, process.env["TERM"]) === null;
  const say = hasTable ? held.say : sayOnStderr;
  const outputs = new LiveOutputs(terms, { say, onGone: ending.unheard, hasTable });
  const listener = outputs.accountListener;
  const engine = new LiveEngine(
    {
      interface: name,
      filter,
      ...limits,
      ...(judging === undefined ? {} : { judging }),
      ...(products === null ? {} : { products }),
      ...(listener === null ? {} : { accounts: { listener, own } }),
    },
    outputs,
    now(),
  );
  const screen = hasTable
    ? new LiveScreen(engine, process, { presentation, notes: () => outputs.places })
    : null;
  const onHangup = (): void => outputs.reopen();
  process.on("SIGHUP", onHangup);
  try {
    await outputs.open(engine);
    const show = (): void => {
      outputs.announce();
      if (screen === null) return;
      screen.start();
      void screen.quit.then(ending.end);
    };
    await feed({ engine, outputs, signal: ending.signal, say, show });
  } finally {
    screen?.stop();
    process.off("SIGHUP", onHangup);
    ending.dispose();
  }
  engine.accountForAll();
  const lastLook = engine.lastLook();
  outputs.event({ kind: "ended", time: engine.now, text: endingText(engine.snapshot(), lastLook) });
  let isTaken = (await outputs.end()) || ending.isUnheard;
  held.print();
  if (terms.json?.file !== null && isTaken && !ending.isUnheard) {
    isTaken = await finalReport(reportText(engine.finish(), presentation));
  }
  process.exitCode = EXIT.ok;
  if (isTaken) return;
  sayOnStderr("the readers of what is written stood still: not all of it was taken");
  // A write that never comes back would keep the program.
  process.exit(EXIT.unusable);
}

function reportText(judgement: Judgement, presentation: Presentation): string {
  const colour = process.stdout.isTTY && !process.env["NO_COLOR"];
  return forTerminal(
    renderText(judgement, { colour, width: outputWidth(WIDEST), presentation }),
    presentation.texts.language,
  );
}

/** Microseconds since 1970, as packets have them. */
export function now(): number {
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

/** Messages that wait while the table has the terminal; they are printed when it was given back. */
class HeldWords {
  readonly #words: Message[] = [];

  readonly say = (message: Message): void => {
    this.#words.push(message);
    if (this.#words.length > 20) this.#words.shift();
  };

  print(): void {
    for (const message of this.#words) sayOnStderr(message);
  }
}
