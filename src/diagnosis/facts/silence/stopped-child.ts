import type { ChildSa, EspSa } from "../../../session/esp/child-sa.js";
import { answersTo } from "../../../session/esp/esp-sas.js";
import type { TunnelContext } from "../../context.js";
import { IN_FLIGHT_US } from "../esp/one-direction.js";
import { isOfOtherPorts } from "../esp/one-way-child.js";
import { isMerged, sizeBinsOf } from "../esp/esp-directions.js";
import { type StoppedAnswers, stoppedAnswersIn } from "./answers-stop.js";
import { stoppedBeside } from "./stopped-beside.js";

/** Answers that stop in one of several Child SAs. */
export interface StoppedChild extends StoppedAnswers {
  /** The SA that the questions go on in. */
  readonly asked: EspSa;
  /** Another Child SA, which has packets both ways meanwhile. */
  readonly working: ChildSa;
}

/**
 * One of several Child SAs whose answers stop while another one goes on both ways; null where none does. Not where its answers come in
 * another Child SA since then, as in the overlap of a rekey.
 */
export function stoppedChild({ tunnel, capture }: TunnelContext): StoppedChild | null {
  if (tunnel.streamsNotKept > 0 || isMerged(capture.files) || tunnel.childSas.length < 2) return null;
  for (const { forward, backward } of tunnel.childSas) {
    if (forward === null || backward === null) continue;
    const own = { ...tunnel, streams: [...forward.streams, ...backward.streams] };
    const found = stoppedAnswersIn(own) ?? stoppedBeside(own);
    if (found === null) continue;
    const asked = found.asking.source === forward.source ? forward : backward;
    const others = tunnel.childSas.filter((child) => child.forward !== forward);
    const working = others.find((other) => goesOn(other, asked, found));
    if (working !== undefined && others.every((other) => !answersSince(other, asked, found)))
      return { ...found, asked, working };
  }
  return null;
}

/** Both directions of that Child SA, of the same client, have packets long after the answers stopped. */
function goesOn(
  { forward, backward }: ChildSa,
  asked: EspSa,
  { stoppedAt, asking }: StoppedAnswers,
): boolean {
  return [forward, backward].every(
    (espSa) =>
      espSa !== null &&
      espSa.firstTime < asking.lastTime &&
      espSa.lastTime > stoppedAt + IN_FLIGHT_US &&
      (espSa.source === asked.source || !isOfOtherPorts(espSa, asked)),
  );
}

/** More than this share of the questions have a packet of another Child SA behind them, if that has taken over the answers. */
const TAKEN_OVER = 0.5;

/**
 * Whether the answers come in that Child SA since then: as many packets of their size are in it. Packets of a busy one come behind most
 * questions by chance.
 */
function answersSince(
  { forward, backward }: ChildSa,
  asked: EspSa,
  { after, stoppedAt, silent }: StoppedAnswers,
): boolean {
  const sizes = sizeBinsOf(silent.streams);
  const usual = sizes.reduce(
    (best, { packets }, bin) => (packets > (sizes[best]?.packets ?? 0) ? bin : best),
    0,
  );
  return [forward, backward].some((espSa) => {
    const found = espSa === null || espSa.source === asked.source ? null : answersTo(espSa, asked);
    if (espSa === null || found === null || found.lastTime <= stoppedAt) return false;
    const alike = sizeBinsOf(espSa.streams)[usual]?.packets ?? 0;
    return found.turns > after * TAKEN_OVER && alike > after * TAKEN_OVER;
  });
}
