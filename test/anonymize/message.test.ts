import type { EncryptedPayload } from "../../src/ike/payloads/encrypted/type.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressMap } from "../../src/anonymize/addresses.js";
import { Identifiers } from "../../src/anonymize/identifiers.js";
import { rewriteIke } from "../../src/anonymize/ike/message.js";
import { NatDetections } from "../../src/anonymize/ike/nat-detection.js";
import type { Ends } from "../../src/anonymize/ike/ends.js";
import { Keyed } from "../../src/anonymize/keyed.js";
import { describeProblem } from "../../src/bytes/problem.js";
import { decodeIke } from "../../src/ike/decode.js";
import type { IkeMessage } from "../../src/ike/message.js";
import { cutNotify } from "../../src/ike/payloads/notify/cut.js";
import { certificateOutline } from "../../src/ike/asn1/certificate.js";
import { natDetectionHash } from "../../src/ike/nat-detection.js";
import { NOTIFY_V1 } from "../../src/ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { PAYLOAD_V1, PAYLOAD_V2 } from "../../src/ike/registries/payload-types.js";
import { arbitraryMessage } from "../support/ike/arbitrary.js";
import { notifyBody } from "../support/ike/bodies.js";
import { ascii } from "../support/ike/bytes.js";
import { smallCertificate } from "../support/ike/der.js";
import { ikeMessage, INITIATOR_SPI } from "../support/ike/message.js";
import { skf } from "../support/ike/payloads-v2.js";
import { COMMON_PHASE1, saV1, vendorIdV1 } from "../support/ike/payloads-v1.js";
import { SAMPLES } from "../support/ike/samples.js";
import { address, concat, u8 } from "../support/packet/index.js";
import { latin } from "../support/secrets.js";

const keyed = new Keyed(new TextEncoder().encode("a secret of the message tests"));
const identifiers = new Identifiers(keyed);
const addresses = new AddressMap(keyed);
const ENDS: Ends = {
  source: address("192.0.2.1"),
  destination: address("198.51.100.2"),
  sourcePort: 500,
  destinationPort: 500,
};

function rewritten(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const replacements = { addresses, identifiers, natDetections: new NatDetections(addresses, identifiers) };
  rewriteIke(copy, 0, copy.length, ENDS, replacements);
  return copy;
}

function decoded(bytes: Uint8Array): IkeMessage {
  const result = decodeIke(bytes);
  if (!result.ok) throw new Error(describeProblem(result.problem));
  return result.message;
}

/** What of a message has to stay: all of the header but the SPIs, and the form of its payloads. */
function formOf({ header, payloads, problem }: IkeMessage) {
  const { initiatorSpi: _initiator, responderSpi: _responder, ...rest } = header;
  return {
    rest,
    problem,
    payloads: payloads.map((payload) => [
      payload.kind,
      payload.type,
      payload.offset,
      payload.length,
      payload.critical,
    ]),
    notifies: payloads.flatMap((payload) => (payload.kind === "notify" ? [payload.notifyType] : [])),
    algorithms: payloads.flatMap((payload) =>
      payload.kind === "sa"
        ? payload.proposals.map(({ number, protocol, transforms }) => ({ number, protocol, transforms }))
        : [],
    ),
    groups: payloads.flatMap((payload) => (payload.kind === "ke" ? [payload.group] : [])),
    fragments: payloads.flatMap((payload) => (payload.kind === "encrypted" ? [fragmentOf(payload)] : [])),
  };
}

/** No message has more fragments than a byte counts: of larger numbers it stays that they are larger, and whether they fit. */
function fragmentOf({ fragment }: EncryptedPayload) {
  if (fragment === null) return null;
  const [number, total] = [fragment.number, fragment.total].map((count) =>
    count <= 0xff ? count : "larger",
  );
  return { number, total, fits: fragment.number <= fragment.total };
}

describe("an IKE message made anonymous", () => {
  it.each(Object.entries(SAMPLES))("%s keeps its form", (_, bytes) => {
    expect(formOf(decoded(rewritten(bytes)))).toEqual(formOf(decoded(bytes)));
  });

  it("keeps the form of any message, and becomes the same each time", () => {
    fc.assert(
      fc.property(arbitraryMessage, (bytes) => {
        const after = rewritten(bytes);
        const long = ({ algorithms, ...form }: ReturnType<typeof formOf>) => ({
          ...form,
          algorithms: algorithms.length,
        });
        expect(long(formOf(decoded(after)))).toEqual(long(formOf(decoded(bytes))));
        expect(rewritten(bytes)).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });

  it("of IKEv1 whose proposals are broken is still broken, for it goes on to say how they are to be read", () => {
    for (const broken of [1, 9, 10, 11, 15, 24, 27]) {
      const message = ikeMessage({
        version: 1,
        exchange: 2,
        payloads: [saV1([COMMON_PHASE1]), vendorIdV1(u8(1, 2, 3, 4))],
      });
      // Behind the header of the message, that of the payload, and its DOI.
      const at = 28 + 4 + 4 + broken;
      message[at] = (message[at] ?? 0) ^ 0xa6;
      const { problem, payloads } = decoded(message);
      if (problem === null) continue;
      const after = decoded(rewritten(message));
      expect(after.problem, `byte ${at}`).not.toBeNull();
      expect(after.payloads.map(({ kind }) => kind)).toEqual(payloads.map(({ kind }) => kind));
    }
  });

  it("keeps numbers of fragments apart, also where no message has so many", () => {
    const numbersOf = (number: number, total: number): [number, number] => {
      const after = decoded(rewritten(ikeMessage({ exchange: 35, payloads: [skf(number, total, 64)] })));
      const [payload] = after.payloads;
      if (payload?.kind !== "encrypted" || payload.fragment === null) throw new Error("no fragment");
      return [payload.fragment.number, payload.fragment.total];
    };
    const [first, second] = [numbersOf(1, 2), numbersOf(2, 37_122)];
    expect(first).toEqual([1, 2]);
    expect(second[0]).toBe(2);
    expect(second[1]).toBeGreaterThan(0xff);
    expect(second[1]).not.toBe(37_122);
    for (const [number, total] of [
      [2, 37_122],
      [300, 400],
      [400, 400],
      [400, 300],
      [256, 2],
      [0xffff, 0xffff],
      [0xffff, 256],
    ] as const) {
      const [numberNow, totalNow] = numbersOf(number, total);
      expect([numberNow > 0xff, totalNow > 0xff, numberNow <= totalNow]).toEqual([
        number > 0xff,
        total > 0xff,
        number <= total,
      ]);
    }
  });

  it.each([
    ["IKEv2", 2, 34, NOTIFY_V2.NO_PROPOSAL_CHOSEN],
    ["IKEv1", 1, 5, NOTIFY_V1.NO_PROPOSAL_CHOSEN],
  ] as const)(
    "of %s that ends in a notify payload keeps the type of it",
    (_, version, exchange, notifyType) => {
      const secret = ascii("user@secret.example.org");
      const doi = version === 1 ? 1 : null;
      const body = notifyBody({ doi, protocol: 0, spi: u8(), notifyType, data: secret });
      const type = version === 2 ? PAYLOAD_V2.NOTIFY : PAYLOAD_V1.NOTIFY;
      const cut = ikeMessage({ version, exchange, payloads: [{ type, body }] }).subarray(0, -3);
      const after = rewritten(cut);
      const { notifyType: kept } = cutNotify(decoded(after)) ?? {};
      expect([cutNotify(decoded(cut))?.notifyType, kept]).toEqual([notifyType, notifyType]);
      expect(latin(after)).not.toMatch(/user|secret|example/);
    },
  );

  it("has a certificate with a fault whose names and times are read up to that, and told of nobody", () => {
    const certificate = smallCertificate({ notAfter: "230101000000Z" });
    // The length of the signature, the last element, runs over the end.
    certificate[certificate.length - 2] = 0x7a;
    const message = ikeMessage({
      exchange: 35,
      payloads: [{ type: PAYLOAD_V2.CERT, body: concat(u8(4), certificate) }],
    });
    const outlineOf = (bytes: Uint8Array) => {
      const [payload] = decoded(bytes).payloads;
      return payload?.kind === "certificate" ? certificateOutline(payload.data) : null;
    };
    const [before, after] = [outlineOf(message), outlineOf(rewritten(message))];
    expect(before?.subject).toContain("CN=gw.example");
    expect(after).toMatchObject({ notBefore: before?.notBefore, notAfter: before?.notAfter });
    expect(`${after?.subject} ${after?.issuer}`).not.toMatch(/gw|xample/);
  });

  it("has a list of a certificate that is broken before its end broken goes on to be so", () => {
    const broken = smallCertificate();
    // The length of the serial number, the second element of what is signed.
    const at = broken.findIndex((byte, index) => byte === 0x02 && broken[index + 1] === 5);
    broken[at + 1] = 0x7f;
    const message = ikeMessage({
      exchange: 35,
      payloads: [{ type: PAYLOAD_V2.CERT, body: concat(u8(4), broken) }],
    });
    const [payload] = decoded(rewritten(message)).payloads;
    if (payload?.kind !== "certificate") throw new Error("no certificate");
    expect(certificateOutline(broken)).toBeNull();
    expect(certificateOutline(payload.data)).toBeNull();
  });

  it("has a NAT detection hash that is right where it was right, and wrong where it was wrong", () => {
    const hash = (text: string, port: number): Uint8Array =>
      natDetectionHash(INITIATOR_SPI, "0000000000000000", address(text), port);
    const notify = (notifyType: number, data: Uint8Array) => ({
      type: PAYLOAD_V2.NOTIFY,
      body: notifyBody({ doi: null, protocol: 0, spi: u8(), notifyType, data }),
    });
    const message = ikeMessage({
      exchange: 34,
      payloads: [
        notify(NOTIFY_V2.NAT_DETECTION_SOURCE_IP, hash("10.9.8.7", 500)),
        notify(NOTIFY_V2.NAT_DETECTION_DESTINATION_IP, hash("198.51.100.2", 500)),
      ],
    });
    const { header, payloads } = decoded(rewritten(message));
    const [source, destination] = payloads.flatMap((payload) =>
      payload.kind === "notify" ? [payload.data] : [],
    );
    const now = (text: string): Uint8Array =>
      natDetectionHash(header.initiatorSpi, header.responderSpi, addresses.map(address(text)), 500);
    expect(destination).toEqual(now("198.51.100.2"));
    expect(source).not.toEqual(now("10.9.8.7"));
    expect(source).not.toEqual(now("192.0.2.1"));
    expect(source).not.toEqual(hash("10.9.8.7", 500));
  });

  it("names a gateway by other letters, and none of an identity is left", () => {
    const text = new TextEncoder();
    const name = text.encode("vpn.secret.example.org");
    const redirect = ikeMessage({
      exchange: 34,
      flags: 0x20,
      payloads: [
        {
          type: PAYLOAD_V2.NOTIFY,
          body: notifyBody({
            doi: null,
            protocol: 0,
            spi: u8(),
            notifyType: NOTIFY_V2.REDIRECT,
            data: concat(u8(3, name.length), name, text.encode("nonce of the initiator")),
          }),
        },
      ],
    });
    const aggressive = ikeMessage({
      version: 1,
      exchange: 4,
      payloads: [{ type: PAYLOAD_V1.ID, body: concat(u8(2, 17, 1, 244), name) }],
    });
    for (const message of [redirect, aggressive]) {
      const after = latin(rewritten(message));
      expect(after).not.toMatch(/secret|example|nonce/);
      expect(after).toMatch(/[a-z]{22}/);
    }
  });
});
