import fc from "fast-check";
import type { Proposal, Transform, TransformAttribute } from "../../../src/ike/message.js";
import { toHex } from "../../../src/bytes/hex.js";
import { ikeMessage, type PayloadBytes } from "./message.js";
import {
  certificateRequestV1,
  deleteV1,
  encryptedV1,
  fragmentV1,
  keV1,
  natD,
  nonceV1,
  notifyV1,
  proposalsV1,
  vendorIdV1,
} from "./payloads-v1.js";
import {
  certificateRequest,
  deleteSas,
  ke,
  nonce,
  notify,
  opaque,
  sa,
  sk,
  skf,
  vendorId,
} from "./payloads-v2.js";

const byte = fc.nat({ max: 255 });
const word = fc.nat({ max: 65535 });
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const spi = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((value) => toHex(value));

const attribute: fc.Arbitrary<TransformAttribute> = fc.oneof(
  fc.record({ type: fc.nat({ max: 0x7fff }), value: word, bytes: fc.constant(null) }),
  // The encoder reads `bytes` alone; the decoder derives the value.
  fc.record({ type: fc.nat({ max: 0x7fff }), value: fc.constant(null), bytes: bytes(9) }),
);

function proposals(version: 1 | 2): fc.Arbitrary<Proposal[]> {
  const transform: fc.Arbitrary<Transform> =
    version === 2
      ? fc.record({
          type: byte,
          id: word,
          number: fc.constant(0),
          attributes: fc.array(attribute, { maxLength: 3 }),
        })
      : fc.record({
          type: fc.constant(0),
          id: byte,
          number: byte,
          attributes: fc.array(attribute, { maxLength: 8 }),
        });
  const proposal = fc.record({
    number: byte,
    protocol: byte,
    spi: bytes(16),
    transforms: fc.array(transform, { maxLength: 6 }),
  });
  return fc.array(proposal, { minLength: 1, maxLength: 4 });
}

const spis = fc
  .tuple(fc.integer({ min: 1, max: 16 }), fc.nat({ max: 5 }))
  .chain(([size, count]) =>
    fc.array(fc.uint8Array({ minLength: size, maxLength: size }), { minLength: count, maxLength: count }),
  );

const notifyOptions = fc.record({ protocol: byte, spi: bytes(16), data: bytes(40) });

const payloadV2: fc.Arbitrary<PayloadBytes> = fc.oneof(
  proposals(2).map((value) => sa(value)),
  fc.tuple(word, bytes(64)).map(([group, data]) => ke(group, data)),
  bytes(64).map((data) => nonce(data)),
  fc.tuple(word, notifyOptions).map(([type, options]) => notify(type, options)),
  bytes(40).map((data) => vendorId(data)),
  fc.tuple(byte, bytes(40)).map(([encoding, data]) => certificateRequest(encoding, data)),
  fc.tuple(byte, spis).map(([protocol, list]) => deleteSas(protocol, list)),
  fc
    .tuple(fc.constantFrom(35, 36, 37, 39, 44, 45, 47, 48, 54, 200), bytes(40), fc.boolean())
    .map(([type, body, critical]) => ({ ...opaque(type, body), critical })),
);

const lastV2: fc.Arbitrary<PayloadBytes[]> = fc.oneof(
  fc.constant<PayloadBytes[]>([]),
  fc.tuple(fc.nat({ max: 200 }), byte).map(([length, inner]) => [sk(length, inner)]),
  fc
    .tuple(word, word, fc.nat({ max: 200 }), byte)
    .map(([number, total, length, inner]) => [skf(number, total, length, inner)]),
);

const payloadV1: fc.Arbitrary<PayloadBytes> = fc.oneof(
  proposals(1).map((value) => proposalsV1(value)),
  bytes(64).map((data) => keV1(data)),
  bytes(64).map((data) => nonceV1(data)),
  fc.tuple(word, notifyOptions).map(([type, options]) => notifyV1(type, options)),
  bytes(40).map((data) => vendorIdV1(data)),
  fc.tuple(bytes(64), fc.boolean()).map(([hash, draft]) => natD(hash, draft)),
  fc.tuple(byte, bytes(40)).map(([encoding, data]) => certificateRequestV1(encoding, data)),
  fc.tuple(byte, spis).map(([protocol, list]) => deleteV1(protocol, list)),
  fc
    .tuple(word, byte, fc.boolean(), bytes(60))
    .map(([id, number, last, data]) => fragmentV1(id, number, last, data)),
  fc
    .tuple(fc.constantFrom(5, 6, 8, 9, 14, 21, 131, 140), bytes(40))
    .map(([type, body]) => opaque(type, body)),
);

const header = { initiatorSpi: spi, responderSpi: spi, messageId: fc.nat({ max: 0xffffffff }) };

const messageV2 = fc
  .record({
    ...header,
    exchange: fc.constantFrom(34, 35, 36, 37, 43, 44, 250),
    flags: byte,
    payloads: fc
      .tuple(fc.array(payloadV2, { maxLength: 8 }), lastV2)
      .map(([clear, last]) => [...clear, ...last]),
  })
  .map((options) => ikeMessage({ version: 2, ...options }));

const clearV1 = fc
  .record({
    ...header,
    exchange: fc.constantFrom(2, 4, 5, 6, 32),
    flags: byte.map((flags) => flags & 0xfe),
    payloads: fc.array(payloadV1, { maxLength: 8 }),
  })
  .map((options) => ikeMessage({ version: 1, ...options }));

const cipherV1 = fc
  .record({
    ...header,
    exchange: fc.constantFrom(2, 4, 5, 6, 32),
    flags: byte.map((flags) => flags | 0x01),
    payloads: fc
      .tuple(fc.nat({ max: 200 }), fc.constantFrom(5, 8))
      .map(([length, inner]) => [encryptedV1(length, inner)]),
  })
  .map((options) => ikeMessage({ version: 1, ...options }));

/** Well-formed IKE messages of both versions, as bytes. */
export const arbitraryMessage: fc.Arbitrary<Uint8Array> = fc.oneof(
  { arbitrary: messageV2, weight: 3 },
  { arbitrary: clearV1, weight: 2 },
  { arbitrary: cipherV1, weight: 1 },
);
