import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import type { FirstAnswer } from "../../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { CaptureContext, TunnelContext } from "../../context.js";
import { once } from "../../once.js";
import { FirstInTime } from "../first-in-time.js";
import type { UnansweredOpening } from "../negotiation/opening-stage.js";

/** Daemons restart and paths fail: only what is answered about the same time is worth a comparison. */
const SAME_TIME: Micros = 60_000_000;

/** An answer of a responder to the first message of an IKE SA. */
interface AnsweredPeer extends FirstAnswer {
  readonly tunnel: number;
  readonly initiator: Address;
}

/** An answer of the same responder to the first message of another peer, about the same time; null where there is none. */
export function answerToOthers(
  { capture, tunnel }: TunnelContext,
  { setup: { sa }, exchange }: UnansweredOpening,
): AnsweredPeer | null {
  const from = firstTimeOf(exchange.request) - SAME_TIME;
  const to = lastTimeOf(exchange.request) + SAME_TIME;
  const answers = answersOf(capture).get(keyOf(sa.responder.address, sa.majorVersion));
  const isOther = ({ tunnel: id, initiator }: AnsweredPeer): boolean =>
    id !== tunnel.id && initiator !== sa.initiator.address;
  return answers?.find(from, to, isOther) ?? null;
}

/** The answers by responder and IKE version, in order of the tunnels; from the facts of the IKE SAs: no tunnel is opened. */
const answersOf = once(({ tunnels }: CaptureContext): ReadonlyMap<string, FirstInTime<AnsweredPeer>> => {
  const lists = new Map<string, AnsweredPeer[]>();
  for (const { id, addresses, ikeSas } of tunnels) {
    for (const sa of ikeSas) {
      const { address } = sa.responder;
      if (!sa.startSeen || !addresses.includes(address)) continue;
      for (const answer of sa.facts.firstAnswers) {
        const peer = { tunnel: id, initiator: sa.initiator.address, ...answer };
        const key = keyOf(address, sa.majorVersion);
        const list = lists.get(key);
        if (list === undefined) lists.set(key, [peer]);
        else list.push(peer);
      }
    }
  }
  return new Map([...lists].map(([key, list]) => [key, new FirstInTime(list)]));
});

function keyOf(responder: Address, majorVersion: number): string {
  return `${majorVersion} ${responder}`;
}
