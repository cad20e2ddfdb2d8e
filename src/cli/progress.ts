import { beginning } from "../bytes/columns.js";
import type { Message } from "../texts/message.js";
import { spoken } from "./standard-error.js";
import type { Meter } from "../capture/node/meter.js";
import { progressLine } from "../report/progress-line.js";

/** A read that takes longer than this is worth a line. */
const PATIENCE_MS = 1000;
const EVERY_MS = 200;
/** Columns of a terminal that does not say how wide it is. */
const USUAL_WIDTH = 80;
const ERASE_LINE = "\r\u001b[K";

export interface Progress {
  /** Says what comes after the reading, where the reading was long enough for a line. It stands until the end. */
  say(message: Message): void;
  /** Erases the line; may be called again. */
  end(): void;
}

/**
 * Says on a terminal's standard error how a long read comes along, in one line that is renewed and in the end erased.
 * Anything else than a terminal gets nothing.
 */
export function showProgress(meter: Meter, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { say: () => {}, end: () => {} };
  const started = performance.now();
  let shown = false;
  const show = (message: Message): void => {
    shown = true;
    const room = (stream.columns || USUAL_WIDTH) - 1;
    stream.write(`${ERASE_LINE}${beginning(spoken(message), room)}`);
  };
  const timer = setInterval(() => {
    const elapsed = performance.now() - started;
    if (elapsed >= PATIENCE_MS) show(progressLine(meter, elapsed / 1000));
  }, EVERY_MS);
  timer.unref();
  return {
    say: (message) => {
      clearInterval(timer);
      if (shown) show(message);
    },
    end: () => {
      clearInterval(timer);
      if (shown) stream.write(ERASE_LINE);
      shown = false;
    },
  };
}
