import fc from "fast-check";
import type { Proposal, TrafficSelector, Transform, TransformAttribute } from "../../../src/ike/message.js";
import { toHex } from "../../../src/bytes/hex.js";
import { chainBytes, ikeMessage, type PayloadBytes } from "./message.js";
import {
  attributesV1,
  certificateRequestV1,
  certificateV1,
  deleteV1,
  encryptedV1,
  fragmentV1,
  hashV1,
  identificationV1,
  keV1,
  natD,
  natOa,
  nonceV1,
  notifyV1,
  proposalsV1,
  signatureV1,
  vendorIdV1,
} from "./payloads-v1.js";
import {
  authentication,
  certificate,
  certificateRequest,
  configuration,
  deleteSas,
  eap,
  identification,
  ke,
  nonce,
  notify,
  opaque,
  puzzleSolution,
  sa,
  sk,
  skf,
  trafficSelectors,
  vendorId,
} from "./payloads-v2.js";

const byte = fc.nat({ max: 255 });
const word = fc.nat({ max: 65535 });
const ordinal = fc.integer({ min: 1, max: 0xffff });
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

/** Traffic selectors of each form; those of no known form have types of their own. */
const addressSelector = (type: number, size: number): fc.Arbitrary<TrafficSelector> =>
  fc.record({
    form: fc.constant("addressRange" as const),
    type: fc.constant(type),
    protocol: byte,
    startPort: word,
    endPort: word,
    start: fc.uint8Array({ minLength: size, maxLength: size }),
    end: fc.uint8Array({ minLength: size, maxLength: size }),
  });

const selector: fc.Arbitrary<TrafficSelector> = fc.oneof(
  addressSelector(7, 4),
  addressSelector(8, 16),
  fc.record({
    form: fc.constant("fibreChannel" as const),
    type: fc.constant(9),
    start: fc.nat({ max: 0xffffff }),
    end: fc.nat({ max: 0xffffff }),
    startRoutingControl: byte,
    endRoutingControl: byte,
    startType: byte,
    endType: byte,
  }),
  fc.record({
    form: fc.constant("other" as const),
    type: fc.constantFrom(0, 6, 10, 11, 255),
    protocol: byte,
    data: bytes(20),
  }),
);

/** EAP messages of each shape; lengths of any value, which are kept. */
const eapMessage = fc.oneof(
  fc.record({
    code: fc.constantFrom(1, 2),
    identifier: byte,
    messageLength: word,
    method: fc.nat({ max: 253 }),
    data: bytes(30),
  }),
  fc.record({
    code: fc.constantFrom(1, 2),
    identifier: byte,
    method: fc.constant(254),
    vendor: fc.record({ id: fc.nat({ max: 0xffffff }), type: fc.nat({ max: 0xffffffff }) }),
    data: bytes(30),
  }),
  fc.record({
    code: fc.constantFrom(0, 3, 4, 255),
    identifier: byte,
    method: fc.constant(null),
    data: bytes(30),
  }),
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
    .tuple(byte, bytes(40), fc.constantFrom(35, 36, 50))
    .map(([idType, data, type]) => identification(idType, data, type)),
  fc.tuple(byte, bytes(60)).map(([encoding, data]) => certificate(encoding, data)),
  fc.tuple(byte, bytes(60)).map(([method, data]) => authentication(method, data)),
  fc
    .tuple(fc.array(selector, { maxLength: 4 }), fc.constantFrom(44, 45))
    .map(([selectors, type]) => trafficSelectors(selectors, type)),
  fc
    .tuple(byte, fc.array(fc.tuple(fc.nat({ max: 0x7fff }), bytes(20)), { maxLength: 6 }))
    .map(([type, attributes]) => configuration(type, attributes)),
  eapMessage.map((options) => eap(options)),
  bytes(40).map((data) => puzzleSolution(data)),
  fc
    .tuple(fc.constantFrom(49, 51, 52, 200), bytes(40), fc.boolean())
    .map(([type, body, critical]) => ({ ...opaque(type, body), critical })),
);

const lastV2: fc.Arbitrary<PayloadBytes[]> = fc.oneof(
  fc.constant<PayloadBytes[]>([]),
  fc.tuple(fc.nat({ max: 200 }), byte).map(([length, inner]) => [sk(length, inner)]),
  fc
    .tuple(ordinal, ordinal, fc.nat({ max: 200 }), byte)
    .map(([one, other, length, inner]) => [skf(Math.min(one, other), Math.max(one, other), length, inner)]),
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
    .tuple(byte, bytes(40), byte, word)
    .map(([idType, data, protocol, port]) => identificationV1(idType, data, protocol, port)),
  fc.tuple(byte, bytes(60)).map(([encoding, data]) => certificateV1(encoding, data)),
  bytes(40).map((data) => hashV1(data)),
  bytes(40).map((data) => signatureV1(data)),
  fc
    .tuple(byte, fc.array(attribute, { maxLength: 6 }), word)
    .map(([type, attributes, identifier]) => attributesV1(type, attributes, identifier)),
  fc
    .tuple(byte, bytes(16), fc.constantFrom(16, 21, 131))
    .map(([idType, address, type]) => natOa(idType, address, type)),
  fc
    .tuple(word, byte, fc.boolean(), bytes(60))
    .map(([id, number, last, data]) => fragmentV1(id, number, last, data)),
  fc.tuple(fc.constantFrom(17, 18, 129, 140), bytes(40)).map(([type, body]) => opaque(type, body)),
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

/** Payloads as they stand in decrypted plaintext. */
export const arbitraryChain: fc.Arbitrary<{ version: 1 | 2; firstType: number; bytes: Uint8Array }> =
  fc.oneof(chainOf(2, payloadV2), chainOf(1, payloadV1));

function chainOf(
  version: 1 | 2,
  payload: fc.Arbitrary<PayloadBytes>,
): fc.Arbitrary<{ version: 1 | 2; firstType: number; bytes: Uint8Array }> {
  return fc.array(payload, { maxLength: 6 }).map((payloads) => ({
    version,
    firstType: payloads[0]?.type ?? 0,
    bytes: chainBytes(payloads),
  }));
}
