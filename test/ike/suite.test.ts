import { describe, expect, it } from "vitest";
import { decodeIke } from "../../src/ike/decode.js";
import { encryptedMessageLength, largestInner } from "../../src/ike/length-oracle.js";
import type { SaPayload } from "../../src/ike/message.js";
import { formatOffer, formatProposal } from "../../src/ike/offer.js";
import { formatSuite } from "../../src/ike/suite-text.js";
import { suiteOf, type Suite } from "../../src/ike/suite.js";
import { filler } from "../support/ike/bytes.js";
import { ikeMessage, type PayloadBytes } from "../support/ike/message.js";
import { COMMON_PHASE1, proposalsV1, saV1, type Phase1Options } from "../support/ike/payloads-v1.js";
import { proposal, sa, transform, type ProposalOptions } from "../support/ike/payloads-v2.js";

function saPayload(version: 1 | 2, payload: PayloadBytes): SaPayload {
  const result = decodeIke(ikeMessage({ version, exchange: version === 2 ? 34 : 2, payloads: [payload] }));
  const first = result.ok ? result.message.payloads[0] : undefined;
  if (first?.kind !== "sa") throw new Error("no SA payload");
  return first;
}

const v2 = (options: ProposalOptions): SaPayload => saPayload(2, sa([proposal(options)]));
const v1 = (...transforms: Phase1Options[]): SaPayload => saPayload(1, saV1(transforms));

function suite(payload: SaPayload): Suite {
  const found = suiteOf(payload);
  if (found === null) throw new Error("no suite");
  return found;
}

describe("length oracle of the finding catalogue", () => {
  const cbc = (encr: number, integ: number): ProposalOptions => ({
    encr: [[encr]],
    integ: [integ],
    prf: [5],
  });
  // UDP payload without marker: empty, 8, 12 and 16 bytes of payloads inside.
  it.each<[string, ProposalOptions, number[]]>([
    ["AES-GCM-16", { encr: [[20, 256]], prf: [5], group: [19] }, [57, 65, 69, 73]],
    ["ChaCha20-Poly1305", { encr: [[28]], prf: [5], group: [31] }, [57, 65, 69, 73]],
    ["AES-CBC + SHA1-96", cbc(12, 2), [76, 76, 76, 92]],
    ["AES-CBC + SHA2-256-128", cbc(12, 12), [80, 80, 80, 96]],
    ["AES-CBC + SHA2-384-192", cbc(12, 13), [88, 88, 88, 104]],
    ["AES-CBC + SHA2-512-256", cbc(12, 14), [96, 96, 96, 112]],
    ["3DES + SHA1-96", cbc(3, 2), [60, 68, 68, 76]],
  ])("%s", (_, options, lengths) => {
    const chosen = suite(v2(options));
    expect([0, 8, 12, 16].map((inner) => encryptedMessageLength(chosen, inner))).toEqual(lengths);
  });

  it("bounds the content: the inverse is never below what was sent, and tight without blocks", () => {
    for (const options of [cbc(12, 12), cbc(3, 2), { encr: [[20, 128]], prf: [5] }] as ProposalOptions[]) {
      const chosen = suite(v2(options));
      for (let inner = 0; inner < 200; inner++) {
        const length = encryptedMessageLength(chosen, inner) ?? 0;
        const bound = largestInner(chosen, length) ?? -1;
        expect(bound).toBeGreaterThanOrEqual(inner);
        expect(bound - inner).toBeLessThan(chosen.blockLength ?? 0);
      }
    }
  });

  it("says nothing about lengths that cannot be, or suites that it does not know", () => {
    expect(largestInner(suite(v2(cbc(12, 12))), 60)).toBeNull();
    const unknown = suite(v2({ encr: [[5000]], integ: [12], prf: [5] }));
    expect(unknown).toMatchObject({ ivLength: null, blockLength: null, icvLength: null });
    expect(unknown.encryption?.name).toBe("PRIVATE_USE_5000");
    expect(encryptedMessageLength(unknown, 8)).toBeNull();
    expect(largestInner(unknown, 100)).toBeNull();
    const noIcv = suite(v2({ encr: [[12, 128]], integ: [1234], prf: [5] }));
    expect(noIcv).toMatchObject({ ivLength: 16, icvLength: null });
    expect(encryptedMessageLength(noIcv, 8)).toBeNull();
  });

  it("knows that IKEv1 neither sends the IV nor an ICV", () => {
    const chosen = suite(v1(COMMON_PHASE1));
    expect(chosen).toMatchObject({ ivLength: 0, blockLength: 16, icvLength: 0 });
    expect(encryptedMessageLength(chosen, 60)).toBe(28 + 64);
    expect(encryptedMessageLength(chosen, 64)).toBe(28 + 64);
    expect(largestInner(chosen, 92)).toBe(64);
    expect(encryptedMessageLength(suite(v1({ ...COMMON_PHASE1, encryption: 5 })), 60)).toBe(28 + 64);
  });
});

describe("suite", () => {
  it("of IKEv2", () => {
    expect(suite(v2({ encr: [[12, 256]], integ: [12], prf: [5], group: [14] }))).toMatchObject({
      version: 2,
      encryption: { id: 12, name: "AES_CBC" },
      keyLength: 256,
      integrity: { id: 12, name: "HMAC_SHA2_256_128" },
      prf: { id: 5, name: "PRF_HMAC_SHA2_256" },
      group: { id: 14, name: "MODP_2048" },
      additionalGroups: [],
      hash: null,
    });
  });

  it("of IKEv2 with a combined-mode cipher: INTEG NONE is no integrity algorithm", () => {
    const chosen = suite(v2({ encr: [[20, 256]], integ: [0], prf: [5], group: [31] }));
    expect(chosen).toMatchObject({ integrity: null, icvLength: 16, ivLength: 8, blockLength: 1 });
  });

  it("of IKEv2 with additional key exchanges", () => {
    const others = [transform(7, 0), transform(6, 36)];
    const chosen = suite(v2({ encr: [[20, 256]], prf: [5], group: [31], others }));
    expect(chosen.additionalGroups).toEqual([
      { id: 36, name: "ML_KEM_768" },
      { id: 0, name: "NONE" },
    ]);
  });

  it("of IKEv1", () => {
    const options = { ...COMMON_PHASE1, auth: 65001, seconds: 86400, kilobytes: 4608000 };
    expect(suite(v1(options))).toMatchObject({
      version: 1,
      encryption: { id: 7, name: "AES_CBC" },
      keyLength: 256,
      hash: { id: 4, name: "SHA2_256" },
      group: { id: 14, name: "MODP_2048" },
      authMethod: { id: 65001, name: "XAUTH_INIT_PSK" },
      lifetimeSeconds: 86400,
      lifetimeKilobytes: 4608000,
      integrity: null,
      prf: null,
    });
    expect(suite(v1({ encryption: 5, hash: 1, auth: 1, group: 2 }))).toMatchObject({
      keyLength: null,
      blockLength: 8,
      lifetimeSeconds: null,
      lifetimeKilobytes: null,
    });
  });

  it("is null where nothing was chosen", () => {
    expect(suiteOf(null)).toBeNull();
    expect(suiteOf(v2({}))).toBeNull();
  });
});

describe("offer as text", () => {
  it("of IKEv2: a line for each proposal, alternatives side by side", () => {
    const offer = saPayload(
      2,
      sa([
        proposal({ encr: [[12, 256]], integ: [12], prf: [5], group: [14] }),
        proposal({
          number: 2,
          encr: [[12, 256], [12, 128], [3]],
          integ: [12, 2],
          prf: [5, 2],
          group: [14, 2],
        }),
        proposal({ number: 3, protocol: 3, spi: filler(4), encr: [[20, 256]], esn: [0, 1] }),
        proposal({
          number: 4,
          encr: [[28]],
          prf: [5],
          group: [31],
          others: [transform(6, 36), transform(99, 7)],
        }),
      ]),
    );
    expect(formatOffer(offer)).toEqual([
      "AES_CBC_256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048",
      "AES_CBC_256|AES_CBC_128|3DES/HMAC_SHA2_256_128|HMAC_SHA1_96/PRF_HMAC_SHA2_256|PRF_HMAC_SHA1/MODP_2048|MODP_1024",
      "ESP:AES_GCM_16_256/NO_ESN|ESN",
      "CHACHA20_POLY1305/PRF_HMAC_SHA2_256/CURVE25519/ML_KEM_768/UNASSIGNED_7",
    ]);
  });

  it("of IKEv1: a line for each transform", () => {
    const offer = v1(COMMON_PHASE1, { encryption: 5, hash: 2, auth: 65001, group: 2, seconds: 3600 });
    expect(formatOffer(offer)).toEqual([
      "AES_CBC_256/SHA2_256/MODP_2048/PSK",
      "3DES_CBC/SHA1/MODP_1024/XAUTH_INIT_PSK",
    ]);
  });

  it("of IKEv1 phase 2", () => {
    const attributes = [
      { type: 6, value: 128, bytes: null },
      { type: 5, value: 2, bytes: null },
      { type: 4, value: 3, bytes: null },
    ];
    const phase2 = {
      number: 1,
      protocol: 3,
      spi: filler(4),
      transforms: [{ type: 0, id: 12, number: 1, attributes }],
    };
    const [first] = saPayload(1, proposalsV1([phase2])).proposals;
    expect(first && formatProposal(first, 1)).toEqual(["ESP:AES_CBC_128/HMAC_SHA1/UDP_ENCAPSULATED_TUNNEL"]);
  });

  it("of a suite reads as the offer that was chosen", () => {
    const chosen = v2({ encr: [[20, 256]], prf: [5], group: [19], others: [transform(6, 36)] });
    expect(formatSuite(suite(chosen))).toBe(formatOffer(chosen)[0]);
    expect(formatSuite(suite(v1(COMMON_PHASE1)))).toBe("AES_CBC_256/SHA2_256/MODP_2048/PSK");
  });
});
