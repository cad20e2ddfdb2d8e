import type { Micros } from "../../bytes/time.js";
import { ZERO_SPI } from "../../ike/message.js";
import { factsOf, UNANSWERED } from "../ike-sa-facts.js";
import type { Endpoint, IkeSa, IkeSaFacts, IkeSaOutline, KeptIkeSa, Sighting } from "../model.js";
import { NO_TRACES, withSighting } from "../traces.js";
import type { Archive } from "./archive.js";
import { ExchangeLog } from "./log.js";

type Beginning = Pick<
  IkeSaOutline,
  "majorVersion" | "initiatorSpi" | "initiator" | "responder" | "startSeen" | "rolesProven"
> & {
  /** Counts the IKE SAs of the capture. */
  readonly number: number;
};

const NO_ANSWERS = { initiator: 0, responder: 0 } as const;

/** An IKE SA that grows while the capture is read. */
export class GrowingIkeSa extends ExchangeLog implements KeptIkeSa {
  readonly #number: number;
  readonly majorVersion: 1 | 2;
  initiator: Endpoint;
  responder: Endpoint;
  readonly startSeen: boolean;
  rolesProven: boolean;
  tellsOfRedirect = false;
  responderSpi = ZERO_SPI;
  firstTime: Micros;
  lastTime: Micros;
  #facts: IkeSaFacts | null = null;
  #ofInitiator = NO_TRACES;
  #ofResponder = NO_TRACES;

  constructor(beginning: Beginning, time: Micros, archive: Archive) {
    super(beginning.initiatorSpi, archive);
    this.#number = beginning.number;
    this.majorVersion = beginning.majorVersion;
    this.initiator = beginning.initiator;
    this.responder = beginning.responder;
    this.startSeen = beginning.startSeen;
    this.rolesProven = beginning.rolesProven;
    this.firstTime = time;
    this.lastTime = time;
  }

  get id(): string {
    return `sa-${this.#number}`;
  }

  get unkept(): number {
    return this.givenUp?.messages ?? 0;
  }

  get unkeptChecks(): number {
    return this.givenUp?.checks ?? 0;
  }

  get unkeptAnswers(): IkeSaOutline["unkeptAnswers"] {
    return this.givenUp?.answers ?? NO_ANSWERS;
  }

  get unkeptSpan(): IkeSaOutline["unkeptSpan"] {
    return this.givenUp;
  }

  get traces(): IkeSaOutline["traces"] {
    return { initiator: this.#ofInitiator, responder: this.#ofResponder };
  }

  /** One of its messages was seen. */
  seen(sighting: Sighting): void {
    const { time, source } = sighting;
    this.#facts = null;
    if (source.address === this.initiator.address) {
      this.#ofInitiator = withSighting(this.#ofInitiator, sighting);
    }
    if (source.address === this.responder.address) {
      this.#ofResponder = withSighting(this.#ofResponder, sighting);
    }
    if (time < this.firstTime) this.firstTime = time;
    if (time > this.lastTime) this.lastTime = time;
  }

  /** The peer that stood for the initiator is the responder; what was filed before is filed anew. */
  override turnRoles(): void {
    this.#facts = null;
    [this.initiator, this.responder] = [this.responder, this.initiator];
    [this.#ofInitiator, this.#ofResponder] = [this.#ofResponder, this.#ofInitiator];
    super.turnRoles();
  }

  open(): IkeSa {
    return this.#unpacked();
  }

  #unpacked(): IkeSa {
    const { id, majorVersion, initiatorSpi, responderSpi, initiator, responder, startSeen, rolesProven } =
      this;
    const { unkept, unkeptChecks, unkeptAnswers, unkeptSpan, firstTime, lastTime, traces } = this;
    return {
      id,
      majorVersion,
      initiatorSpi,
      responderSpi,
      initiator,
      responder,
      startSeen,
      rolesProven,
      unkept,
      unkeptChecks,
      unkeptAnswers,
      unkeptSpan,
      firstTime,
      lastTime,
      traces,
      exchanges: this.all(),
    };
  }

  get facts(): IkeSaFacts {
    if (this.#facts !== null) return this.#facts;
    // In IKEv2 all facts come from answers; in IKEv1 quick mode 3 alone is one.
    if (this.majorVersion === 2 && !this.isAnswered) return (this.#facts = UNANSWERED);
    return (this.#facts = factsOf(this.#unpacked()));
  }
}
