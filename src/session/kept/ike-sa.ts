import type { Micros } from "../../bytes/time.js";
import { ZERO_SPI } from "../../ike/message.js";
import type { Endpoint, IkeSa, IkeSaOutline, KeptIkeSa } from "../model.js";
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
    if (time < this.firstTime) this.firstTime = time;
    if (time > this.lastTime) this.lastTime = time;
  }

  open(): IkeSa {
    const { id, majorVersion, initiatorSpi, responderSpi, initiator, responder, startSeen } = this;
    const { unkept, unkeptChecks, unkeptAnswers, unkeptSpan, firstTime, lastTime } = this;
    return {
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
  }
}
