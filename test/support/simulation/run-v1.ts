import type { Message } from "../scenario/index.js";
import type { SaSpis } from "../scenario/wire.js";
import type { Surroundings } from "./configuration.js";
import type { Step } from "./exchanges-v1.js";
import type { PartyV1 } from "./party-v1.js";

/** Exchanges of IKEv1 that are to be run between two. */
export interface RunV1 {
  readonly steps: readonly Step[];
  readonly sa: SaSpis;
  readonly from: PartyV1;
  readonly to: PartyV1;
  readonly around: Surroundings;
  readonly isRekey: boolean;
  readonly beforeLast: () => void;
  readonly done: () => void;
  /** The side whose message has no answer after all attempts. */
  readonly givesUp: (party: PartyV1) => void;
}

/** Runs the steps one behind the other; each is repeated by its sender until the next one comes. */
export function runs(run: RunV1): void {
  const { steps, sa, from, to, around, isRekey, beforeLast, done } = run;
  const messageId = 1 + around.draws.below(0xffff_fe00);
  let request: object = {};
  let before: Message | null = null;
  const take = (index: number): void => {
    const next = steps[index];
    if (next === undefined) return;
    const [sender, receiver] = next.by === from.role ? [from, to] : [to, from];
    if (!next.isResponse) request = {};
    const own = request;
    const isLast = index === steps.length - 1;
    if (isLast) beforeLast();
    const message = next.make(sa, messageId);
    let isTaken = false;
    const arrives = (): void => {
      if (!receiver.isOn) return;
      if (next.opens) receiver.known.add(sa);
      if (!receiver.known.has(sa)) return;
      if (isTaken) return receiver.answers.get(message)?.();
      if (receiver.refuses(next.name, isRekey)) return receiver.objects(sa, next.name);
      isTaken = true;
      receiver.lastIn = around.clock.now;
      if (isLast) return done();
      const wait = steps[index + 1]?.isOfUser === true ? receiver.configuration.userTakes : 0;
      around.clock.after(wait, () => take(index + 1));
    };
    const { isResponse } = next;
    const send = (): void => sender.post.sends({ message, is: next.name, request: own, isResponse, arrives });
    if (before !== null) sender.answers.set(before, send);
    before = message;
    repeats(run, sender, send, next.isRepeated && !isLast, () => isTaken);
  };
  take(0);
}

function repeats(
  { around, sa, givesUp }: RunV1,
  sender: PartyV1,
  send: () => void,
  isRepeated: boolean,
  isTaken: () => boolean,
): void {
  const { waits } = sender.configuration.product;
  const attempt = (number: number): void => {
    if (!sender.isOn || isTaken() || !sender.known.has(sa)) return;
    const wait = waits[number];
    if (number > 0 && wait === undefined) return givesUp(sender);
    send();
    if (isRepeated) around.clock.after(wait ?? 0, () => attempt(number + 1));
  };
  attempt(0);
}
