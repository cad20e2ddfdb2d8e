import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { productCalled } from "../../src/diagnosis/commands/products.js";
import { findReasons } from "../../src/diagnosis/reasons/find.js";
import { REASON_TABLES } from "../../src/diagnosis/reasons/index.js";
import { isCode } from "../../src/report/catalogue.js";
import { NOTIFY_NAMES } from "../../src/report/notify-explained.js";

const REFERENCES = readFileSync(new URL("../../docs/references.md", import.meta.url), "utf8");

const ALL = REASON_TABLES.flatMap((table) =>
  table.reasons.map((reason) => ({ ...reason, by: table.by, reason })),
);

/** What a text is taken for: who prints it, and the findings. */
const taken = (text: string): [string, readonly string[]][] =>
  findReasons(text).map(({ table, reason }) => [table.by, reason.codes]);

describe("the reasons of products", () => {
  it.each(REASON_TABLES)(
    "$by: come from a document that docs/references.md names",
    ({ by, source, product }) => {
      const row = REFERENCES.split("\n").find(
        (line) => line.startsWith(`| ${by} |`) && line.includes(source),
      );
      expect(row).toBeDefined();
      if (product !== undefined) expect(productCalled(product)?.id).toBe(product);
    },
  );

  it.each(ALL)(
    "$by: '$said' is found as it is printed, in capitals, and in a line of a log",
    ({ reason, by }) => {
      const printed = reason.said.replaceAll("*", "3");
      for (const text of [printed, printed.toUpperCase(), `Nov 29 12:00:01 gw[77]: ${printed} (10.0.0.1)`]) {
        expect(
          findReasons(text).map((found) => [found.table.by, found.reason.said, found.isGuess]),
        ).toContainEqual([by, reason.said, false]);
      }
    },
  );

  it("are found by every other writing of theirs", () => {
    for (const { also = [], reason } of ALL) {
      for (const text of also)
        expect(findReasons(text.replaceAll("*", "3")).map((found) => found.reason)).toContain(reason);
    }
  });

  it("name findings that exist, each once", () => {
    for (const { codes, said } of ALL) {
      expect(
        codes.filter((code) => !isCode(code)),
        said,
      ).toEqual([]);
      expect(new Set(codes).size, said).toBe(codes.length);
    }
  });

  it.each([
    ["peer SA proposal not match", "FortiGate", "ike-no-proposal-chosen"],
    ["peer sa propsal not macth", "FortiGate", "ike-no-proposal-chosen"],
    [
      "ike 0:hub:322: PSK auth failed: probable pre-shared key mismatch",
      "FortiGate",
      "authentication-failed",
    ],
    ["no SA proposal chosen", "FortiGate", "ike-no-proposal-chosen"],
    ["ike 0:hub:41:lan: failed to match peer selectors", "FortiGate", "child-ts-unacceptable"],
    [
      "ipsec,error 192.0.2.5 failed to pre-process ph2 packet (side: 1, status: 1)",
      "MikroTik RouterOS",
      "child-no-proposal-chosen",
    ],
    ["parsing packet failed, possible cause: wrong pasword", "MikroTik RouterOS", "authentication-failed"],
    [
      "gw kmd[1712]: IKE negotiation failed with error: Authentication failed. IKE Version: 2, VPN: a Gateway: b",
      "Juniper SRX",
      "authentication-failed",
    ],
    [
      "kmd[1712]: KMD_VPN_TS_MISMATCH: Traffic-selector mismatch, vpn name: a",
      "Juniper SRX",
      "child-ts-unacceptable",
    ],
    ["phase1 proposal mismach", "Huawei", "ike-no-proposal-chosen"],
    ["flow conflict", "Huawei", "child-ts-unacceptable"],
    ["mm_wait_msg4", "Cisco", "ike-auth-unanswered"],
    ["%ASA-7-715065: MM_WAIT_MSG6, EV_TIMEOUT", "Cisco", "authentication-failed"],
    ["ISAKMP: reserved not zero on ID payload!", "Cisco", "authentication-failed"],
    ["13[ENC] invalid ID_V1 payload length, decryption failed?", "strongSwan", "authentication-failed"],
    ['"a" #1: missing payload(s) (ISAKMP_NEXT_v2AUTH). Message dropped.', "Libreswan", "ike-refused"],
    [
      '"a" #1: STATE_V2_ESTABLISHED_IKE_SA: 300 second timeout exceeded after 10 retransmits.  No response (or no acceptable response) to our IKEv2 message',
      "Libreswan",
      "ike-auth-unanswered",
    ],
    ["809", "Windows", "ike-init-unanswered"],
    ["!! Local / remote IPs of incoming request conflict with rule <2>", "ZyXEL", "child-ts-unacceptable"],
    ["预共享密钥不一致", "Tencent Cloud", "authentication-failed"],
    ["邻居不匹配", "Alibaba Cloud", "peer-config-missing"],
    ["加密算法不匹配", "Alibaba Cloud", "child-no-proposal-chosen"],
    ["peermismatch", "Alibaba Cloud", "peer-config-missing"],
    ["13801", "Azure", "authentication-failed"],
    ["ReasonCode=15", "Huawei", "authentication-failed"],
    ["09[IKE] giving up after 5 retransmits", "strongSwan", "ike-init-unanswered"],
  ])("take %j for what %s prints", (text, by, code) => {
    const [first] = taken(text);
    expect(first?.[0]).toBe(by);
    expect(first?.[1]).toContain(code);
  });

  it.each([
    "hello world of things",
    "the tunnel is down",
    "fail",
    "IKE",
    "proposal",
    "",
    "   ",
    "14",
    "。。。。",
    "不匹配",
  ])("take %j for none: it is too little or something else", (text) => {
    expect(findReasons(text)).toEqual([]);
  });

  it("are found by their beginning before a shorter one that stands in it", () => {
    const sayers = (text: string): string[] => findReasons(text).map(({ table }) => table.by);
    expect(sayers("probable authentication failure")).toEqual(["Libreswan"]);
    expect(sayers("authentication failed").toSorted()).toEqual(
      expect.arrayContaining(["Huawei", "Libreswan"]),
    );
  });

  it("take no notify for a reason of a product", () => {
    for (const name of NOTIFY_NAMES) expect(findReasons(name), name).toEqual([]);
  });

  it("look into a long line without comparing it letter by letter", () => {
    const line = `${"x ".repeat(200_000)}no acceptable proposal found ${"y ".repeat(200_000)}`;
    expect(taken(line).map(([by]) => by)).toEqual(["strongSwan"]);
    expect(findReasons("z ".repeat(200_000))).toEqual([]);
  });
});
