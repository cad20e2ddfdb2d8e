import type { Micros } from "../../bytes/time.js";
import { ZERO_SPI } from "../../ike/message.js";
import { factsOf, UNANSWERED } from "../ike-sa-facts.js";
import type { Endpoint, IkeSa, IkeSaFacts, IkeSaOutline, KeptIkeSa } from "../model.js";
import type { Archive } from "./archive.js";
import { ExchangeLog } from "./exchange-log.js";

type Beginning = Pick<
  IkeSaOutline,
  "id" | "majorVersion" | "initiatorSpi" | "initiator" | "responder" | "startSeen"
>;

const NO_ANSWERS = { initiator: 0, responder: 0 } as const;

/** An IKE SA that grows while the capture is read. */
export class GrowingIkeSa implements KeptIkeSa {
  readonly id: string;
  readonly majorVersion: 1 | 2;
  readonly initiatorSpi: string;
  readonly initiator: Endpoint;
  readonly responder: Endpoint;
  readonly startSeen: boolean;
  readonly log: ExchangeLog;
  responderSpi = ZERO_SPI;
  firstTime: Micros;
  lastTime: Micros;
  #facts: IkeSaFacts | null = null;

  constructor(beginning: Beginning, time: Micros, archive: Archive) {
    this.id = beginning.id;
    this.majorVersion = beginning.majorVersion;
    this.initiatorSpi = beginning.initiatorSpi;
    this.initiator = beginning.initiator;
    this.responder = beginning.responder;
    this.startSeen = beginning.startSeen;
    this.log = new ExchangeLog(beginning.initiatorSpi, archive);
    this.firstTime = time;
    this.lastTime = time;
  }

  get unkept(): number {
    return this.log.givenUp?.messages ?? 0;
  }

  get unkeptChecks(): number {
    return this.log.givenUp?.checks ?? 0;
  }

  get unkeptAnswers(): IkeSaOutline["unkeptAnswers"] {
    return this.log.givenUp?.answers ?? NO_ANSWERS;
  }

  get unkeptSpan(): IkeSaOutline["unkeptSpan"] {
    return this.log.givenUp;
  }

  seenAt(time: Micros): void {
    this.#facts = null;
    if (time < this.firstTime) this.firstTime = time;
    if (time > this.lastTime) this.lastTime = time;
  }

  open(): IkeSa {
    const { id, majorVersion, initiatorSpi, responderSpi, initiator, responder, startSeen } = this;
    const { unkept, unkeptChecks, unkeptAnswers, unkeptSpan, firstTime, lastTime } = this;
    const opened: IkeSa = {
      id,
      majorVersion,
      initiatorSpi,
      responderSpi,
      initiator,
      responder,
      startSeen,
      unkept,
      unkeptChecks,
      unkeptAnswers,
      unkeptSpan,
      firstTime,
      lastTime,
      exchanges: this.log.all(),
    };
    // Once it is unpacked they cost little, and others that ask for them need not unpack it again.
    this.#facts ??= factsOf(opened);
    return opened;
  }

  get facts(): IkeSaFacts {
    if (this.#facts !== null) return this.#facts;
    // Of IKEv2 all facts come from answers; of IKEv1 quick mode 3 alone is one.
    if (this.majorVersion === 2 && !this.log.isAnswered) return (this.#facts = UNANSWERED);
    this.open();
    return this.#facts ?? UNANSWERED;
  }
}
