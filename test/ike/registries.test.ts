import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.js";
import * as attributesV1 from "../../src/ike/registries/attributes-v1.js";
import * as exchanges from "../../src/ike/registries/exchanges.js";
import * as ipsecDoi from "../../src/ike/registries/ipsec-doi.js";
import * as keyExchange from "../../src/ike/registries/key-exchange.js";
import * as notifyV1 from "../../src/ike/registries/notify-v1.js";
import * as notifyV2 from "../../src/ike/registries/notify-v2.js";
import { isErrorNotify, notifyName } from "../../src/ike/registries/notify.js";
import * as payloadTypes from "../../src/ike/registries/payload-types.js";
import * as protocols from "../../src/ike/registries/protocols.js";
import type { RegistryRow } from "../../src/ike/registries/registry.js";
import * as transformsV2 from "../../src/ike/registries/transforms-v2.js";
import { VENDOR_IDS } from "../../src/ike/registries/vendor-ids.js";
import { PAYLOADS_V1 } from "../../src/ike/payloads/table-v1.js";
import { PAYLOADS_V2 } from "../../src/ike/payloads/table-v2.js";
import { knownVendorId } from "../../src/ike/vendor.js";
import { filler } from "../support/ike/bytes.js";
import { itIf } from "../support/require.js";

const modules = {
  attributesV1,
  exchanges,
  ipsecDoi,
  keyExchange,
  notifyV1,
  notifyV2,
  payloadTypes,
  protocols,
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
    expect(tables.length).toBeGreaterThan(25);
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

describe("vendor IDs", () => {
  it("are unique, and hex", () => {
    expect(new Set(VENDOR_IDS.map(({ id }) => id)).size).toBe(VENDOR_IDS.length);
    for (const { id } of VENDOR_IDS) expect(id).toMatch(/^([0-9a-f]{2})+$/);
  });

  it("that are hashes of a text are just that", () => {
    const hashed = VENDOR_IDS.filter(({ md5Of }) => md5Of !== undefined);
    expect(hashed.length).toBeGreaterThan(20);
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
    expect(knownVendorId(filler(16))).toBeNull();
    expect(knownVendorId(new Uint8Array(0))).toBeNull();
  });
});

/** Wireshark's own tables, `field<TAB>first<TAB>last<TAB>name`, where the program is installed. */
const tshark = spawnSync("tshark", ["-G", "values"], { encoding: "utf8", maxBuffer: 1 << 28 });
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
