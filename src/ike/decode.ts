import { DecodeError, type DecodeProblem } from "../bytes/problem.js";
import { ByteReader, u16At } from "../bytes/reader.js";
import { readHeader } from "./header.js";
import {
  IKE_HEADER_LENGTH,
  V1_FLAG,
  type DecodedIke,
  type EncryptedPayload,
  type IkeHeader,
  type Payload,
} from "./message.js";
import { readChain, readPayload, type Chain, type ChainGrammar, type ChainWindow } from "./payload-chain.js";
import { payloadOf } from "./payloads/frame.js";
import { decodeFragmentV1 } from "./payloads/fragment-v1/decode.js";
import { PAYLOADS_AUTHIP, PAYLOADS_V1 } from "./payloads/table-v1.js";
import { PAYLOADS_V2 } from "./payloads/table-v2.js";
import { isAuthIp } from "./registries/exchanges.js";
import { PAYLOAD_V1 } from "./registries/payload-types.js";

const FRAGMENT_V1_HEADER = 8;

const CLEAR_V2: ChainGrammar = { version: 2, table: PAYLOADS_V2, trailer: "none" };
const CLEAR_V1: ChainGrammar = { version: 1, table: PAYLOADS_V1, trailer: "padding" };
const CLEAR_AUTHIP: ChainGrammar = { version: 1, table: PAYLOADS_AUTHIP, trailer: "padding" };

/** Plaintext of IKEv1 is filled up to the cipher's block (RFC 2409 appendix B); with what, senders differ. */
const INNER_V1: ChainGrammar = { version: 1, table: PAYLOADS_V1, trailer: "cipher padding" };

/**
 * Decodes the IKE message at `start`, without non-ESP marker; `end` is where the captured bytes of its datagram end.
 * Lax: what can be read is kept, up to the first fault and with it. Never throws.
 *
 * - Fewer than 28 bytes: `ok` is false.
 * - header.length beyond the captured bytes: `problem` says so (declared by "IKE header length"), whatever else is wrong,
 *   and the payloads that are there are kept. header.length below the captured bytes: the rest is counted in `trailing`.
 * - A fault in the payload chain: the payloads before it, the one at fault as opaque, and `problem`, whose offset counts
 *   from the start of the message.
 * - A major version other than 1 and 2: the header alone, and `problem` (RFC 7296 2.5).
 * - IKEv1 with the encryption flag: all behind the header is one "encrypted" payload.
 *
 * Payload bodies are views of `bytes`, so that nothing is copied for messages that are only looked at. Whoever keeps
 * the result longer than the buffer keeps its content copies the datagram first: `decodeIke(bytes.slice(start, end))`.
 */
export function decodeIke(bytes: Uint8Array, start = 0, end = bytes.length): DecodedIke {
  const limit = Math.min(end, bytes.length);
  const present = Math.max(0, limit - start);
  if (present < IKE_HEADER_LENGTH) {
    return { ok: false, problem: shortHeader(present) };
  }
  const header = readHeader(bytes, start);
  const available = Math.min(present, Math.max(header.length, IKE_HEADER_LENGTH));
  const chain = decodeBehindHeader(header, {
    bytes,
    start,
    end: start + available,
  });
  return {
    ok: true,
    message: {
      header,
      payloads: chain.payloads,
      problem: headerProblem(header, present) ?? chain.problem,
      available,
      trailing: present - available,
    },
  };
}

/**
 * The payloads of decrypted plaintext, from type `firstType` on: of IKEv2 without padding and pad length, of IKEv1 with
 * its padding, which is ignored. Offsets count from the start of `plaintext`. Never throws.
 */
export function decodePayloads(version: 1 | 2, firstType: number, plaintext: Uint8Array): Chain {
  const window = { bytes: plaintext, start: 0, end: plaintext.length };
  return readChain(window, 0, firstType, version === 2 ? CLEAR_V2 : INNER_V1);
}

/**
 * One payload of a well-formed chain in clear, that of AuthIP excepted: of type `type`, its generic header at `at`, the
 * message from the start of `bytes` on. Null where its body has a fault. Never throws.
 */
export function decodePayload(version: 1 | 2, type: number, bytes: Uint8Array, at: number): Payload | null {
  const window = { bytes, start: 0, end: bytes.length };
  try {
    return readPayload(window, at, type, version === 2 ? CLEAR_V2 : CLEAR_V1);
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function decodeBehindHeader(header: IkeHeader, window: ChainWindow): Chain {
  const behind = window.start + IKE_HEADER_LENGTH;
  if (header.length < IKE_HEADER_LENGTH) return { payloads: [], problem: null };
  if (header.majorVersion === 2) return readChain(window, behind, header.nextPayload, CLEAR_V2);
  if (header.majorVersion !== 1) return { payloads: [], problem: null };
  const fragment = fragmentBehindHeader(header, window);
  if (fragment !== null) return { payloads: [fragment], problem: null };
  if ((header.flags & V1_FLAG.encryption) === 0) {
    return readChain(
      window,
      behind,
      header.nextPayload,
      isAuthIp(header.exchangeType) ? CLEAR_AUTHIP : CLEAR_V1,
    );
  }
  return { payloads: encryptedRemainder(header, window), problem: null };
}

/**
 * A fragment of an IKEv1 message is alone in its datagram, and in clear although some senders copy the encryption flag to it; its generic
 * header tells it from ciphertext. Of one that the snap length cut a part of the data is missing.
 */
function fragmentBehindHeader(header: IkeHeader, { bytes, start, end }: ChainWindow): Payload | null {
  const at = start + IKE_HEADER_LENGTH;
  const length = header.length - IKE_HEADER_LENGTH;
  const isFragment =
    header.nextPayload === PAYLOAD_V1.FRAGMENT &&
    end - at >= FRAGMENT_V1_HEADER &&
    bytes[at] === 0 &&
    u16At(bytes, at + 2) === length;
  if (!isFragment) return null;
  const frame = { type: header.nextPayload, offset: IKE_HEADER_LENGTH, length, critical: false };
  return decodeFragmentV1(frame, new ByteReader(bytes, "IKE payload length", at + 4, end, start));
}

/** RFC 2408 3.1: the encryption flag covers all payloads. */
function encryptedRemainder(header: IkeHeader, { bytes, start, end }: ChainWindow): Payload[] {
  const at = start + IKE_HEADER_LENGTH;
  if (at === end && header.nextPayload === 0) return [];
  const frame = { type: header.nextPayload, offset: IKE_HEADER_LENGTH, length: end - at, critical: false };
  const encrypted: EncryptedPayload = payloadOf(frame, {
    kind: "encrypted",
    innerType: header.nextPayload,
    body: bytes.subarray(at, end),
    fragment: null,
  });
  return [encrypted];
}

function shortHeader(present: number): DecodeProblem {
  return {
    what: "IKE header",
    offset: 0,
    required: IKE_HEADER_LENGTH,
    available: present,
    declaredBy: "enclosing packet",
  };
}

function headerProblem(header: IkeHeader, present: number): DecodeProblem | null {
  const length = { what: "IKE message", offset: 24, declaredBy: "IKE header length" } as const;
  if (header.length < IKE_HEADER_LENGTH) {
    return {
      ...length,
      required: IKE_HEADER_LENGTH,
      available: header.length,
      detail: `the header declares ${header.length} bytes, fewer than its own ${IKE_HEADER_LENGTH}`,
    };
  }
  if (header.majorVersion !== 1 && header.majorVersion !== 2) {
    return {
      ...length,
      what: "IKE version",
      offset: 17,
      required: 0,
      available: present,
      detail: `major version ${header.majorVersion} is neither 1 nor 2`,
    };
  }
  if (header.length > present) return { ...length, required: header.length, available: present };
  return null;
}
