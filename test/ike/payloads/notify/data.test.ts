import { describe, expect, it } from "vitest";
import { fromHex } from "../../../../src/bytes/hex.js";
import { decodePayloads } from "../../../../src/ike/decode.js";
import { describePayload, summarizePayload } from "../../../../src/ike/describe/payload.js";
import { notifyName } from "../../../../src/ike/registries/notify.js";
import { chainBytes } from "../../../support/ike/message.js";
import { notifyV1 } from "../../../support/ike/payloads-v1.js";
import { notify, type NotifyOptions } from "../../../support/ike/payloads-v2.js";

/** The fields behind the notify's own, "name: value @offset in the data+length", and the token. */
function shown(
  version: 1 | 2,
  type: number,
  data: string,
  options: NotifyOptions = {},
): { fields: string[]; token: string } {
  const all = { ...options, data: fromHex(data) };
  const payload = version === 2 ? notify(type, all) : notifyV1(type, all);
  const { payloads, problem } = decodePayloads(version, payload.type, chainBytes([payload]));
  const [decoded] = payloads;
  if (decoded === undefined || problem !== null) throw new Error("not decoded");
  const start = chainBytes([payload]).length - fromHex(data).length;
  const fields = describePayload(decoded, version)
    .filter(({ offset }) => offset === undefined || offset >= start)
    .map(({ name, value, offset, length }) =>
      offset === undefined ? `${name}: ${value}` : `${name}: ${value} @${offset - start}+${length}`,
    );
  return { fields, token: summarizePayload(decoded, version) };
}

describe("data of IKEv2 notifies", () => {
  it.each<[number, string, string[], string]>([
    [1, "c8", ["Payload type: PRIVATE_USE_200 @0+1"], "PRIVATE_USE_200"],
    [5, "21", ["Supported version: 2.1 @0+1"], "2.1"],
    [9, "0000000a", ["Invalid message ID: 10 @0+4"], "10"],
    [11, "c1234567", ["SPI of the invalid packet: c1234567 @0+4"], "c1234567"],
    [17, "0014", ["Accepted key exchange method: ECP_384 (20) @0+2"], "ECP_384"],
    [17, "03e7", ["Accepted key exchange method: UNASSIGNED_999 @0+2"], "UNASSIGNED_999"],
    [39, "4500", ["Start of the offending packet: 4500 @0+2"], ""],
    [16385, "00000010", ["Window size: 16 @0+4"], "16"],
    [
      16387,
      "beef02",
      ["IPComp CPI: 48879 @0+2", "Transform ID: IPCOMP_DEFLATE (2) @2+1"],
      "48879, IPCOMP_DEFLATE",
    ],
    [16390, "aabb", ["Cookie: aabb @0+2"], ""],
    [16397, "c0000201", ["Address: 192.0.2.1 @0+4"], "192.0.2.1"],
    [16398, "20010db8000000000000000000000001", ["Address: 2001:db8::1 @0+16"], "2001:db8::1"],
    [
      16402,
      "c0000201 c6336401 01f4 1194",
      [
        "Source address: 192.0.2.1 @0+4",
        "Destination address: 198.51.100.1 @4+4",
        "Source port: 500 @8+2",
        "Destination port: 4500 @10+2",
      ],
      "192.0.2.1, 198.51.100.1, 500, 4500",
    ],
    [16403, "00000e10", ["Authentication lifetime: 3600 s @0+4"], "3600 s"],
    [
      16407,
      "01 04 c0000209 aabb",
      [
        "Gateway identity type: IPV4_ADDR (1) @0+1",
        "Gateway identity length: 4 @1+1",
        "Gateway identity: 192.0.2.9 @2+4",
        "Nonce data: aabb @6+2",
      ],
      "192.0.2.9",
    ],
    [
      16408,
      "03 02 6777",
      [
        "Gateway identity type: FQDN (3) @0+1",
        "Gateway identity length: 2 @1+1",
        "Gateway identity: gw @2+2",
      ],
      "gw",
    ],
    [16409, "0000003c aa", ["Lifetime: 60 s @0+4", "Ticket: aa @4+1"], ""],
    [16416, "8003 0002", ["ROHC_INTEG: AUTH_HMAC_SHA1_96 (2) @0+4"], ""],
    [16423, "0000000a", ["Incoming IPsec SA delta value: 10 @0+4"], ""],
    [16423, "000000000000000a", ["Incoming IPsec SA delta value: 000000000000000a @0+8"], ""],
    [16424, "0001", ["Method: PACE (1) @0+2"], "PACE"],
    [16427, "", [], ""],
    [
      16431,
      "0002 0005",
      ["Hash algorithm: SHA2_256 (2) @0+2", "Hash algorithm: IDENTITY (5) @2+2"],
      "SHA2_256, IDENTITY",
    ],
    [16434, "0005 0a", ["PRF: PRF_HMAC_SHA2_256 (5) @0+2", "Difficulty: 10 @2+1"], "PRF_HMAC_SHA2_256, 10"],
    [16436, "02 61", ["PPK ID type: PPK_ID_FIXED (2) @0+1", "PPK ID: a @1+1"], ""],
    [16442, "00", ["Flags: none @0+1"], "none"],
    [16442, "01", ["Flags: don't fragment @0+1"], "don't fragment"],
    [
      16443,
      "03 09 02",
      [
        "Announcement length: 3 @0+1",
        "Authentication method: ECDSA_SHA256_P256 (9) @1+1",
        "Certificate link: 2 @2+1",
      ],
      "",
    ],
    [16444, "01", ["Resource identifier: 01 @0+1"], "01"],
    [14, "0102", ["Notification data: 0102 @0+2"], ""],
    [16391, "", [], ""],
    [40960, "00", ["Notification data: 00 @0+1"], ""],
  ])("%d %s", (type, data, fields, line) => {
    const name = notifyName(2, type);
    expect(shown(2, type, data)).toEqual({
      fields,
      token: line === "" ? `N(${name})` : `N(${name}: ${line})`,
    });
  });

  it("that is too short says what is missing, and keeps what is there", () => {
    expect(shown(2, 17, "00")).toEqual({
      fields: [
        "Malformed: Accepted key exchange method at byte 0 needs 2 bytes, 1 are there (length declared by IKE payload length)",
        "Left over: 00 @0+1",
      ],
      token: "N(INVALID_KE_PAYLOAD: malformed)",
    });
    expect(shown(2, 16407, "01 04 c0").fields.slice(0, 2)).toEqual([
      "Gateway identity type: IPV4_ADDR (1) @0+1",
      "Gateway identity length: 4 @1+1",
    ]);
    expect(shown(2, 16431, "0001 02").fields.at(-1)).toBe("Left over: 02 @2+1");
    expect(shown(2, 16443, "00 01").fields).toHaveLength(2);
    expect(shown(2, 16442, "").token).toBe("N(USE_AGGFRAG: malformed)");
  });

  it("that is too long says what is left over", () => {
    expect(shown(2, 16403, "00000e10 ff").fields.at(-1)).toBe("Left over: ff @4+1");
    expect(shown(2, 16388, "00".repeat(21)).fields.at(-1)).toBe("Left over: 00 @20+1");
  });

  it("names the SA that it is about", () => {
    const spi = fromHex("c1234567");
    expect(shown(2, 16393, "", { protocol: 3, spi }).token).toBe("N(REKEY_SA: ESP 0xc1234567)");
    expect(shown(2, 44, "", { protocol: 3, spi }).token).toBe("N(CHILD_SA_NOT_FOUND: ESP 0xc1234567)");
  });

  it("is cut in a line", () => {
    const { token } = shown(2, 16431, "0001".repeat(1000));
    expect(token.length).toBeLessThan(90);
    expect(token.endsWith("…)")).toBe(true);
    expect(shown(2, 16431, "0001".repeat(1000)).fields.at(-1)).toBe("More: 744 not shown");
  });
});

describe("data of IKEv1 notifies", () => {
  it.each<[number, string, NotifyOptions, string[], string]>([
    [36136, "0000002a", {}, ["Sequence number: 42 @0+4"], "R-U-THERE: 42"],
    [36137, "0000002a", {}, ["Sequence number: 42 @0+4"], "R-U-THERE-ACK: 42"],
    [24577, "00000001", {}, ["Replay detection: enabled (1) @0+4"], "REPLAY-STATUS: enabled"],
    [24577, "00000000", {}, ["Replay detection: disabled (0) @0+4"], "REPLAY-STATUS: disabled"],
    [40501, "c0000205", {}, ["Gateway: 192.0.2.5 @0+4"], "UNITY-LOAD-BALANCE: 192.0.2.5"],
    [24578, "", {}, [], "INITIAL-CONTACT"],
    [
      24576,
      "800b0001 000c0004 00015180",
      { protocol: 1 },
      ["LIFE_TYPE: SECONDS (1) @0+4", "LIFE_DURATION: 86400 @4+8"],
      "RESPONDER-LIFETIME: SECONDS, 86400",
    ],
    [
      24576,
      "80010002 00020004 00465000",
      { protocol: 3 },
      ["SA_LIFE_TYPE: KILOBYTES (2) @0+4", "SA_LIFE_DURATION: 4608000 @4+8"],
      "RESPONDER-LIFETIME: KILOBYTES, 4608000",
    ],
    [14, "0102", {}, ["Notification data: 0102 @0+2"], "NO-PROPOSAL-CHOSEN"],
  ])("%d %s", (type, data, options, fields, token) => {
    expect(shown(1, type, data, options)).toEqual({ fields, token: `N(${token})` });
  });

  it("do not take the meaning of IKEv2 numbers", () => {
    expect(shown(1, 17, "0014").fields).toEqual(["Notification data: 0014 @0+2"]);
  });
});
