import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import { algorithmIdentifierText } from "../../src/ike/asn1/algorithm.js";
import { certificateOutline } from "../../src/ike/asn1/certificate.js";
import { derElement, derElements, oidText } from "../../src/ike/asn1/der.js";
import { derTime } from "../../src/ike/asn1/time.js";
import { generalName } from "../../src/ike/asn1/general-name.js";
import { distinguishedName } from "../../src/ike/asn1/name.js";
import { SeededRandom } from "../support/capture/random.js";
import { ascii, concat, filler } from "../support/ike/bytes.js";
import {
  type CertificateOptions,
  der,
  DISTINGUISHED_NAME,
  nameAttribute,
  SIGNATURE_ALGORITHM,
  smallCertificate,
} from "../support/ike/der.js";

const CN = "550403";

describe("DER", () => {
  it("has lengths of one to four bytes", () => {
    for (const size of [0, 1, 127, 128, 255, 256, 5000]) {
      const whole = der(0x04, filler(size));
      expect(derElement(concat(whole, filler(3)))).toEqual({
        tag: 0x04,
        content: filler(size),
        whole,
        end: whole.length,
      });
    }
    expect(derElement(fromHex("04 83 000001 ff"))?.content).toEqual(fromHex("ff"));
  });

  it.each([
    ["nothing", ""],
    ["a tag alone", "30"],
    ["a length beyond the end", "3005 0500"],
    ["a length that is cut", "3082 01"],
    ["a length of four bytes", "3084 00000001 00"],
    ["an indefinite length", "3080 0000"],
    ["a tag of several bytes", "1f8101 00"],
  ])("refuses %s", (_, hex) => {
    expect(derElement(fromHex(hex))).toBeNull();
  });

  it("bounds a level", () => {
    expect(derElements(new Uint8Array(512).fill(0))).toHaveLength(256);
    expect(derElements(new Uint8Array(514).fill(0))).toBeNull();
    expect(derElements(fromHex("0500 05"))).toBeNull();
  });

  it.each([
    ["550403", "2.5.4.3"],
    ["2a864886f70d01010b", "1.2.840.113549.1.1.11"],
    ["2b6570", "1.3.101.112"],
    ["883703", "2.999.3"],
    ["", null],
    ["5504ff", null],
    ["ffffffffffffffffffff7f", null],
  ])("object identifier %s is %s", (hex, text) => {
    expect(oidText(fromHex(hex))).toBe(text);
  });
});

describe("distinguished name", () => {
  it("is read in its own order, with the escapes of RFC 4514", () => {
    expect(distinguishedName(DISTINGUISHED_NAME)).toBe(String.raw`C=DE, O=Example\, Inc., CN=gw.example`);
    expect(distinguishedName(der(0x30))).toBe("");
    expect(distinguishedName(der(0x30, nameAttribute(CN, ' #a+"b"\\<>; ')))).toBe(
      String.raw`CN=\ #a\+\"b\"\\\<\>\;\ `,
    );
    expect(distinguishedName(der(0x30, nameAttribute(CN, "#1")))).toBe(String.raw`CN=\#1`);
  });

  it("joins attributes of one set, and names unknown types by their OID", () => {
    const pair = (oid: string, value: string): Uint8Array =>
      der(0x30, der(0x06, fromHex(oid)), der(0x0c, ascii(value)));
    expect(distinguishedName(der(0x30, der(0x31, pair(CN, "a"), pair("2a0304", "b"))))).toBe(
      "CN=a+1.2.3.4=b",
    );
  });

  it("knows the string types, and gives others in hex", () => {
    const cn = (tag: number, content: Uint8Array): string | null =>
      distinguishedName(der(0x30, der(0x31, der(0x30, der(0x06, fromHex(CN)), der(tag, content)))));
    expect(cn(0x0c, ascii("Zürich"))).toBe("CN=Zürich");
    expect(cn(0x1e, fromHex("005a 00fc 4e2d"))).toBe("CN=Zü中");
    expect(cn(0x1c, fromHex("0001f600 7fffffff"))).toBe("CN=😀\ufffd");
    expect(cn(0x14, fromHex("fc"))).toBe("CN=ü");
    expect(cn(0x02, fromHex("0102"))).toBe("CN=#0102");
  });

  it("is bounded", () => {
    const long = distinguishedName(der(0x30, nameAttribute(CN, "x".repeat(5000))));
    expect(long).toHaveLength(256);
    expect(long?.endsWith("…")).toBe(true);
  });

  it.each([
    ["text", ascii("CN=gw")],
    ["bytes behind it", concat(DISTINGUISHED_NAME, filler(1))],
    ["a set that is none", der(0x30, der(0x30))],
    ["an empty set", der(0x30, der(0x31))],
    ["an attribute without value", der(0x30, der(0x31, der(0x30, der(0x06, fromHex(CN)))))],
    ["an attribute without type", der(0x30, der(0x31, der(0x30, der(0x0c), der(0x0c))))],
  ])("refuses %s", (_, bytes) => {
    expect(distinguishedName(bytes)).toBeNull();
  });
});

describe("other structures", () => {
  it("general names", () => {
    expect(generalName(der(0x82, ascii("gw.example")))).toBe("DNS:gw.example");
    expect(generalName(der(0x81, ascii("a@b.example")))).toBe("email:a@b.example");
    expect(generalName(der(0x86, ascii("https://x")))).toBe("URI:https://x");
    expect(generalName(der(0x87, Uint8Array.of(192, 0, 2, 1)))).toBe("IP:192.0.2.1");
    expect(generalName(der(0x87, filler(5)))).toBeNull();
    expect(generalName(der(0xa4, DISTINGUISHED_NAME))).toContain("dirName:C=DE");
    expect(generalName(der(0x88, fromHex("2a0304")))).toBe("RID:1.2.3.4");
    expect(generalName(der(0xa0))).toBeNull();
  });

  it("algorithm identifiers", () => {
    expect(algorithmIdentifierText(SIGNATURE_ALGORITHM)).toBe("ecdsa-with-SHA256");
    // RFC 7427 A.4: RSASSA-PSS with the default parameters, and with SHA-256.
    expect(algorithmIdentifierText(fromHex("300d06092a864886f70d01010a3000"))).toBe("RSASSA-PSS with SHA1");
    expect(
      algorithmIdentifierText(
        fromHex(
          "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120",
        ),
      ),
    ).toBe("RSASSA-PSS with SHA2_256");
    expect(algorithmIdentifierText(fromHex("300506032b6570"))).toBe("Ed25519");
    expect(algorithmIdentifierText(fromHex("300506032a0304"))).toBe("1.2.3.4");
    expect(algorithmIdentifierText(fromHex("ffff"))).toBe("ffff");
    expect(algorithmIdentifierText(filler(100))).toHaveLength(64);
  });

  it.each([
    [0x17, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [0x17, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [0x17, "240229120000Z", "2024-02-29T12:00:00.000Z"],
    [0x18, "20500101000000Z", "2050-01-01T00:00:00.000Z"],
    [0x18, "99991231235959Z", "9999-12-31T23:59:59.000Z"],
  ])("time of tag %i %s is %s", (tag, text, iso) => {
    const element = derElement(der(tag, ascii(text)));
    expect(element === null ? null : derTime(element)).toBe(Date.parse(iso) * 1000);
  });

  it.each([
    [0x17, "2401010000Z"],
    [0x17, "240101000000+0100"],
    [0x17, "20240101000000Z"],
    [0x17, "230229000000Z"],
    [0x17, "240101240000Z"],
    [0x17, "24010100000aZ"],
    [0x18, "240101000000Z"],
    [0x18, "20240101000000.5Z"],
    [0x0c, "240101000000Z"],
    [0x17, ""],
  ])("tag %i %s is no time of a certificate", (tag, text) => {
    const element = derElement(der(tag, ascii(text)));
    expect(element === null ? undefined : derTime(element)).toBeNull();
  });

  it("certificates of authorities", () => {
    const isAuthority = (options: CertificateOptions): boolean | undefined =>
      certificateOutline(smallCertificate(options))?.isAuthority;
    expect(isAuthority({ isAuthority: true })).toBe(true);
    expect(isAuthority({ isAuthority: false })).toBe(false);
    expect(isAuthority({ subject: "Example CA" })).toBe(true);
    expect(isAuthority({ subject: "gw" })).toBe(false);
  });

  it("certificates", () => {
    expect(certificateOutline(smallCertificate())).toEqual({
      serial: "0123456789",
      issuer: "CN=Example CA",
      subject: String.raw`C=DE, O=Example\, Inc., CN=gw.example`,
      notBefore: { encoded: "250101000000Z", time: Date.UTC(2025, 0) * 1000 },
      notAfter: { encoded: "350101000000Z", time: Date.UTC(2035, 0) * 1000 },
      isAuthority: false,
    });
    expect(certificateOutline(filler(200))).toBeNull();
    expect(certificateOutline(der(0x30, der(0x30)))).toBeNull();
  });
});

it("nothing escapes from any bytes", () => {
  const random = new SeededRandom(7);
  const seeds = [
    DISTINGUISHED_NAME,
    smallCertificate({ isAuthority: true }),
    SIGNATURE_ALGORITHM,
    der(0xa4, DISTINGUISHED_NAME),
  ];
  for (let run = 0; run < 20_000; run++) {
    const bytes = Uint8Array.from(seeds[run % seeds.length] ?? filler(9));
    for (let change = 0; change < 3; change++) bytes[random.below(bytes.length)] = random.below(256);
    const cut = bytes.subarray(0, random.below(bytes.length + 1));
    for (const text of [distinguishedName(cut), generalName(cut), algorithmIdentifierText(cut)]) {
      expect(text === null || text.length <= 300).toBe(true);
    }
    certificateOutline(cut);
  }
});
