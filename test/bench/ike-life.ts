import { addressBytes } from "../../src/bytes/address.js";
import { V2_FLAG, ZERO_SPI } from "../../src/ike/message.js";
import { natDetectionHash } from "../../src/ike/nat-detection.js";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes, withMarker } from "../support/ike/message.js";
import { ke, natDetection, nonce, notify, sa, sk, vendorId } from "../support/ike/payloads-v2.js";
import { SUITES } from "../support/scenario/suites.js";
import { CaptureFile } from "./capture-file.js";
import { again, packet } from "./ike-frames.js";

const NOON = 1_700_000_000_000_000;
const GATEWAY = "192.0.2.1";
/** Exchanges of one tunnel, two messages each. */
const EXCHANGES = 50;
/** Every so many exchanges the Child SA is rekeyed, and its old one deleted with the next. */
const CHILD_REKEY = 8;
/** Every so many exchanges of a tunnel the IKE SA is replaced: rekeyed and set up anew by turns. */
const IKE_SA_LIFE = 16;
/** Every so many exchanges the first request is lost and sent again. */
const LOSS = 20;
/** One in so many tunnels dies: its last liveness checks are in vain. */
const DEATH = 1000;
const TURN = 60_000_000;
const ROUND_TRIP = 2_000;
const RETRANSMISSION = 2_000_000;
const BACK_OFF = [4_000_000, 11_200_000, 24_160_000];
/** Forged packets come so far apart; the one peer's tries at these shares of the flood. */
const FLOOD_STEP = 40;
const FAILS_AT = [0.3, 0.4, 0.58, 0.9];

/** Lengths of SK bodies with AES-GCM-16: IV, payloads inside, pad length, ICV. */
const body = (inner: number): number => 8 + inner + 1 + 16;
const EMPTY = body(0);
const DELETE_IKE = body(8);
const DELETE_CHILD = body(12);
const AUTH = body(220);
const NEW_CHILD = body(180);
const NEW_IKE_SA = body(400);

/** One tunnel that lives: what it says in its next exchange. */
class Life {
  readonly address: string;
  readonly #number: number;
  readonly #dies: boolean;
  #sas = 0;
  #turn = 0;
  #ids = { initiator: 0, responder: 0 };

  constructor(number: number) {
    this.#number = number;
    this.#dies = number % DEATH === DEATH - 1;
    this.address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  }

  /** Request and response of the next exchange, and who asks. */
  next(): {
    readonly request: Uint8Array;
    readonly response: Uint8Array | null;
    readonly fromGateway: boolean;
  } {
    const turn = this.#turn++;
    const ofSa = turn % IKE_SA_LIFE;
    const isAnew = Math.floor(turn / IKE_SA_LIFE) % 2 === 0;
    if (ofSa === 0) this.#begin(isAnew);
    if (ofSa === 0 && isAnew) return this.#opening();
    if (ofSa === 1 && isAnew) return this.#exchange(35, AUTH, AUTH);
    if (this.#dies && turn >= EXCHANGES - 1) return { ...this.#exchange(37, EMPTY, EMPTY), response: null };
    // The last word on an IKE SA: its successor, or its end.
    if (ofSa === IKE_SA_LIFE - 1) {
      return isAnew ? this.#exchange(36, NEW_IKE_SA, NEW_IKE_SA) : this.#exchange(37, DELETE_IKE, EMPTY);
    }
    if (ofSa % CHILD_REKEY === 5) return this.#exchange(36, NEW_CHILD, NEW_CHILD);
    if (ofSa % CHILD_REKEY === 6) return this.#exchange(37, DELETE_CHILD, DELETE_CHILD);
    return this.#exchange(37, EMPTY, EMPTY, this.#number % 2 === 1);
  }

  #begin(isAnew: boolean): void {
    this.#sas++;
    this.#ids = { initiator: isAnew ? 1 : 0, responder: 0 };
  }

  #spi(side: number): string {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
    return `${side}a${hex(this.#sas, 6)}${hex(this.#number, 8)}`;
  }

  #opening() {
    const [initiatorSpi, responderSpi] = [this.#spi(1), this.#spi(2)];
    const seed = this.#number * 8 + this.#sas;
    const hashes = (spiR: string, own: string, other: string): PayloadBytes[] => {
      const hash = (address: string): Uint8Array =>
        natDetectionHash(initiatorSpi, spiR, addressBytes(address) ?? new Uint8Array(4), 500);
      return natDetection(hash(own), hash(other));
    };
    const message = (spiR: string, flags: number, own: string, other: string): Uint8Array =>
      ikeMessage({
        exchange: 34,
        initiatorSpi,
        responderSpi: spiR,
        flags,
        payloads: [
          sa([SUITES.gcm.proposal]),
          ke(14, filler(256, seed)),
          nonce(filler(32, seed + flags)),
          ...hashes(spiR, own, other),
          notify(16430),
          vendorId(filler(16, 3)),
        ],
      });
    return {
      request: packet(
        this.address,
        GATEWAY,
        500,
        message(ZERO_SPI, V2_FLAG.initiator, this.address, GATEWAY),
      ),
      response: packet(
        GATEWAY,
        this.address,
        500,
        message(responderSpi, V2_FLAG.response, GATEWAY, this.address),
      ),
      fromGateway: false,
    };
  }

  #exchange(exchange: number, ask: number, answer: number, fromGateway = false) {
    const messageId = fromGateway ? this.#ids.responder++ : this.#ids.initiator++;
    const message = (byGateway: boolean, isResponse: boolean): Uint8Array =>
      packet(
        byGateway ? GATEWAY : this.address,
        byGateway ? this.address : GATEWAY,
        4500,
        withMarker(
          ikeMessage({
            exchange,
            initiatorSpi: this.#spi(1),
            responderSpi: this.#spi(2),
            flags: (byGateway ? 0 : V2_FLAG.initiator) | (isResponse ? V2_FLAG.response : 0),
            messageId,
            payloads: [sk(isResponse ? answer : ask, 0, this.#number * 64 + messageId)],
          }),
        ),
      );
    return { request: message(fromGateway, false), response: message(!fromGateway, true), fromGateway };
  }
}

/** Records that are written later, in order of time. */
class Delayed {
  #records: (readonly [time: number, bytes: Uint8Array])[] = [];

  add(time: number, bytes: Uint8Array): void {
    let at = this.#records.length;
    while (at > 0 && (this.#records[at - 1]?.[0] ?? 0) > time) at--;
    this.#records.splice(at, 0, [time, bytes]);
  }

  /** Writes what is due. */
  until(time: number, file: CaptureFile): void {
    const due = this.#records.findIndex(([at]) => at > time);
    for (const record of this.#records.splice(0, due < 0 ? this.#records.length : due)) file.add(...record);
  }
}

/** `count` IKE messages of `count / 100` tunnels that live side by side: set up, checked, rekeyed, set up anew. */
export function writeIkeLife(path: string, count: number): void {
  const file = new CaptureFile(path);
  const lives = Array.from({ length: Math.floor(count / (EXCHANGES * 2)) }, (_, number) => new Life(number));
  const delayed = new Delayed();
  for (let turn = 0; turn < EXCHANGES; turn++) {
    for (const [index, life] of lives.entries()) {
      const time = NOON + turn * TURN + Math.round((index * TURN) / lives.length);
      const { request, response } = life.next();
      delayed.until(time, file);
      file.add(time, request);
      if (response === null) {
        for (const wait of BACK_OFF) delayed.add(time + wait, again(request));
      } else if ((turn + index) % LOSS === LOSS - 1) {
        delayed.add(time + RETRANSMISSION, again(request));
        delayed.add(time + RETRANSMISSION + ROUND_TRIP, response);
      } else {
        delayed.add(time + ROUND_TRIP, response);
      }
    }
  }
  delayed.until(Infinity, file);
  file.close();
}

/** `count` IKE_SA_INIT of as many forged addresses, and amidst them one peer that asks in vain, again and again. */
export function writeFlood(path: string, count: number): void {
  const file = new CaptureFile(path);
  for (let index = 0; index < count; index++) {
    const spi = (0x1000_0000 + index).toString(16).padStart(16, "0");
    const word = (index * 2_654_435_761) >>> 0;
    const source = `${1 + ((word >>> 24) % 223)}.${(word >> 16) & 255}.${(word >> 8) & 255}.${word & 255}`;
    file.add(NOON + index * FLOOD_STEP, packet(source, GATEWAY, 500, openingRequest(spi, index)));
    if (FAILS_AT.some((share) => Math.floor(count * share) === index)) {
      const request = openingRequest("f".repeat(16), 1);
      file.add(NOON + index * FLOOD_STEP, packet("198.51.100.7", GATEWAY, 500, request));
    }
  }
  file.close();
}

function openingRequest(initiatorSpi: string, seed: number): Uint8Array {
  return ikeMessage({
    exchange: 34,
    initiatorSpi,
    flags: V2_FLAG.initiator,
    payloads: [sa([SUITES.gcm.proposal]), ke(14, filler(256, seed)), nonce(filler(32, seed + 1))],
  });
}
