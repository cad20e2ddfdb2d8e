import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { decodeIke, decodePayloads } from "../../src/ike/decode.js";
import { hexText, numbered, plainText, shortened, type Field } from "../../src/ike/describe/field.js";
import { describeHeader } from "../../src/ike/describe/header.js";
import { describePayload, summarizePayload } from "../../src/ike/describe/payload.js";
import type { IkeMessage, Payload } from "../../src/ike/message.js";
import { ascii, concat, filler } from "../support/ike/bytes.js";
import { allMessages } from "../support/ike/corpus.js";
import { chainBytes, ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import {
  attributesV1,
  COMMON_PHASE1,
  encryptedV1,
  fragmentV1,
  keV1,
  natD,
  proposalsV1,
  saV1,
} from "../support/ike/payloads-v1.js";
import {
  authentication,
  certificateRequest,
  configuration,
  deleteSas,
  eap,
  identification,
  ipv4Selector,
  ke,
  nonce,
  notify,
  opaque,
  proposal,
  sa,
  sk,
  skf,
  trafficSelectors,
  transform,
  vendorId,
} from "../support/ike/payloads-v2.js";
import { SAMPLES } from "../support/ike/samples.js";

function message(bytes: Uint8Array): IkeMessage {
  const result = decodeIke(bytes);
  if (!result.ok) throw new Error("no header");
  return result.message;
}

function only(version: 1 | 2, payload: PayloadBytes): Payload {
  const flags = payload.bare === true ? { flags: 1 } : {};
  const [first] = message(
    ikeMessage({ version, exchange: version === 2 ? 35 : 2, payloads: [payload], ...flags }),
  ).payloads;
  if (first === undefined) throw new Error("no payload");
  return first;
}

const token = (version: 1 | 2, payload: PayloadBytes): string =>
  summarizePayload(only(version, payload), version);

/** A tree as lines, indented, with what the bytes at each field's place are. */
function tree(fields: readonly Field[], indent = ""): string[] {
  return fields.flatMap(({ name, value, children }) => [
    `${indent}${name}: ${value}`,
    ...tree(children ?? [], `${indent}  `),
  ]);
}

describe("header", () => {
  it("of IKEv2", () => {
    const bytes = ikeMessage({ exchange: 35, flags: 0x28, messageId: 7, payloads: [sk(60)] });
    expect(tree(describeHeader(message(bytes)))).toEqual([
      "Initiator SPI: 1111111111111111",
      "Responder SPI: 0000000000000000",
      "Next payload: SK (46)",
      "Version: 2.0",
      "Exchange type: IKE_AUTH (35)",
      "Flags: 0x28 (INITIATOR, RESPONSE)",
      "Message ID: 7",
      `Length: ${bytes.length}`,
    ]);
  });

  it("of IKEv1, of AuthIP and of no version", () => {
    const shown = (options: Parameters<typeof ikeMessage>[0]): string[] =>
      tree(describeHeader(message(ikeMessage(options))));
    expect(shown({ version: 1, exchange: 32, flags: 0x43, messageId: 0xdeadbeef })).toEqual(
      expect.arrayContaining([
        "Next payload: NONE (0)",
        "Version: 1.0, deprecated by RFC 9395",
        "Exchange type: QUICK_MODE (32)",
        "Flags: 0x43 (ENCRYPTION, COMMIT, 0x40)",
        "Message ID: 0xdeadbeef",
      ]),
    );
    expect(shown({ version: 1, exchange: 245 })).toContain("Exchange type: AUTHIP_EXTENDED_MODE (245)");
    expect(shown({ exchange: 34, versionByte: 0x31, flags: 0 })).toEqual(
      expect.arrayContaining(["Version: 3.1", "Exchange type: UNASSIGNED_34", "Flags: 0x00"]),
    );
  });

  it("says what the bytes contradict", () => {
    const whole = ikeMessage({ exchange: 34, payloads: [nonce()] });
    expect(tree(describeHeader(message(whole.subarray(0, 40)))).at(-1)).toBe("Captured: 40 of 64 bytes");
    expect(tree(describeHeader(message(concat(whole, filler(3))))).at(-1)).toBe(
      "Behind the message: 3 bytes",
    );
  });
});

describe("tree", () => {
  it("of an SA payload", () => {
    const offer = proposal({
      protocol: 3,
      spi: filler(4),
      encr: [[20, 256], [2]],
      esn: [0],
      group: [2],
      others: [transform(77, 9)],
    });
    expect(tree(describePayload(only(2, { ...sa([offer]), critical: true }), 2))).toEqual([
      "Critical: yes",
      "Payload length: 60",
      "Proposal 1: ESP",
      "  Protocol: ESP (3)",
      `  SPI: ${toHex(filler(4))}`,
      "  ENCR: ENCR_AES_GCM_16 (20)",
      "    KEY_LENGTH: 256",
      "  ENCR: ENCR_DES (2), MUST NOT by RFC 8221",
      "  KE: MODP_1024 (2), SHOULD NOT by RFC 8247",
      "  ESN: NO_ESN (0)",
      "  UNASSIGNED_77: UNASSIGNED_9",
    ]);
  });

  it("of an SA payload of IKEv1", () => {
    expect(tree(describePayload(only(1, saV1()), 1))).toEqual([
      "Payload length: 60",
      "Domain of interpretation: IPSEC (1)",
      "Situation: SIT_IDENTITY_ONLY (1)",
      "Proposal 1: ISAKMP",
      "  Protocol: ISAKMP (1)",
      "  Transform 1: KEY_IKE (1)",
      "    ENCRYPTION_ALGORITHM: AES_CBC (7)",
      "    KEY_LENGTH: 256",
      "    HASH_ALGORITHM: SHA2_256 (4)",
      "    GROUP_DESCRIPTION: MODP_2048 (14)",
      "    AUTHENTICATION_METHOD: PSK (1)",
      "    LIFE_TYPE: SECONDS (1)",
      "    LIFE_DURATION: 28800",
    ]);
  });

  it("of IKEv1 algorithms that an RFC speaks against", () => {
    const value = (type: number, number: number) => ({ type, value: number, bytes: null });
    const offer = (protocol: number, id: number, attributes: ReturnType<typeof value>[]) => ({
      number: 1,
      protocol,
      spi: new Uint8Array(0),
      transforms: [{ type: 0, id, number: 1, attributes }],
    });
    const phase1 = proposalsV1([offer(1, 1, [value(1, 1), value(2, 1), value(4, 1)])]);
    expect(tree(describePayload(only(1, phase1), 1))).toEqual(
      expect.arrayContaining([
        "    ENCRYPTION_ALGORITHM: DES_CBC (1), deprecated by RFC 8247",
        "    HASH_ALGORITHM: MD5 (1), deprecated by RFC 8247",
        "    GROUP_DESCRIPTION: MODP_768 (1), deprecated by RFC 8247",
      ]),
    );
    expect(tree(describePayload(only(1, proposalsV1([offer(3, 2, [value(5, 1)])])), 1))).toEqual(
      expect.arrayContaining([
        "  Transform 1: ESP_DES (2), MUST NOT by RFC 8221",
        "    AUTHENTICATION_ALGORITHM: HMAC_MD5 (1), MUST NOT by RFC 8221",
      ]),
    );
  });

  it("of ciphertext", () => {
    expect(tree(describePayload(only(2, skf(2, 5, 100)), 2))).toEqual([
      "Payload length: 108",
      "First payload inside: NONE (0)",
      "Fragment number: 2",
      "Total fragments: 5",
      "IV, ciphertext and ICV: 100 bytes",
    ]);
    expect(describePayload(only(1, encryptedV1(64, 5)), 1)).toEqual([
      { name: "First payload inside", value: "ID (5)" },
      { name: "Ciphertext", value: "64 bytes", offset: 28, length: 64 },
    ]);
  });

  it("does not show credentials", () => {
    const password = ascii("secret");
    const attributes = [16522, 16523, 16528, 16529].map((type) => ({ type, value: null, bytes: password }));
    const payload = only(1, attributesV1(2, [...attributes, { type: 16522, value: 0x7365, bytes: null }]));
    const text = [...tree(describePayload(payload, 1)), summarizePayload(payload, 1)].join("\n");
    expect(text).not.toMatch(/secret|736563|29541/);
    expect(text).toContain("XAUTH_USER_PASSWORD: 6 bytes, not shown");
  });

  it("of configuration attributes by their forms", () => {
    const values = (attributes: [number, Uint8Array][]): string[] =>
      tree(describePayload(only(2, configuration(2, attributes)), 2)).slice(2);
    expect(
      values([
        [1, Uint8Array.of(10, 0, 0, 5)],
        [1, new Uint8Array(0)],
        [1, filler(3)],
        [8, Uint8Array.from([...filler(16), 64])],
        [13, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0)],
        [14, Uint8Array.of(0, 1, 0, 3)],
        [7, ascii("strongSwan 6")],
        [25, ascii("corp.example")],
        [24, Uint8Array.of(0, 0, 0, 30)],
        [28676, Uint8Array.from([10, 0, 0, 0, 255, 0, 0, 0, 0, 6, 0, 0, 0, 0])],
        [26, Uint8Array.of(0x30, 0x39, 8, 2, 0xaa)],
        [999, Uint8Array.of(1)],
      ]),
    ).toEqual([
      "INTERNAL_IP4_ADDRESS: 10.0.0.5",
      "INTERNAL_IP4_ADDRESS: empty",
      `INTERNAL_IP4_ADDRESS: ${toHex(filler(3))}`,
      "INTERNAL_IP6_ADDRESS: 4246:741e:2bda:91dd:5155:e663:b153:5446/64",
      "INTERNAL_IP4_SUBNET: 10.0.0.0/8",
      "SUPPORTED_ATTRIBUTES: INTERNAL_IP4_ADDRESS, INTERNAL_IP4_DNS",
      "APPLICATION_VERSION: strongSwan 6",
      "INTERNAL_DNS_DOMAIN: corp.example",
      "TIMEOUT_PERIOD_FOR_LIVENESS_CHECK: 30 s",
      "UNITY_SPLIT_INCLUDE: 10.0.0.0/8 TCP",
      "INTERNAL_DNSSEC_TA: 12345 8 2 aa",
      "UNASSIGNED_999: 01",
    ]);
  });

  it("of EAP methods that say something", () => {
    const fields = (payload: PayloadBytes): string[] => tree(describePayload(only(2, payload), 2)).slice(5);
    const failure = concat(Uint8Array.of(4, 7, 0, 18), ascii("E=691 R=0 C=00"));
    expect(fields(eap({ code: 1, method: 26, data: failure }))).toEqual([
      "MSCHAPv2 operation: FAILURE (4)",
      "MSCHAPv2 ID: 7",
      "MSCHAPv2 length: 18",
      "Message: E=691 R=0 C=00",
    ]);
    expect(fields(eap({ code: 2, method: 3, data: Uint8Array.of(26, 13) }))).toEqual([
      "Desired method: MSCHAPV2 (26)",
      "Desired method: TLS (13)",
    ]);
    expect(tree(describePayload(only(2, eap({ messageLength: 99 })), 2))).toContain(
      "Length: 99, but the payload holds 5 bytes",
    );
  });

  it("of a payload that is cut within its generic header", () => {
    const whole = ikeMessage({ exchange: 34, payloads: [nonce(), ke()] });
    const [, cut] = message(whole.subarray(0, 67)).payloads;
    if (cut === undefined) throw new Error("no payload");
    expect(describePayload(cut, 2)).toEqual([
      { name: "Generic header, cut off", value: toHex(whole, 64, 67), offset: 64, length: 3 },
    ]);
  });
});

describe("every message of samples and captures", () => {
  /** Fields with a place, children included; they lie inside of their parents. */
  function placed(fields: readonly Field[], from: number, to: number): [offset: number, length: number][] {
    return fields.flatMap(({ name, offset, length, children }) => {
      if (offset === undefined || length === undefined) return [];
      // Cheaper than expect() by far for each field of each message.
      if (offset < from || offset + length > to) {
        throw new Error(`${name} at ${offset}+${length} in ${from}..${to}`);
      }
      return [[offset, length] as [number, number], ...placed(children ?? [], offset, offset + length)];
    });
  }

  it("has each field at its place: within its payload, one behind the other", async () => {
    const all = [...Object.values(SAMPLES), ...(await allMessages()).map(({ bytes }) => bytes)];
    for (const bytes of all) {
      const result = decodeIke(bytes);
      if (!result.ok || result.message.problem !== null) continue;
      const version = result.message.header.majorVersion === 1 ? 1 : 2;
      for (const payload of result.message.payloads) {
        const fields = describePayload(payload, version);
        const end = payload.offset + payload.length;
        expect(placed(fields, payload.offset, end).length).toBeGreaterThan(0);
        const starts = fields
          .filter(({ name }) => name !== "First payload inside")
          .map(({ offset }) => offset ?? Number.NaN);
        const known = starts.filter((start) => !Number.isNaN(start));
        expect(known).toEqual(known.toSorted((a, b) => a - b));
        // The last byte of the payload belongs to a field.
        const last = Math.max(
          ...placed(fields, payload.offset, end).map(([offset, length]) => offset + length),
        );
        expect(last, summarizePayload(payload, version)).toBe(end);
      }
    }
  });
});

describe("token", () => {
  it.each<[string, 1 | 2, PayloadBytes]>([
    [
      "SA[AES_GCM_16_256/PRF_HMAC_SHA2_256/CURVE25519 +3]",
      2,
      sa([
        proposal({
          encr: [
            [20, 256],
            [20, 128],
          ],
          prf: [5],
          group: [31, 14],
        }),
        proposal({ number: 2, prf: [7] }),
      ]),
    ],
    ["SA[AES_CBC_256/SHA2_256/MODP_2048/PSK +1]", 1, saV1([COMMON_PHASE1, COMMON_PHASE1])],
    ["SA[]", 2, sa([proposal({})])],
    ["KE[CURVE25519]", 2, ke(31, filler(32))],
    ["KE{256}", 1, keV1()],
    ["NONCE{32}", 2, nonce()],
    ["N(NAT_DETECTION_SOURCE_IP)", 2, notify(16388, { data: filler(20) })],
    ["N(INVALID_KE_PAYLOAD: ECP_384)", 2, notify(17, { data: Uint8Array.of(0, 20) })],
    ["VID(strongSwan)", 2, vendorId("882fe56d6fd20dbc2251613b2ebe5beb")],
    ['VID("some vendor")', 2, vendorId(ascii("some vendor"))],
    [`VID(0x${toHex(filler(16, 99))})`, 2, vendorId(filler(16, 99))],
    [`VID(0x${toHex(filler(40, 99), 0, 8)}…){40}`, 2, vendorId(filler(40, 99))],
    ["SK{200}", 2, sk(200)],
    ["SKF 2/5{1232}", 2, skf(2, 5, 1232)],
    ["ENCRYPTED{64}", 1, encryptedV1(64)],
    ["FRAGMENT 7:2 last{90}", 1, fragmentV1(7, 2, true, filler(90))],
    ["D(IKE)", 2, deleteSas(1)],
    ["D(ESP: 0x1234abcd)", 2, deleteSas(3, [Uint8Array.of(0x12, 0x34, 0xab, 0xcd)])],
    [
      "D(AH: 0x01, 0x01, 0x01 +2)",
      2,
      deleteSas(
        2,
        Array.from({ length: 5 }, () => Uint8Array.of(1)),
      ),
    ],
    ["IDi(FQDN: gw.example)", 2, identification()],
    ["CERTREQ(X509_SIGNATURE: 2)", 2, certificateRequest(4, filler(40))],
    ["CERTREQ(X509_SIGNATURE){39}", 2, certificateRequest(4, filler(39))],
    ["CERTREQ(RAW_PUBLIC_KEY)", 2, certificateRequest(15, new Uint8Array(0))],
    ["AUTH(SHARED_KEY_MIC)", 2, authentication()],
    ["AUTH(DIGITAL_SIGNATURE)", 2, authentication(14, Uint8Array.of(90, 1))],
    ["TSi(10.1.0.0/16)", 2, trafficSelectors()],
    ["TSi(10.1.0.0/16 UDP)", 2, trafficSelectors([ipv4Selector({ protocol: 17 })])],
    [
      "TSi(10.1.0.0/16 TCP/80-90)",
      2,
      trafficSelectors([ipv4Selector({ protocol: 6, startPort: 80, endPort: 90 })]),
    ],
    [
      "TSi(10.1.0.0/16 ICMP/8:0)",
      2,
      trafficSelectors([ipv4Selector({ protocol: 1, startPort: 0x800, endPort: 0x800 })]),
    ],
    [
      "TSi(10.1.0.0/16 TCP/OPAQUE)",
      2,
      trafficSelectors([ipv4Selector({ protocol: 6, startPort: 65535, endPort: 0 })]),
    ],
    [
      "TSi(10.1.0.0/16, 10.1.0.0/16, 10.1.0.0/16 +1)",
      2,
      trafficSelectors([1, 2, 3, 4].map(() => ipv4Selector())),
    ],
    [
      "CP(CFG_REQUEST: INTERNAL_IP4_ADDRESS, INTERNAL_IP4_DNS)",
      2,
      configuration(1, [
        [1, filler(0)],
        [3, filler(0)],
      ]),
    ],
    ["CP(CFG_ACK)", 2, configuration(4, [])],
    ["EAP(REQUEST: IDENTITY)", 2, eap()],
    ["EAP(REQUEST: MSCHAPV2 FAILURE)", 2, eap({ method: 26, data: Uint8Array.of(4, 1, 0, 4) })],
    ["EAP(RESPONSE: Microsoft/9)", 2, eap({ code: 2, method: 254, vendor: { id: 311, type: 9 } })],
    ["EAP(SUCCESS)", 2, eap({ code: 3, method: null })],
    ["NAT-D", 1, natD()],
    ["UNASSIGNED_99{8}", 2, opaque(99)],
    ["PRIVATE_USE_200{8}", 2, opaque(200)],
    ["GSPM{8}", 2, opaque(49)],
  ])("%s", (text, version, payload) => {
    expect(token(version, payload)).toBe(text);
  });
});

describe("pieces", () => {
  it("number, hex and text", () => {
    expect(numbered("NO_PROPOSAL_CHOSEN", 14)).toBe("NO_PROPOSAL_CHOSEN (14)");
    expect(numbered("UNASSIGNED_5", 5)).toBe("UNASSIGNED_5");
    expect(numbered("MODP_2048", 2048)).toBe("MODP_2048 (2048)");
    expect(hexText(filler(0))).toBe("none");
    expect(hexText(filler(32))).toBe(toHex(filler(32)));
    expect(hexText(filler(33))).toBe(`${toHex(filler(33), 0, 32)}… (33 bytes)`);
    expect(plainText(ascii("x".repeat(9000)))).toHaveLength(256);
    expect(plainText(Uint8Array.of(0xe2, 0x82))).toBe("\ufffd");
  });

  it("a cut does not split a character", () => {
    const text = shortened("😀".repeat(200), 10);
    expect(text).toBe("😀😀😀😀…");
    expect(shortened("short", 10)).toBe("short");
  });

  it("plaintext counts offsets from its own start", () => {
    const [payload] = decodePayloads(2, 40, chainBytes([nonce(filler(16))])).payloads;
    if (payload === undefined) throw new Error("no payload");
    expect(describePayload(payload, 2).at(-1)).toMatchObject({ offset: 4, length: 16 });
  });
});
