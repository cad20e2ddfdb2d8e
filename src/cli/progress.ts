import { humanBytes } from "../bytes/size.js";
import type { Meter } from "../capture/node/meter.js";

/** A read that takes longer than this is worth a line. */
const PATIENCE_MS = 1000;
const EVERY_MS = 200;
/** Of a terminal that does not say how wide it is. */
const USUAL_WIDTH = 80;
const ERASE_LINE = "\r\u001b[K";

/**
 * Says on a terminal's standard error how a long read comes along, in one line that is renewed and in the end erased.
 * Anything else than a terminal gets nothing. Returns what ends it, once or again.
 */
export function showProgress(meter: Meter, stream: NodeJS.WriteStream = process.stderr): () => void {
  if (!stream.isTTY) return () => {};
  const started = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    const elapsed = performance.now() - started;
    if (elapsed < PATIENCE_MS) return;
    shown = true;
    const room = (stream.columns || USUAL_WIDTH) - 1;
    stream.write(`${ERASE_LINE}${progressLine(meter, elapsed / 1000).slice(0, room)}`);
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (shown) stream.write(ERASE_LINE);
    shown = false;
  };
}

/** What the line says after so many seconds. */
export function progressLine({ read, total }: Meter, seconds: number): string {
  const rate = read / seconds;
  const speed = `${humanBytes(rate)}/s`;
  if (total === null || total === 0) return `read ${humanBytes(read)}, ${speed}`;
  const share = Math.min(100, Math.floor((100 * read) / total));
  const left = rate > 0 ? `, ${Math.ceil(Math.max(0, total - read) / rate)} s left` : "";
  return `read ${humanBytes(read)} of ${humanBytes(total)} (${share} %), ${speed}${left}`;
}
