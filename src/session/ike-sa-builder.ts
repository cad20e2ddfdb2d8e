import { EXCHANGE_V1, EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import { V2_FLAG, ZERO_SPI, type IkeMessage } from "../ike/message.js";
import { phase1Step } from "./v1-steps.js";
import type { Exchange, IkeSa, Role, Transmission } from "./model.js";
import { recordSighting, type SeenMessage } from "./transmission.js";

/** Exchanges that an IKE SA keeps; the oldest after the first `KEEP_FIRST` go first. */
const EXCHANGE_LIMIT = 200;
const KEEP_FIRST = 40;

type KnownExchange = { readonly exchange: Exchange; readonly digests: number[] };

/** Collects the messages of one IKE SA into exchanges. */
export class IkeSaBuilder {
  readonly sa: IkeSa;
  readonly #known = new Map<string, KnownExchange>();
  /** IKEv1: where a message of these bytes went, to recognise its retransmissions. */
  readonly #byDigest = new Map<number, Transmission>();

  constructor(id: string, seen: SeenMessage, fromInitiator: boolean) {
    const { header } = seen.message;
    const { source, destination, time } = seen.sighting;
    this.sa = {
      id,
      majorVersion: header.majorVersion === 1 ? 1 : 2,
      initiatorSpi: header.initiatorSpi,
      responderSpi: ZERO_SPI,
      initiator: fromInitiator ? source : destination,
      responder: fromInitiator ? destination : source,
      startSeen: fromInitiator && opensIkeSa(seen.message),
      exchanges: [],
      unkept: 0,
      firstTime: time,
      lastTime: time,
    };
  }

  /** Adds one sighting of a message that `from` sent. */
  add(seen: SeenMessage, from: Role): void {
    const { sa } = this;
    const { time } = seen.sighting;
    if (time < sa.firstTime) sa.firstTime = time;
    if (time > sa.lastTime) sa.lastTime = time;
    if (bindsResponderSpi(seen.message)) sa.responderSpi = seen.message.header.responderSpi;
    if (sa.majorVersion === 2) this.#addV2(seen, from);
    else this.#addV1(seen, from);
  }

  #addV2(seen: SeenMessage, from: Role): void {
    const { header } = seen.message;
    const isResponse = (header.flags & V2_FLAG.response) !== 0;
    const startedBy: Role = isResponse ? otherRole(from) : from;
    const key = `${startedBy}:${header.messageId}`;
    let known = this.#known.get(key);
    const isNewRound =
      known !== undefined &&
      !isResponse &&
      header.exchangeType === EXCHANGE_V2.IKE_SA_INIT &&
      known.exchange.request !== null &&
      !known.digests.includes(seen.digest);
    if (known === undefined || isNewRound) {
      known = this.#open(key, header.exchangeType, header.messageId, 1, startedBy, true);
    }
    const { exchange } = known;
    if (!isResponse) {
      known.digests.push(seen.digest);
      exchange.request = recordSighting(exchange.request, seen);
      return;
    }
    // RFC 7296 2.21.1: an unauthenticated error is overridden by a normal answer, whichever came first.
    const answered = exchange.response;
    if (
      answered !== null &&
      header.exchangeType === EXCHANGE_V2.IKE_SA_INIT &&
      !known.digests.includes(seen.digest)
    ) {
      if (!carriesSa(seen.message)) {
        // Each COOKIE may have other bytes (strongSwan puts the time in), and is the same demand.
        if (isCookieDemand(answered.message) && isCookieDemand(seen.message)) recordSighting(answered, seen);
        return;
      }
      if (!carriesSa(answered.message)) exchange.response = null;
    }
    known.digests.push(seen.digest);
    exchange.response = recordSighting(exchange.response, seen);
  }

  #addV1(seen: SeenMessage, from: Role): void {
    const again = this.#byDigest.get(seen.digest);
    if (again !== undefined) {
      recordSighting(again, seen);
      return;
    }
    const { header } = seen.message;
    switch (header.exchangeType) {
      case EXCHANGE_V1.MAIN_MODE:
      case EXCHANGE_V1.AGGRESSIVE_MODE: {
        const step = phase1Step(seen.message, from);
        const request = step % 2 === 0 ? step - 1 : step;
        this.#pairV1(seen, "initiator", request, step % 2 === 0);
        return;
      }
      case EXCHANGE_V1.INFORMATIONAL: {
        const key = `informational:${this.sa.exchanges.length + this.sa.unkept}`;
        const { exchange } = this.#open(key, header.exchangeType, header.messageId, 1, from, false);
        exchange.request = recordSighting(null, seen);
        this.#remember(seen.digest, exchange.request);
        return;
      }
      default:
        this.#addV1Phase2(seen, from);
    }
  }

  /** Quick mode, transaction and the like: told apart by Message ID, steps in order of their messages. */
  #addV1Phase2(seen: SeenMessage, from: Role): void {
    const { exchangeType, messageId } = seen.message.header;
    const prefix = `${exchangeType}:${messageId}`;
    const first = this.#known.get(`${prefix}:1`)?.exchange;
    const startedBy = first?.startedBy ?? from;
    let step = 1;
    for (;;) {
      const exchange = this.#known.get(`${prefix}:${step}`)?.exchange;
      if (exchange === undefined) break;
      if (from !== startedBy && exchange.response === null) break;
      step += 2;
    }
    if (from !== startedBy && !this.#known.has(`${prefix}:${step}`)) step = Math.max(1, step - 2);
    this.#pairV1(seen, startedBy, step, from !== startedBy);
  }

  #pairV1(seen: SeenMessage, startedBy: Role, step: number, isResponse: boolean): void {
    const { exchangeType, messageId } = seen.message.header;
    const key = `${exchangeType}:${messageId}:${step}`;
    const known =
      this.#known.get(key) ??
      this.#open(key, exchangeType, messageId, step, startedBy, expectsResponseV1(exchangeType, step));
    const { exchange } = known;
    const side = isResponse ? "response" : "request";
    exchange[side] = recordSighting(exchange[side], seen);
    this.#remember(seen.digest, exchange[side]);
  }

  #remember(seenDigest: number, transmission: Transmission): void {
    this.#byDigest.set(seenDigest, transmission);
    if (this.#byDigest.size > EXCHANGE_LIMIT * 4) {
      for (const oldest of this.#byDigest.keys()) {
        this.#byDigest.delete(oldest);
        break;
      }
    }
  }

  #open(
    key: string,
    exchangeType: number,
    messageId: number,
    step: number,
    startedBy: Role,
    expectsResponse: boolean,
  ): KnownExchange {
    const exchange: Exchange = {
      exchangeType,
      messageId,
      step,
      startedBy,
      request: null,
      response: null,
      expectsResponse,
    };
    const known = { exchange, digests: [] };
    this.#known.set(key, known);
    const { exchanges } = this.sa;
    exchanges.push(exchange);
    if (exchanges.length > EXCHANGE_LIMIT) {
      const dropped = exchanges.splice(KEEP_FIRST, 1)[0];
      this.sa.unkept += (dropped?.request?.tries ?? 0) + (dropped?.response?.tries ?? 0);
      for (const [oldKey, old] of this.#known) {
        if (old.exchange === dropped) this.#known.delete(oldKey);
        if (old.exchange === dropped) break;
      }
    }
    return known;
  }
}

function otherRole(role: Role): Role {
  return role === "initiator" ? "responder" : "initiator";
}

function opensIkeSa({ header }: IkeMessage): boolean {
  if (header.responderSpi !== ZERO_SPI) return false;
  if (header.majorVersion !== 1) {
    return (
      header.exchangeType === EXCHANGE_V2.IKE_SA_INIT ||
      header.exchangeType === EXCHANGE_V2.IKE_SESSION_RESUME
    );
  }
  return header.exchangeType === EXCHANGE_V1.MAIN_MODE || header.exchangeType === EXCHANGE_V1.AGGRESSIVE_MODE;
}

/** Error answers to IKE_SA_INIT may carry a responder SPI that no IKE SA will have (RFC 7296 2.6). */
function bindsResponderSpi(message: IkeMessage): boolean {
  const { header } = message;
  if (header.responderSpi === ZERO_SPI) return false;
  if (header.majorVersion === 1) return header.exchangeType !== EXCHANGE_V1.INFORMATIONAL;
  return header.exchangeType !== EXCHANGE_V2.IKE_SA_INIT || carriesSa(message);
}

function carriesSa(message: IkeMessage): boolean {
  return message.payloads.some((payload) => payload.kind === "sa");
}

function isCookieDemand(message: IkeMessage): boolean {
  return (
    !carriesSa(message) &&
    message.payloads.some((payload) => payload.kind === "notify" && payload.notifyType === NOTIFY_V2.COOKIE)
  );
}

function expectsResponseV1(exchangeType: number, step: number): boolean {
  const lastStep = exchangeType === EXCHANGE_V1.MAIN_MODE ? 5 : 1;
  return step <= lastStep || exchangeType === EXCHANGE_V1.TRANSACTION;
}
