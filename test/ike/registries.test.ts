import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import * as attributesV1 from "../../src/ike/registries/attributes-v1.js";
import * as algorithmStatus from "../../src/ike/registries/algorithm-status.js";
import * as algorithmStatusV1 from "../../src/ike/registries/algorithm-status-v1.js";
import * as authentication from "../../src/ike/registries/authentication.js";
import * as certificates from "../../src/ike/registries/certificates.js";
import * as configuration from "../../src/ike/registries/configuration.js";
import * as eapMschapv2 from "../../src/ike/registries/eap-mschapv2.js";
import * as eap from "../../src/ike/registries/eap.js";
import * as exchanges from "../../src/ike/registries/exchanges.js";
import * as identification from "../../src/ike/registries/identification.js";
import * as ipsecDoi from "../../src/ike/registries/ipsec-doi.js";
import * as keyExchange from "../../src/ike/registries/key-exchange.js";
import * as notifyV1 from "../../src/ike/registries/notify-v1.js";
import * as notifyV2 from "../../src/ike/registries/notify-v2.js";
import * as notifyValues from "../../src/ike/registries/notify-values.js";
import { isErrorNotify, notifyName } from "../../src/ike/registries/notify.js";
import * as payloadTypes from "../../src/ike/registries/payload-types.js";
import * as protocols from "../../src/ike/registries/protocols.js";
import type { RegistryRow } from "../../src/ike/registries/registry.js";
import * as trafficSelectors from "../../src/ike/registries/traffic-selectors.js";
import * as transformsV2 from "../../src/ike/registries/transforms-v2.js";
import { VENDOR_IDS } from "../../src/ike/registries/vendor-ids.js";
import { PAYLOADS_V1 } from "../../src/ike/payloads/table-v1.js";
import { PAYLOADS_V2 } from "../../src/ike/payloads/table-v2.js";
import { knownVendorId } from "../../src/ike/vendor.js";
import { filler } from "../support/ike/bytes.js";
import { itIf } from "../support/require.js";

const REGISTRIES = new URL("../../src/ike/registries/", import.meta.url).pathname;

const modules = {
  attributesV1,
  authentication,
  certificates,
  configuration,
  eap,
  eapMschapv2,
  exchanges,
  identification,
  ipsecDoi,
  keyExchange,
  notifyV1,
  notifyV2,
  notifyValues,
  payloadTypes,
  protocols,
  trafficSelectors,
  transformsV2,
};

const tables: [name: string, rows: readonly RegistryRow[]][] = Object.values(modules).flatMap((module) =>
  Object.entries(module).filter((entry): entry is [string, RegistryRow[]] => {
    const [, value] = entry as [string, unknown];
    return Array.isArray(value) && Array.isArray(value[0]);
  }),
);

describe("tables", () => {
  it("are all found", () => {
    expect(tables.length).toBeGreaterThan(45);
  });

  it.each(tables)("%s: numbers rise, names are unique and every row names its document", (_, rows) => {
    const numbers = rows.map(([number]) => number);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(new Set(rows.map(([, name]) => name.replaceAll("-", "_"))).size).toBe(rows.length);
    for (const [number, name, reference] of rows) {
      expect(Number.isInteger(number) && number >= 0 && number <= 65535).toBe(true);
      expect(name).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(reference).not.toBe("");
    }
  });

  it.each(readdirSync(REGISTRIES).filter((name) => name.endsWith(".ts")))(
    "%s names IANA's page and when it was read, for each page",
    (name) => {
      const text = readFileSync(join(REGISTRIES, name), "utf8").replaceAll(/\n \* /g, " ");
      const pages = text.match(/www\.iana\.org\/assignments\/[a-z0-9-]+(?:,? as of \d{4}-\d{2})?/g) ?? [];
      for (const page of pages) expect(page).toMatch(/, as of \d{4}-\d{2}$/);
      if (!text.includes("satisfies readonly RegistryRow[]")) return;
      if (pages.length === 0) expect(text).toMatch(/IANA has no registry of them: .*, as of \d{4}-\d{2}/);
    },
  );

  it("hold the types that the decoders claim", () => {
    for (const type of PAYLOADS_V2.keys())
      expect(payloadTypes.payloadName(2, type)).not.toMatch(/^(UNASSIGNED|PRIVATE)/);
    for (const type of PAYLOADS_V1.keys())
      expect(payloadTypes.payloadName(1, type)).not.toMatch(/^(UNASSIGNED|PRIVATE)/);
  });
});

describe("names", () => {
  it("are those of the RFCs", () => {
    expect(exchanges.exchangeName(2, 34)).toBe("IKE_SA_INIT");
    expect(exchanges.exchangeName(2, 43)).toBe("IKE_INTERMEDIATE");
    expect(exchanges.exchangeName(1, 2)).toBe("MAIN_MODE");
    expect(exchanges.exchangeName(1, 32)).toBe("QUICK_MODE");
    expect(payloadTypes.payloadName(2, 53)).toBe("SKF");
    expect(payloadTypes.payloadName(1, 20)).toBe("NAT-D");
    expect(notifyName(2, 14)).toBe("NO_PROPOSAL_CHOSEN");
    expect(notifyName(1, 14)).toBe("NO-PROPOSAL-CHOSEN");
    expect(notifyName(1, 36136)).toBe("R-U-THERE");
    expect(transformsV2.transformTypeName(4)).toBe("KE");
    expect(transformsV2.transformName(1, 12)).toBe("ENCR_AES_CBC");
    expect(transformsV2.transformName(6, 36)).toBe("ML_KEM_768");
    expect(transformsV2.transformName(12, 36)).toBe("ML_KEM_768");
    expect(transformsV2.transformAttributeName(14)).toBe("KEY_LENGTH");
    expect(keyExchange.groupName(31)).toBe("CURVE25519");
    expect(attributesV1.phase1AttributeName(12)).toBe("LIFE_DURATION");
    expect(attributesV1.phase1ValueName(3, 65005)).toBe("XAUTH_INIT_RSA");
    expect(attributesV1.phase1ValueName(12, 3600)).toBe("3600");
    expect(ipsecDoi.phase2AttributeName(4)).toBe("ENCAPSULATION_MODE");
    expect(ipsecDoi.phase2ValueName(4, 61443)).toBe("UDP_ENCAPSULATED_TUNNEL_DRAFT");
    expect(ipsecDoi.transformNameV1(3, 12)).toBe("ESP_AES_CBC");
    expect(protocols.protocolName(1, 1)).toBe("ISAKMP");
    expect(protocols.protocolName(2, 1)).toBe("IKE");
    expect(exchanges.exchangeName(1, 243)).toBe("AUTHIP_MAIN_MODE");
    expect(payloadTypes.payloadName(1, 133)).toBe("CRYPTO");
    expect(identification.idTypeName(1, 3)).toBe("USER_FQDN");
    expect(identification.idTypeName(2, 3)).toBe("RFC822_ADDR");
    expect(identification.idTypeName(2, 4)).toBe("UNASSIGNED_4");
    expect(authentication.authMethodName(14)).toBe("DIGITAL_SIGNATURE");
    expect(certificates.certificateEncodingName(1, 11)).toBe("UNASSIGNED_11");
    expect(certificates.certificateEncodingName(2, 15)).toBe("RAW_PUBLIC_KEY");
    expect(configuration.configAttributeName(25)).toBe("INTERNAL_DNS_DOMAIN");
    expect(configuration.configAttributeName(28676)).toBe("UNITY_SPLIT_INCLUDE");
    expect(eap.eapMethodName(26)).toBe("MSCHAPV2");
    expect(eap.eapVendorName(99999)).toBe("99999");
    expect(trafficSelectors.tsTypeName(10)).toBe("TS_SECLABEL");
    expect(trafficSelectors.ipProtocolName(6)).toBe("TCP");
    expect(trafficSelectors.ipProtocolName(200)).toBe("200");
    expect(ipsecDoi.situationName(1)).toBe("SIT_IDENTITY_ONLY (1)");
    expect(ipsecDoi.situationName(8)).toBe("UNASSIGNED_8");
  });

  it("are total: private and unassigned numbers have one too", () => {
    expect(exchanges.exchangeName(2, 245)).toBe("PRIVATE_USE_245");
    expect(exchanges.exchangeName(2, 2)).toBe("UNASSIGNED_2");
    expect(exchanges.exchangeName(3, 34)).toBe("UNASSIGNED_34");
    expect(payloadTypes.payloadName(2, 1)).toBe("UNASSIGNED_1");
    expect(notifyName(2, 8192)).toBe("PRIVATE_USE_8192");
    expect(notifyName(2, 40960)).toBe("PRIVATE_USE_40960");
    expect(notifyName(2, 30000)).toBe("UNASSIGNED_30000");
    expect(notifyName(1, 40000)).toBe("PRIVATE_USE_40000");
    expect(transformsV2.transformTypeName(241)).toBe("PRIVATE_USE_241");
    expect(transformsV2.transformName(1, 1024)).toBe("PRIVATE_USE_1024");
    expect(transformsV2.transformName(77, 3)).toBe("UNASSIGNED_3");
    expect(ipsecDoi.transformNameV1(9, 3)).toBe("UNASSIGNED_3");
    expect(protocols.protocolName(2, 201)).toBe("PRIVATE_USE_201");
  });

  it("tell errors from states", () => {
    expect(isErrorNotify(14)).toBe(true);
    expect(isErrorNotify(8192)).toBe(true);
    expect(isErrorNotify(0)).toBe(false);
    expect(isErrorNotify(16384)).toBe(false);
    for (const [number] of [...notifyV1.NOTIFY_ERRORS_V1, ...notifyV2.NOTIFY_ERRORS_V2]) {
      expect(isErrorNotify(number)).toBe(true);
    }
    for (const [number] of [...notifyV1.NOTIFY_STATUS_V1, ...notifyV2.NOTIFY_STATUS_V2]) {
      expect(isErrorNotify(number)).toBe(false);
    }
  });
});

describe("what the RFCs say against an algorithm", () => {
  const { transformStatus, authMethodStatus } = algorithmStatus;

  it("depends on where it is used", () => {
    expect(transformStatus(1, 1, 2)).toEqual({ level: "MUST NOT", reference: "RFC 8247" });
    expect(transformStatus(3, 1, 2)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
    expect(transformStatus(1, 1, 3)).toBeNull();
    expect(transformStatus(3, 1, 3)).toEqual({ level: "SHOULD NOT", reference: "RFC 8221" });
    expect(transformStatus(1, 1, 5)).toEqual({ level: "DEPRECATED", reference: "RFC 9395" });
    expect(transformStatus(2, 3, 1)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
  });

  it("holds for groups of any exchange", () => {
    for (const [protocol, type] of [
      [1, 4],
      [3, 4],
      [1, 6],
      [1, 12],
    ] as const) {
      expect(transformStatus(protocol, type, 2)).toEqual({ level: "SHOULD NOT", reference: "RFC 8247" });
      expect(transformStatus(protocol, type, 14)).toBeNull();
    }
  });

  it("is nothing for what is in use, or not known", () => {
    for (const id of [12, 20, 28, 1024, 65535]) expect(transformStatus(1, 1, id)).toBeNull();
    expect(transformStatus(1, 255, 1)).toBeNull();
    expect(authMethodStatus(3)).toEqual({ level: "SHOULD NOT", reference: "RFC 8247" });
    expect(authMethodStatus(14)).toBeNull();
  });

  it("of IKEv1: by the same algorithm in IKEv2, and for ESP and AH by RFC 8221", () => {
    const { phase1Status, phase2Status, transformStatusV1 } = algorithmStatusV1;
    expect(phase1Status(1, 1)).toEqual({ level: "DEPRECATED", reference: "RFC 8247" });
    expect(phase1Status(1, 2)).toEqual({ level: "DEPRECATED", reference: "RFC 9395" });
    expect(phase1Status(2, 1)).toEqual({ level: "DEPRECATED", reference: "RFC 8247" });
    expect(phase1Status(2, 3)).toEqual({ level: "DEPRECATED", reference: "RFC 9395" });
    expect(phase1Status(4, 1)).toEqual({ level: "DEPRECATED", reference: "RFC 8247" });
    for (const [attribute, value] of [
      [1, 7],
      [2, 4],
      [4, 14],
      [3, 1],
      [12, 1],
    ] as const)
      expect(phase1Status(attribute, value)).toBeNull();
    expect(transformStatusV1(3, 2)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
    expect(transformStatusV1(3, 3)).toEqual({ level: "SHOULD NOT", reference: "RFC 8221" });
    expect(transformStatusV1(3, 4)).toEqual({ level: "DEPRECATED", reference: "RFC 9395" });
    expect(transformStatusV1(2, 2)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
    // RFC 8221 section 5 has ENCR_NULL as a MUST; a number means nothing without its protocol.
    expect(transformStatusV1(3, 11)).toBeNull();
    expect(transformStatusV1(3, 12)).toBeNull();
    expect(transformStatusV1(1, 2)).toBeNull();
    expect(phase2Status(5, 1)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
    expect(phase2Status(5, 3)).toEqual({ level: "MUST NOT", reference: "RFC 8221" });
    expect(phase2Status(5, 5)).toBeNull();
    expect(phase2Status(3, 1)).toEqual({ level: "DEPRECATED", reference: "RFC 8247" });
    expect(phase2Status(2, 1)).toBeNull();
  });
});

describe("vendor IDs", () => {
  it("are unique, and hex", () => {
    expect(new Set(VENDOR_IDS.map(({ id }) => id)).size).toBe(VENDOR_IDS.length);
    for (const { id } of VENDOR_IDS) expect(id).toMatch(/^([0-9a-f]{2})+$/);
  });

  it("that are hashes of a text are just that", () => {
    const hashed = VENDOR_IDS.filter(({ md5Of }) => md5Of !== undefined);
    expect(hashed.length).toBeGreaterThan(100);
    for (const { id, md5Of } of hashed) {
      expect(
        createHash("md5")
          .update(md5Of ?? "")
          .digest("hex")
          .startsWith(id),
        md5Of,
      ).toBe(true);
    }
  });

  it("are found exactly or by prefix, the longest first", () => {
    const nameOf = (hex: string): string | undefined => knownVendorId(fromHex(hex))?.name;
    expect(nameOf("882fe56d6fd20dbc2251613b2ebe5beb")).toBe("strongSwan");
    expect(nameOf("882fe56d6fd20dbc2251613b2ebe5beb00")).toBeUndefined();
    expect(nameOf("afcad71368a1f1c96b8696fc77570100")).toBe("Dead Peer Detection");
    expect(nameOf("4048b7d56ebce88525e7de7f00d6c2d3c0000000")).toBe("FRAGMENTATION");
    expect(nameOf("09002689dfd6b712")).toBe("XAUTH");
    const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(knownVendorId(ascii("OE-Libreswan-4.12"))?.implementation).toBe("Libreswan");
    expect(knownVendorId(ascii("OE-Libreswan"))?.name).toBe("Openswan or Libreswan");
    expect(knownVendorId(ascii("OEplutounit0"))?.implementation).toBe("Openswan or Libreswan");
    expect(knownVendorId(ascii("OE"))).toBeNull();
    expect(knownVendorId(ascii("CISCO-DELETE-REASON"))?.implementation).toBe("Cisco");
    expect(nameOf("1e2b516905991c7d7c96fcbfb587e46100000009")).toBe(
      "MS NT5 ISAKMPOAKLEY (Windows 8 or later)",
    );
    expect(nameOf("1e2b516905991c7d7c96fcbfb587e461000000ff")).toBe("MS NT5 ISAKMPOAKLEY");
    expect(nameOf("4f4548724b6e5e68557c604f")).toBe("Openswan 2.2.0");
    expect(knownVendorId(ascii("OpenIKED-7.4"))?.implementation).toBe("OpenBSD iked");
    expect(knownVendorId(new Uint8Array(65_000))).toBeNull();
    expect(knownVendorId(filler(16))).toBeNull();
    expect(knownVendorId(new Uint8Array(0))).toBeNull();
  });

  it.each([
    ["4df37928e9fc4fd1b3262170d515c662", "Apple macOS or iOS"],
    ["fd808804df73b15150709d878044cde0ac1efcde", "Juniper"],
    ["699369228741c6d4ca094c93e242c9de19e7b7c60000000500000500", "Juniper"],
    ["2a6775d0ad2aa7887c33fe1d6800000000000000", "SonicWall"],
    ["5b362bc820f70001", "SonicWall"],
    ["7bb93867d76c8d80df0f40fae8fc3b1900000004", "Microsoft Windows"],
    ["660822b3a73a244149578d62e0eb46a0", "Microsoft Xbox"],
    ["08db45e6cb01f80bb576e9a78c0f54e1300b88815000", "ELVIS-PLUS Zastava"],
    ["dbfb81eb5760b0788562067da102d755", "Netgear"],
  ])("%s is sent by %s", (hex, implementation) => {
    expect(knownVendorId(fromHex(hex))?.implementation).toBe(implementation);
  });

  it.each([
    ["4485152d18b6bbcc0be8a8469579ddcc", "Avaya"],
    ["4485152d18b6bbcd0be8a8469579ddcc", null],
  ])("tell %s, one digit off the other, as %s", (hex, implementation) => {
    expect(knownVendorId(fromHex(hex))?.implementation).toBe(implementation);
  });

  it("that others send too to be understood name nobody", () => {
    const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
    for (const id of [ascii("FLEXVPN-SUPPORTED"), fromHex("12f5f28c457168a9702d9fe274cc0100")]) {
      expect(knownVendorId(id)).toMatchObject({ implementation: null });
    }
    expect(knownVendorId(fromHex("2a6775d0ad2aa7887c33fe1d68"))).toBeNull();
    expect(knownVendorId(fromHex("5b362bc820f70002"))).toBeNull();
  });
});

/** Wireshark's own tables of ISAKMP, `field<TAB>first<TAB>last<TAB>name`, where the program is installed; of all protocols they are 40 MB. */
const tshark = spawnSync("sh", ["-c", "tshark -G values | grep isakmp"], { encoding: "utf8" });
const haveTshark = tshark.status === 0;

describe("against Wireshark's value strings", () => {
  const normal = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, "");

  itIf(haveTshark, "tshark is not installed")("numbers that both name have the same name", () => {
    const known = new Map<string, (number: number) => string[]>([
      ["isakmp.notify.msgtype", (n) => [notifyName(1, n), notifyName(2, n)]],
      ["isakmp.tf.id.encr", (n) => [transformsV2.transformName(1, n)]],
      ["isakmp.tf.id.prf", (n) => [transformsV2.transformName(2, n)]],
      ["isakmp.tf.id.integ", (n) => [transformsV2.transformName(3, n)]],
      ["isakmp.ike.attr.encryption_algorithm", (n) => [attributesV1.phase1ValueName(1, n)]],
      ["isakmp.ipsec.attr.type", (n) => [ipsecDoi.phase2AttributeName(n)]],
      ["isakmp.ike.attr.type", (n) => [attributesV1.phase1AttributeName(n)]],
      ["isakmp.id.type", (n) => [identification.idTypeName(1, n), identification.idTypeName(2, n)]],
      ["isakmp.ts.type", (n) => [trafficSelectors.tsTypeName(n)]],
      ["isakmp.cfg.attr.type", (n) => [configuration.configAttributeName(n)]],
      ["isakmp.notify.data.redirect.gw_ident.type", (n) => [notifyValues.gatewayIdentityName(n)]],
      ["isakmp.notify.data.signature_hash_algorithms", (n) => [notifyValues.signatureHashName(n)]],
      ["isakmp.exchangetype", (n) => [exchanges.exchangeName(1, n), exchanges.exchangeName(2, n)]],
    ]);
    // Wireshark 4.0 words or numbers these differently from IANA and the RFCs.
    const differing = new Set([
      "isakmp.exchangetype 2", // Identity Protection (Main Mode)
      "isakmp.exchangetype 3", // Authentication Only
      "isakmp.exchangetype 4", // Aggressive
      "isakmp.exchangetype 6", // Transaction (Config Mode)
      "isakmp.notify.msgtype 45", // an older draft of G-IKEv2 and a slip: 46 is CHILD_SA_NOT_FOUND there
      "isakmp.notify.msgtype 46",
      "isakmp.notify.msgtype 16429", // SENDER_REQUEST_ID, the name before RFC 9838
      "isakmp.notify.msgtype 40502", // UNITY-UNKNOWN
      "isakmp.tf.id.encr 18", // "AES-GCM with a 8 octet ICV" and so on
      "isakmp.tf.id.encr 19",
      "isakmp.tf.id.encr 20",
      "isakmp.tf.id.encr 25",
      "isakmp.tf.id.encr 26",
      "isakmp.tf.id.encr 27",
      "isakmp.tf.id.prf 4", // PRF_AES128_CBC
      "isakmp.tf.id.prf 8", // PRF_AES128_CMAC6
      "isakmp.ipsec.attr.type 11", // Extended (64-bit) Sequence Number
      "isakmp.id.type 3", // ID_RFC822_ADDR in IKEv2
      "isakmp.id.type 12", // KEY_LIST; ID_LIST in RFC 3554, ID_FC_NAME in RFC 4595
      "isakmp.cfg.attr.type 16525", // XAUTH_CHALLANGE
      "isakmp.notify.data.redirect.gw_ident.type 1", // "IPv4 address" and so on
      "isakmp.notify.data.redirect.gw_ident.type 2",
    ]);
    let compared = 0;
    for (const line of tshark.stdout.split("\n")) {
      const [, field = "", ...rest] = line.split("\t");
      const names = known.get(field);
      if (names === undefined) continue;
      const [number, last] = [Number(rest[0]), Number(rest.length > 2 ? rest[1] : rest[0])];
      const theirs = rest.at(-1) ?? "";
      if (number !== last || /reserved|unassigned|private|unknown|none/i.test(theirs)) continue;
      if (differing.has(`${field} ${number}`)) continue;
      const ours = names(number);
      if (ours.every((name) => /^(UNASSIGNED|PRIVATE_USE)_/.test(name))) continue;
      expect(ours.map(normal), line).toContain(normal(theirs));
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  });
});
