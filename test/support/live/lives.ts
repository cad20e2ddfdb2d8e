import {
  createChild,
  createChildAnswer,
  dialogue,
  informational,
  informationalAnswer,
  informationalV1,
  mainModeUp,
  quickModeUp,
  type SaSpis,
  type Scenario,
  setsUp,
} from "../scenario/index.js";

export const MINUTE = 60;
export const HOUR = 3600;

/** Counts the Message IDs of one IKE SA, each side's own (RFC 7296 2.2). */
export class Counting {
  readonly sa: SaSpis;
  #initiator = 2;
  #responder = 0;

  constructor(sa: SaSpis) {
    this.sa = sa;
  }

  next(side: "initiator" | "responder"): number {
    return side === "initiator" ? this.#initiator++ : this.#responder++;
  }
}

/** An answered request of that side. */
function asks(
  talk: Scenario,
  second: number,
  { sa, id, by }: { readonly sa: SaSpis; readonly id: number; readonly by: "initiator" | "responder" },
  [request, answer]: readonly [typeof informational, typeof informational],
  inner: readonly [number | undefined, number | undefined] = [undefined, undefined],
): void {
  const sized = (size: number | undefined) => (size === undefined ? { sa, id } : { sa, id, inner: size });
  talk.at(second)[by].sends(request(sized(inner[0])));
  talk.at(second + 0.04)[by === "initiator" ? "responder" : "initiator"].sends(answer(sized(inner[1])));
}

/** Liveness checks, answered, a step apart. */
export function checks(
  talk: Scenario,
  ids: Counting,
  seconds: readonly number[],
  by: "initiator" | "responder" = "initiator",
): void {
  for (const second of seconds) {
    asks(talk, second, { sa: ids.sa, id: ids.next(by), by }, [informational, informationalAnswer]);
  }
}

/** CREATE_CHILD_SA and, half a second later, the delete of what it replaced. */
export function rekeys(
  talk: Scenario,
  ids: Counting,
  second: number,
  by: "initiator" | "responder" = "initiator",
): void {
  const { sa } = ids;
  asks(talk, second, { sa, id: ids.next(by), by }, [createChild, createChildAnswer]);
  deletes(talk, ids, second + 0.5, 12, by);
}

/** An INFORMATIONAL with a delete: 8 bytes for the IKE SA, 12 for a Child SA. */
export function deletes(
  talk: Scenario,
  ids: Counting,
  second: number,
  inner: 8 | 12,
  by: "initiator" | "responder" = "initiator",
): void {
  const { sa } = ids;
  const answer = inner === 12 ? 12 : 0;
  asks(talk, second, { sa, id: ids.next(by), by }, [informational, informationalAnswer], [inner, answer]);
}

/** An IKEv2 tunnel that is set up at 0. */
export function begins(talk: Scenario): Counting {
  setsUp(talk);
  return new Counting(talk.sa);
}

/** A new IKE SA with a setup of its own. */
export function reauthenticates(talk: Scenario, second: number): Counting {
  const sa = talk.newSa();
  setsUp(talk, { from: second, sa });
  return new Counting(sa);
}

/** R-U-THERE and its acknowledgement: two INFORMATIONALs of which none answers the other by its header. */
export function checksV1(talk: Scenario, sa: SaSpis, seconds: readonly number[]): void {
  for (const second of seconds) {
    talk.at(second).initiator.sends(informationalV1({ sa }));
    talk.at(second + 0.04).responder.sends(informationalV1({ sa }));
  }
}

export function beginsV1(talk: Scenario, from = 0, sa = talk.sa): SaSpis {
  mainModeUp(talk, { from, sa });
  quickModeUp(talk, { from: from + 0.5, sa });
  return sa;
}

/** Pings under the SPIs of a generation. */
export function pings(talk: Scenario, seconds: readonly number[], generation = 0): void {
  dialogue(talk, seconds, {
    ask: { spi: 0xc1000001 + generation },
    answer: { spi: 0xc2000001 + generation },
  });
}
