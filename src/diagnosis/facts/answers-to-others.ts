import type { Micros } from "../../bytes/time.js";
import type { IkeSaOutline, Transmission, KeptIkeSa, Exchange } from "../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../session/progress.js";
import type { TunnelContext, CaptureContext } from "../context.js";
import type { UnansweredOpening } from "./opening-stage.js";
import { once } from "../once.js";

/** Daemons restart and paths fail: only what is answered about the same time is worth a comparison. */
const SAME_TIME: Micros = 60_000_000;

interface OtherAnswer {
  readonly sa: IkeSaOutline;
  readonly response: Transmission;
}

/** An answer of the same responder to the first message of another peer, about the same time; null where there is none. */
export function answerToOthers(
  { capture, tunnel }: TunnelContext,
  { setup, exchange }: UnansweredOpening,
): OtherAnswer | null {
  const from = firstTimeOf(exchange.request) - SAME_TIME;
  const to = lastTimeOf(exchange.request) + SAME_TIME;
  const { responder, initiator, majorVersion } = setup.sa;
  for (const { tunnel: id, sa, times } of answersByResponder(capture).get(responder.address) ?? []) {
    if (id === tunnel.id || sa.initiator.address === initiator.address || sa.majorVersion !== majorVersion)
      continue;
    const time = times.find((one) => one >= from && one <= to);
    if (time === undefined) continue;
    const answered = sa.open().exchanges.find((one) => isFirst(one) && firstTimeOf(one.response) === time);
    if (answered?.response != null) return { sa, response: answered.response };
  }
  return null;
}

/** When the first messages of an IKE SA were answered. */
interface Answers {
  readonly tunnel: number;
  readonly sa: KeptIkeSa;
  readonly times: readonly Micros[];
}

/** The answers of all responders, so that the tunnels are opened once and not for each that fails. */
const answersByResponder = once((capture: CaptureContext): ReadonlyMap<string, readonly Answers[]> => {
  const answers = new Map<string, Answers[]>();
  for (const { id, addresses, ikeSas } of capture.tunnels) {
    for (const sa of ikeSas) {
      const { address } = sa.responder;
      if (!sa.startSeen || !addresses.includes(address)) continue;
      const times = sa.open().exchanges.flatMap((one) => (isFirst(one) ? [firstTimeOf(one.response)] : []));
      if (times.length === 0) continue;
      const list = answers.get(address);
      if (list === undefined) answers.set(address, [{ tunnel: id, sa, times }]);
      else list.push({ tunnel: id, sa, times });
    }
  }
  return answers;
});

function isFirst({ messageId, step, response }: Exchange): boolean {
  return messageId === 0 && step === 1 && response !== null;
}
