import { informational, informationalAnswer, type Scenario } from "../scenario/index.js";
import type { Peer } from "../scenario/peer.js";
import type { Counting } from "./lives.js";

/** UPDATE_SA_ADDRESSES with both NAT detection hashes (RFC 4555 3.5). */
const UPDATE = { ask: 64, answer: 56 } as const;

/** The initiator of a tunnel, which can be at several places, with one counter of ESP for all of them. */
export class Mobile {
  readonly #talk: Scenario;
  readonly #ids: Counting;
  #sent = 0;

  constructor(talk: Scenario, ids: Counting) {
    this.#talk = talk;
    this.#ids = ids;
  }

  /** Says where it is now, and is answered at its last try. */
  arrives(place: Peer, ...tries: readonly number[]): void {
    const [talk, { sa }] = [this.#talk, this.#ids];
    const id = this.#ids.next("initiator");
    talk.between(place, talk.responder, ...tries).sends(informational({ sa, id, inner: UPDATE.ask }));
    talk
      .between(talk.responder, place, (tries.at(-1) ?? 0) + 0.05)
      .sends(informationalAnswer({ sa, id, inner: UPDATE.answer }));
  }

  /** As `arrives`, and is never answered. */
  arrivesInVain(place: Peer, ...tries: readonly number[]): void {
    const { sa } = this.#ids;
    const update = informational({ sa, id: this.#ids.next("initiator"), inner: UPDATE.ask });
    this.#talk.between(place, this.#talk.responder, ...tries).sends(update);
  }

  /** Pings from there, answered to there. */
  pings(place: Peer, seconds: readonly number[]): void {
    this.asks(place, seconds);
    const sequence = this.#sent - seconds.length + 1;
    const answers = seconds.map((second) => second + 0.02);
    this.#talk.between(this.#talk.responder, place, ...answers).esp({ sequence });
  }

  /** Pings from there that nobody answers. */
  asks(place: Peer, seconds: readonly number[]): void {
    const sequence = this.#sent + 1;
    this.#sent += seconds.length;
    this.#talk.between(place, this.#talk.responder, ...seconds).esp({ sequence });
  }

  /** Liveness checks from there, answered. */
  checks(place: Peer, seconds: readonly number[]): void {
    const { sa } = this.#ids;
    for (const second of seconds) {
      const id = this.#ids.next("initiator");
      this.#talk.between(place, this.#talk.responder, second).sends(informational({ sa, id }));
      this.#talk.between(this.#talk.responder, place, second + 0.04).sends(informationalAnswer({ sa, id }));
    }
  }

  /** A liveness check from there, repeated and never answered. */
  checksInVain(place: Peer, ...tries: readonly number[]): void {
    const check = informational({ sa: this.#ids.sa, id: this.#ids.next("initiator") });
    this.#talk.between(place, this.#talk.responder, ...tries).sends(check);
  }
}
