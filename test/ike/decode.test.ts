import { describe, expect, it } from "vitest";
import { describeProblem } from "../../src/bytes/problem.js";
import { decodeIke } from "../../src/ike/decode.js";
import type { IkeMessage } from "../../src/ike/message.js";
import { PAYLOADS_V1 } from "../../src/ike/payloads/table-v1.js";
import { PAYLOADS_V2 } from "../../src/ike/payloads/table-v2.js";
import { concat, filler } from "../support/ike/bytes.js";
import { ikeMessage, INITIATOR_SPI, RESPONDER_SPI } from "../support/ike/message.js";
import { encryptedV1, fragmentV1, keV1, natD, nonceV1 } from "../support/ike/payloads-v1.js";
import { ke, nonce, notify, opaque, sa, sk, skf } from "../support/ike/payloads-v2.js";
import { SAMPLES } from "../support/ike/samples.js";

/** The message, which has to be there. */
function decoded(bytes: Uint8Array, start?: number, end?: number): IkeMessage {
  const result = decodeIke(bytes, start, end);
  if (!result.ok) throw new Error(describeProblem(result.problem));
  return result.message;
}

const kinds = (message: IkeMessage): string[] => message.payloads.map(({ kind }) => kind);

describe("header", () => {
  it("is read field by field", () => {
    const bytes = ikeMessage({
      exchange: 35,
      responderSpi: RESPONDER_SPI,
      flags: 0x28,
      messageId: 0xfffefdfc,
      payloads: [sk(40)],
    });
    expect(decoded(bytes).header).toEqual({
      initiatorSpi: INITIATOR_SPI,
      responderSpi: RESPONDER_SPI,
      nextPayload: 46,
      majorVersion: 2,
      minorVersion: 0,
      exchangeType: 35,
      flags: 0x28,
      messageId: 0xfffefdfc,
      length: bytes.length,
    });
  });

  it("shorter than 28 bytes is no message", () => {
    for (let length = 0; length < 28; length++) {
      expect(decodeIke(filler(length))).toEqual({
        ok: false,
        problem: {
          what: "IKE header",
          offset: 0,
          required: 28,
          available: length,
          declaredBy: "enclosing packet",
        },
      });
    }
  });

  it.each([0, 1, 27])("with a length of %d is a message with a problem and no payloads", (declaredLength) => {
    const message = decoded(ikeMessage({ exchange: 34, payloads: [nonce()], declaredLength }));
    expect(message.payloads).toEqual([]);
    expect(message.problem).toMatchObject({ offset: 24, available: declaredLength, required: 28 });
  });

  it.each([0, 3, 15])("of major version %d keeps the header alone", (major) => {
    const message = decoded(ikeMessage({ exchange: 34, versionByte: major << 4, payloads: [nonce()] }));
    expect(message.header.majorVersion).toBe(major);
    expect(message.payloads).toEqual([]);
    expect(message.problem).toMatchObject({ what: "IKE version", offset: 17 });
  });

  it("of a minor version other than 0 is decoded as usual", () => {
    const message = decoded(ikeMessage({ exchange: 34, versionByte: 0x23, payloads: [nonce()] }));
    expect(message.header.minorVersion).toBe(3);
    expect(kinds(message)).toEqual(["nonce"]);
    expect(message.problem).toBeNull();
  });
});

describe("window", () => {
  it("counts offsets from the start of the message", () => {
    const bytes = concat(filler(13), ikeMessage({ exchange: 34, payloads: [nonce(), ke()] }), filler(9));
    const message = decoded(bytes, 13, bytes.length - 9);
    expect(message.payloads.map(({ offset }) => offset)).toEqual([28, 64]);
    expect(message.trailing).toBe(0);
    expect(message.problem).toBeNull();
  });

  it("counts what follows header.length and leaves it alone", () => {
    const message = decoded(concat(ikeMessage({ exchange: 34, payloads: [nonce()] }), filler(5)));
    expect(message.trailing).toBe(5);
    expect(message.problem).toBeNull();
  });

  it("reports a header.length beyond the bytes and keeps whole payloads", () => {
    const whole = ikeMessage({ exchange: 34, payloads: [nonce(), ke()] });
    const message = decoded(whole.subarray(0, 100));
    expect(kinds(message)).toEqual(["nonce", "opaque"]);
    expect(message.available).toBe(100);
    expect(message.problem).toEqual({
      what: "IKE message",
      offset: 24,
      required: whole.length,
      available: 100,
      declaredBy: "IKE header length",
    });
  });

  it.each([
    [0, 0],
    [5, 3],
    [1, 0],
    [0, 2],
  ])("keeps SKF fragment %i of %i and says that there is none such (RFC 7383 2.5)", (number, total) => {
    const message = decoded(ikeMessage({ exchange: 35, payloads: [skf(number, total, 64)] }));
    expect(message.payloads).toMatchObject([{ kind: "encrypted", fragment: { number, total } }]);
    expect(message.problem).toMatchObject({
      offset: 32,
      detail: expect.stringContaining(`${number} of ${total}`),
    });
  });

  it.each([0, 1])(
    "keeps an IKEv1 fragment that the capture cut, whatever its encryption flag (%i) says",
    (flags) => {
      const bytes = ikeMessage({
        version: 1,
        exchange: 2,
        flags,
        responderSpi: RESPONDER_SPI,
        payloads: [fragmentV1(1, 2, false, filler(500))],
      });
      const message = decoded(bytes.subarray(0, 86));
      expect(message.payloads).toMatchObject([{ kind: "fragmentV1", id: 1, number: 2, last: false }]);
      expect(message.problem).toMatchObject({ declaredBy: "IKE header length" });
      expect(kinds(decoded(bytes))).toEqual(["fragmentV1"]);
    },
  );

  it("takes the last SKF fragment for what it is", () => {
    expect(decoded(ikeMessage({ exchange: 35, payloads: [skf(3, 3, 64)] })).problem).toBeNull();
  });

  it("keeps SK and SKF payloads that the capture cut", () => {
    const cutSk = decoded(ikeMessage({ exchange: 35, payloads: [sk(200, 35)] }).subarray(0, 60));
    expect(cutSk.payloads[0]).toMatchObject({
      kind: "encrypted",
      length: 204,
      innerType: 35,
      fragment: null,
    });
    const cutSkf = decoded(ikeMessage({ exchange: 35, payloads: [skf(2, 3, 200)] }).subarray(0, 60));
    expect(cutSkf.payloads[0]).toMatchObject({ kind: "encrypted", fragment: { number: 2, total: 3 } });
    expect(cutSkf.problem).toMatchObject({ declaredBy: "IKE header length" });
    const noFragmentHeader = decoded(
      ikeMessage({ exchange: 35, payloads: [skf(2, 3, 200)] }).subarray(0, 35),
    );
    expect(noFragmentHeader.payloads[0]).toMatchObject({ kind: "opaque", type: 53 });
  });
});

describe("payload chain", () => {
  it("may be empty", () => {
    const message = decoded(ikeMessage({ exchange: 37 }));
    expect(message.payloads).toEqual([]);
    expect(message.problem).toBeNull();
  });

  it.each([0, 1, 2, 3])("stops at a payload length of %d", (declaredLength) => {
    const bytes = ikeMessage({
      exchange: 34,
      payloads: [nonce(), { ...notify(14), declaredLength }, ke()],
    });
    const message = decoded(bytes);
    expect(kinds(message)).toEqual(["nonce", "opaque"]);
    expect(message.problem).toMatchObject({
      offset: 64,
      detail: `payload length ${declaredLength} is below 4`,
    });
  });

  it("names the payload length that runs over the end of the message", () => {
    const bytes = ikeMessage({ exchange: 34, payloads: [nonce(), { ...notify(14), declaredLength: 500 }] });
    const message = decoded(bytes);
    expect(kinds(message)).toEqual(["nonce", "opaque"]);
    expect(message.problem).toEqual({
      what: "payload",
      offset: 64,
      required: 500,
      available: 8,
      declaredBy: "IKE payload length",
    });
  });

  it("keeps what comes before a broken body, and the body as it is", () => {
    const broken = { type: 33, body: filler(40, 3) };
    const message = decoded(ikeMessage({ exchange: 34, payloads: [nonce(), ke(), broken, notify(14)] }));
    expect(kinds(message)).toEqual(["nonce", "ke", "opaque"]);
    expect(message.payloads[2]).toMatchObject({ type: 33, body: broken.body });
    expect(message.problem).not.toBeNull();
  });

  it("is bounded", () => {
    const many = Array.from({ length: 300 }, () => notify(16430));
    const message = decoded(ikeMessage({ exchange: 34, payloads: many }));
    expect(message.payloads).toHaveLength(256);
    expect(message.problem).toMatchObject({ detail: "more than 256 payloads" });
  });

  it("reports bytes behind the last payload of IKEv2", () => {
    const bytes = ikeMessage({ exchange: 34, payloads: [nonce()], declaredLength: 66 });
    const message = decoded(concat(bytes, Uint8Array.of(0, 0)));
    expect(message.problem).toMatchObject({ offset: 64, detail: "2 bytes behind the last payload" });
  });

  it("takes up to three zero bytes behind the last payload of IKEv1 for padding", () => {
    const bytes = ikeMessage({
      version: 1,
      exchange: 2,
      payloads: [nonceV1(filler(19))],
      declaredLength: 52,
    });
    expect(decoded(concat(bytes, Uint8Array.of(0))).problem).toBeNull();
    expect(decoded(concat(bytes, Uint8Array.of(1))).problem).toMatchObject({ offset: 51 });
  });

  it("keeps unknown payload types and the critical bit", () => {
    const message = decoded(ikeMessage({ exchange: 34, payloads: [{ ...opaque(200), critical: true }] }));
    expect(message.payloads[0]).toMatchObject({ kind: "opaque", type: 200, critical: true, length: 12 });
    expect(message.problem).toBeNull();
  });

  it("does not read IKEv1 payload numbers in IKEv2, nor the reverse", () => {
    const v2 = decoded(ikeMessage({ exchange: 34, payloads: [opaque(1), opaque(11)] }));
    expect(kinds(v2)).toEqual(["opaque", "opaque"]);
    const v1 = decoded(ikeMessage({ version: 1, exchange: 2, payloads: [opaque(33), opaque(46)] }));
    expect(kinds(v1)).toEqual(["opaque", "opaque"]);
  });

  it("ends with SK: what its next-payload field names is inside", () => {
    const message = decoded(ikeMessage({ exchange: 35, payloads: [notify(16430), sk(80, 35)] }));
    expect(message.payloads[1]).toMatchObject({ kind: "encrypted", innerType: 35, fragment: null });
    expect(message.payloads).toHaveLength(2);
    expect(message.problem).toBeNull();
  });
});

describe("IKEv1 encryption flag", () => {
  it("makes all behind the header one payload", () => {
    const bytes = ikeMessage({ version: 1, exchange: 32, flags: 1, payloads: [encryptedV1(68, 8)] });
    const message = decoded(bytes);
    expect(message.payloads).toEqual([
      {
        kind: "encrypted",
        type: 8,
        offset: 28,
        length: 68,
        critical: false,
        innerType: 8,
        body: bytes.subarray(28),
        fragment: null,
      },
    ]);
    expect(message.problem).toBeNull();
  });

  it("with nothing behind the header is an empty message", () => {
    expect(decoded(ikeMessage({ version: 1, exchange: 5, flags: 1 })).payloads).toEqual([]);
  });

  it("does not hide a fragment, which is in clear", () => {
    const fragment = fragmentV1(5, 1, false, filler(100));
    const message = decoded(ikeMessage({ version: 1, exchange: 2, flags: 1, payloads: [fragment] }));
    expect(message.payloads[0]).toMatchObject({ kind: "fragmentV1", id: 5, number: 1, last: false });
    const ciphertext = decoded(
      ikeMessage({ version: 1, exchange: 2, flags: 1, payloads: [encryptedV1(64, 132)] }),
    );
    expect(ciphertext.payloads[0]).toMatchObject({ kind: "encrypted", innerType: 132 });
  });

  it("is not needed for clear messages", () => {
    const message = decoded(
      ikeMessage({ version: 1, exchange: 2, payloads: [keV1(), nonceV1(), natD(), natD()] }),
    );
    expect(kinds(message)).toEqual(["ke", "nonce", "natDetection", "natDetection"]);
  });
});

it.each([
  [1, PAYLOADS_V1],
  [2, PAYLOADS_V2],
] as const)(
  "decodes no payload of IKEv%d of which there is no sample of the same reader",
  (version, table) => {
    const sampled = Object.values(SAMPLES).flatMap((bytes) => {
      const { header, payloads } = decoded(bytes);
      return header.majorVersion === version ? payloads.map(({ type }) => table.get(type)) : [];
    });
    expect([...table].filter(([, decoder]) => !sampled.includes(decoder)).map(([type]) => type)).toEqual([]);
  },
);

it("decodes every sample without a problem", () => {
  for (const [name, bytes] of Object.entries(SAMPLES)) {
    expect(decoded(bytes).problem, name).toBeNull();
    expect(decoded(bytes).available, name).toBe(bytes.length);
  }
});

it("hands out views: the caller copies what outlives the buffer", () => {
  const bytes = ikeMessage({ exchange: 34, payloads: [nonce(), sa()] });
  const [payload] = decoded(bytes).payloads;
  if (payload?.kind !== "nonce") throw new Error("no nonce");
  expect(payload.data.buffer).toBe(bytes.buffer);
});
