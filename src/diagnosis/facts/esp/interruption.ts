import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { EspStream } from "../../../esp/stream.js";
import { distinctPackets } from "../../../session/esp/esp-sas.js";
import type { TunnelContext } from "../../context.js";
import { onceInTurn } from "../../once.js";
import { canonicalOf } from "../sides.js";

/** Shorter silences, and of fewer questions, are everyday: a route that changes, a radio link. */
const SILENCE: Micros = 8_000_000;
const LEAST_UNANSWERED = 6;
/** Questions that were answered, before and after. */
const LEAST_ANSWERED = 6;
/** The share of the answers that follow a question. */
const ANSWERED = 0.85;
/** The questions went on at their pace: so many are unanswered as come in that time. Share, and packets. */
const AS_MANY = { share: 0.2, packets: 2 } as const;
/** A sender that waits for answers does not ask sooner, on the average: a call on hold sends on by itself. */
const BETWEEN_QUESTIONS: Micros = 150_000;
/** Their longest pause, in mean intervals. */
const LONGEST_PAUSE = 2;

/** Questions that went on while their answers were missing for a time and then came back. */
export interface Interruption {
  readonly asking: EspStream;
  readonly silent: EspStream;
  readonly asker: Address;
  readonly silentSide: Address;
  readonly unanswered: number;
}

/**
 * The longest interruption of a dialogue: steady questions, each of which is answered at all other times. Where other packets go beside
 * them, or questions slow down as those of TCP do, nothing is told.
 */
export const interruptionOf = onceInTurn(({ tunnel }: TunnelContext): Interruption | null => {
  const found = tunnel.streams.flatMap((silent) => {
    const silence = silent.gapTo - silent.gapFrom;
    if (silence < SILENCE || distinctPackets(silent) < LEAST_ANSWERED) return [];
    const silentSide = canonicalOf(tunnel, silent.source);
    const around = tunnel.streams.filter(
      (other) =>
        canonicalOf(tunnel, other.source) !== silentSide &&
        other.firstTime <= silent.gapFrom &&
        other.lastTime >= silent.gapTo,
    );
    const [asking, ...others] = around;
    if (asking === undefined || others.length > 0) return [];
    const unanswered = unansweredIn(asking, silent);
    const asker = canonicalOf(tunnel, asking.source);
    return unanswered === null ? [] : [{ asking, silent, asker, silentSide, unanswered }];
  });
  return found.toSorted((a, b) => b.unanswered - a.unanswered)[0] ?? null;
});

/** The questions that came in the longest pause of the answers; null where that pause is not all that is unanswered. */
function unansweredIn(asking: EspStream, silent: EspStream): number | null {
  if (!isPlain(asking) || !isPlain(silent)) return null;
  const questions = distinctPackets(asking);
  const answers = distinctPackets(silent);
  const turns = silent.answers.find(({ spi }) => spi === asking.spi)?.turns ?? 0;
  const unanswered = questions - turns;
  const interval = (asking.lastTime - asking.firstTime) / (questions - 1);
  const expected = (silent.gapTo - silent.gapFrom) / interval;
  const isSteady = interval >= BETWEEN_QUESTIONS && asking.gapTo - asking.gapFrom <= interval * LONGEST_PAUSE;
  const isAll = Math.abs(unanswered - expected) <= Math.max(AS_MANY.packets, expected * AS_MANY.share);
  const isAnswered = turns >= LEAST_ANSWERED && turns >= answers * ANSWERED;
  // Numbers that are missing say that answers were sent, and `esp-loss` tells of them.
  const wereSent = silent.lost * 2 > unanswered;
  return isSteady && isAll && isAnswered && !wereSent && unanswered >= LEAST_UNANSWERED ? unanswered : null;
}

/** Each packet is there once, and its numbers go up. */
function isPlain({ duplicates, order }: EspStream): boolean {
  return duplicates === 0 && order.restarts === 0;
}
