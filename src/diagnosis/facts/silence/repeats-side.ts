import type { Address } from "../../../bytes/address.js";
import type { Exchange, IkeSa } from "../../../session/model.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import { isSameMessage, listed, type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { sideOf } from "../side.js";
import { endsOf } from "../../../session/model/queries.js";

/** An exchange that was answered only after its request was sent again. */
export interface Repeated {
  readonly sa: IkeSa;
  readonly exchange: Exchange;
}

/** Each try has an answer of its own, and the first came behind the last try: the way is long, and nothing was lost. */
export function isEachAnswered({ request, response }: Exchange): boolean {
  return (response?.tries ?? 0) >= (request?.tries ?? 0) && firstTimeOf(response) > lastTimeOf(request);
}

/** The exchanges of one side whose answers were sent once, or more than once. */
interface Group {
  readonly asker: Address;
  readonly answerer: Address;
  readonly isAnsweredAgain: boolean;
}

/**
 * A sentence for each side that repeated its requests: what can have been lost, by the capture point. A repeat that is seen was sent, and
 * an answer that is seen came as far as this: what is lost is lost beyond it.
 */
export function sideOfRepeats(context: TunnelContext, repeated: readonly Repeated[]): Message {
  const groups = new Map<string, Group>();
  for (const { sa, exchange } of repeated) {
    const [asker, answerer] = endsOf(sa, exchange.startedBy).map(({ address }) => address);
    if (asker === undefined || answerer === undefined) continue;
    const isAnsweredAgain = (exchange.response?.tries ?? 0) > 1;
    const key = `${asker} ${answerer} ${isAnsweredAgain}`;
    if (!groups.has(key)) groups.set(key, { asker, answerer, isAnsweredAgain });
  }
  const sentences: Message[] = [];
  for (const group of groups.values()) {
    const next = sentence(context, group);
    // A sentence that holds for both sides names neither of them.
    if (!sentences.some((one) => isSameMessage(one, next))) sentences.push(next);
  }
  return listed(sentences, "blank");
}

function sentence(context: TunnelContext, { asker, answerer, isAnsweredAgain }: Group): Message {
  switch (sideOf(context, asker)) {
    case "near":
      return isAnsweredAgain
        ? say`Captured near ${asker}: answers were repeated too and arrive there, so they came late, or that host dropped the first ones.`
        : say`Captured near ${asker}: the repeats leave there and one answer comes back, so requests or answers were lost on the way, or ${answerer} was slow.`;
    case "far":
      return isAnsweredAgain
        ? say`Captured near ${answerer}: answers were repeated too and leave there, so they were lost on the way to ${asker}, or came late.`
        : say`Captured near ${answerer}: the repeats arrive there and one answer leaves, so ${answerer} was slow, or its host dropped the first ones.`;
    case "both-ends":
      return "Requests or answers were lost between the two ends, or the answers were slow.";
    case "between":
    case "unknown":
      return isAnsweredAgain
        ? say`Answers were repeated too and pass the capture point, so they were lost between it and ${asker}, or came late.`
        : say`The repeats pass the capture point and one answer comes back, so requests or answers were lost between it and ${answerer}, or ${answerer} was slow.`;
  }
}
