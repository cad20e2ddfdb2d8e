import { addressBytes } from "../../../src/bytes/address.js";
import { encryptedMessageLength } from "../../../src/ike/length-oracle.js";
import { V2_FLAG, ZERO_SPI } from "../../../src/ike/message.js";
import { natDetectionHash } from "../../../src/ike/nat-detection.js";
import { concat, filler, u16 } from "../ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../ike/message.js";
import {
  ke,
  natDetection,
  nonce,
  notify,
  type ProposalOptions,
  proposal,
  sa,
  sk,
} from "../ike/payloads-v2.js";
import type { Endpoint } from "../../../src/session/model.js";
import type { Envelope, Message, SaSpis } from "./wire.js";

/** Different ciphertext for every message of a story. */
let seed = 100;

interface Common {
  readonly sa?: SaSpis;
}

export interface InitOptions extends Common {
  /** Key exchange group of the KE payload, where it is not the agreed one. */
  readonly group?: number;
  /** The proposals that are offered; the agreed one by default. */
  readonly offers?: readonly ProposalOptions[];
  readonly cookie?: boolean;
  readonly notifies?: readonly PayloadBytes[];
  readonly natDetection?: "right" | "wrong" | "none";
}

/** IKE_SA_INIT request. */
export function ikeSaInit(options: InitOptions = {}): Message {
  const nonceBytes = filler(32, ++seed);
  return opening(options, (envelope) => {
    const { agreed, sa: spis } = envelope;
    const offered = options.offers?.map((one, index) => proposal({ number: index + 1, ...one }));
    return clear(envelope, {
      exchange: 34,
      spi: ZERO_SPI,
      response: false,
      payloads: [
        ...(options.cookie === true ? [notify(16390, { data: filler(20, 9) })] : []),
        sa(offered ?? [agreed.proposal]),
        ke(options.group ?? agreed.group),
        nonce(nonceBytes),
        ...natHashes(options, envelope, spis.initiatorSpi, ZERO_SPI),
        ...(options.notifies ?? []),
      ],
    });
  });
}

/** IKE_SA_INIT response that goes on. */
export function ikeSaInitAnswer(options: InitOptions = {}): Message {
  return opening(options, (envelope) =>
    clear(envelope, {
      exchange: 34,
      spi: envelope.sa.responderSpi,
      response: true,
      payloads: [
        sa([envelope.agreed.proposal]),
        ke(options.group ?? envelope.agreed.group),
        nonce(filler(32, 8)),
        ...natHashes(options, envelope, envelope.sa.initiatorSpi, envelope.sa.responderSpi),
        ...(options.notifies ?? []),
      ],
    }),
  );
}

/** IKE_SA_INIT response with one clear notify: an error, or COOKIE. */
export function initNotify(
  type: number,
  data: Uint8Array = new Uint8Array(0),
  options: Common = {},
): Message {
  return opening(options, (envelope) =>
    clear(envelope, { exchange: 34, spi: ZERO_SPI, response: true, payloads: [notify(type, { data })] }),
  );
}

/** COOKIE and PUZZLE (RFC 8019), in clear. */
export const puzzleDemand = (options: Common = {}): Message =>
  opening(options, (envelope) =>
    clear(envelope, {
      exchange: 34,
      spi: ZERO_SPI,
      response: true,
      payloads: [notify(16390, { data: filler(20, 9) }), notify(16434, { data: Uint8Array.of(0, 5, 16) })],
    }),
  );

/** INVALID_IKE_SPI in clear, with the SPIs, Message ID and exchange type of IKE_AUTH (RFC 7296 1.5). */
export const unknownIkeSpi = (options: Common = {}): Message => ({
  ...saOf(options),
  encode: (envelope) =>
    clear(envelope, {
      exchange: 35,
      id: 1,
      spi: envelope.sa.responderSpi,
      response: true,
      payloads: [notify(4)],
    }),
});

/** INVALID_SPI in clear, a request outside any IKE SA (RFC 7296 1.5): `sa` has SPIs that nobody knows. */
export const unknownSpi = (spi: number, options: Common = {}): Message =>
  opening(options, (envelope) =>
    clear(envelope, {
      exchange: 37,
      spi: ZERO_SPI,
      response: false,
      payloads: [
        notify(11, { data: Uint8Array.of(spi >>> 24, (spi >>> 16) & 0xff, (spi >>> 8) & 0xff, spi & 0xff) }),
      ],
    }),
  );

export const noProposalChosen = (options: Common = {}): Message => initNotify(14, undefined, options);
export const cookieDemand = (options: Common = {}): Message => initNotify(16390, filler(20, 9), options);
export const wantsGroup = (group: number, options: Common = {}): Message =>
  initNotify(17, u16(group), options);

export interface EncryptedOptions extends Common {
  /** Message ID; the caller counts. */
  readonly id?: number;
  /** Bytes of the payloads inside. */
  readonly inner?: number;
  /** Plaintext is padded to a multiple of this beyond what the suite needs. */
  readonly padTo?: number;
  /** IKE fragments (SKF); gives as many messages. */
  readonly fragments?: number;
  /** Bytes in the last of them, IV and ICV included. */
  readonly last?: number;
}

/** An encrypted IKEv2 message; the length is the suite's for that content. */
export function encrypted(exchange: number, response: boolean, options: EncryptedOptions = {}): Message {
  const own = ++seed;
  return {
    ...saOf(options),
    encode: (envelope) => {
      const inner = padded(options.inner ?? 0, options.padTo);
      const length = encryptedMessageLength(envelope.agreed.suite, inner);
      if (length === null) throw new RangeError("the suite has no known sizes");
      return clear(envelope, {
        exchange,
        id: options.id ?? 1,
        spi: envelope.sa.responderSpi,
        response,
        payloads: [sk(length - 32, 36, own)],
      });
    },
  };
}

/** An encrypted message in `total` IKE fragments. */
export function fragmented(
  exchange: number,
  response: boolean,
  total: number,
  options: EncryptedOptions = {},
): Message[] {
  const own = ++seed;
  return Array.from({ length: total }, (_, index) => ({
    ...saOf(options),
    encode: (envelope: Envelope) => {
      const body = concat(
        u16(index + 1),
        u16(total),
        filler(index + 1 === total ? (options.last ?? 200) : 500, own * 64 + index),
      );
      return clear(envelope, {
        exchange,
        id: options.id ?? 1,
        spi: envelope.sa.responderSpi,
        response,
        payloads: [{ type: 53, body, innerType: index === 0 ? 35 : 0 }],
      });
    },
  }));
}

/** IKE_SESSION_RESUME (RFC 5723): nonce and ticket, answered with a nonce; its IKE SA has the algorithms of the ticket. */
export function resumes(isAnswer: boolean, options: Common = {}): Message {
  const own = ++seed;
  return opening(options, (envelope) =>
    clear(envelope, {
      exchange: 38,
      id: 0,
      spi: isAnswer ? envelope.sa.responderSpi : ZERO_SPI,
      response: isAnswer,
      payloads: [nonce(filler(32, own)), ...(isAnswer ? [] : [notify(TICKET_OPAQUE)])],
    }),
  );
}

const TICKET_OPAQUE = 16409;

/** IKE_AUTH request with identity, AUTH, SA, TSi, TSr and some notifies. */
export const ikeAuth = (options: EncryptedOptions = {}): Message =>
  encrypted(35, false, { inner: 220, ...options });
/** IKE_AUTH response with identity, AUTH, SA, TSi, TSr. */
export const ikeAuthAnswer = (options: EncryptedOptions = {}): Message =>
  encrypted(35, true, { inner: 180, ...options });
/** IKE_AUTH response that holds one bare notify, as AUTHENTICATION_FAILED is. */
export const authRefusal = (options: EncryptedOptions = {}): Message =>
  ikeAuthAnswer({ inner: 8, ...options });
export const informational = (options: EncryptedOptions = {}): Message =>
  encrypted(37, false, { id: 2, ...options });
export const informationalAnswer = (options: EncryptedOptions = {}): Message =>
  encrypted(37, true, { id: 2, ...options });
export const createChild = (options: EncryptedOptions = {}): Message =>
  encrypted(36, false, { id: 2, inner: 180, ...options });
export const createChildAnswer = (options: EncryptedOptions = {}): Message =>
  encrypted(36, true, { id: 2, inner: 160, ...options });

interface Clear {
  readonly exchange: number;
  readonly id?: number;
  readonly spi: string;
  readonly response: boolean;
  readonly payloads: readonly PayloadBytes[];
}

/** A message that is sent as given, behind a header of this IKE SA. */
export function clear(envelope: Envelope, { exchange, id, spi, response, payloads }: Clear): Uint8Array {
  return ikeMessage({
    exchange,
    initiatorSpi: envelope.sa.initiatorSpi,
    responderSpi: spi,
    flags: (envelope.fromInitiator ? V2_FLAG.initiator : 0) | (response ? V2_FLAG.response : 0),
    messageId: id ?? 0,
    payloads,
  });
}

function opening(options: Common, encode: Message["encode"]): Message {
  return { ...saOf(options), opens: true, encode };
}

function saOf({ sa: spis }: Common): { readonly sa?: SaSpis } {
  return spis === undefined ? {} : { sa: spis };
}

/** The pad length byte is part of what is padded (RFC 7296 3.14). */
function padded(inner: number, padTo: number | undefined): number {
  return padTo === undefined ? inner : Math.ceil((inner + 1) / padTo) * padTo - 1;
}

function natHashes(
  { natDetection: kind }: InitOptions,
  { own, peer }: Envelope,
  spiI: string,
  spiR: string,
): PayloadBytes[] {
  if (kind === "none") return [];
  const hash = ({ address, port }: Endpoint): Uint8Array =>
    natDetectionHash(spiI, spiR, addressBytes(address) ?? new Uint8Array(4), port);
  return natDetection(kind === "wrong" ? filler(20, 66) : hash(own), hash(peer));
}
