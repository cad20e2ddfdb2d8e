import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../../src/diagnosis/rules/index.js";
import { textsIn } from "../../src/texts/languages.js";
import { inEnglish } from "../../src/texts/texts.js";
import { PROCEDURE_NAMES, PROCEDURES } from "../../src/diagnosis/commands/procedure.js";
import { PRODUCTS } from "../../src/diagnosis/commands/products.js";
import { CODES, renderCatalogueMarkdown } from "../../src/report/catalogue.js";
import { findCodes } from "../../src/report/find-codes.js";
import { FLEET_CODES } from "../../src/fleet/codes.js";
import { renderFleetMarkdown } from "../../src/report/fleet/catalogue.js";
import { NOTIFIES } from "../../src/diagnosis/notifies.js";
import { NOTIFY_ERRORS_V1 } from "../../src/ike/registries/notify-v1.js";
import { NOTIFY_ERRORS_V2 } from "../../src/ike/registries/notify-v2.js";
import { explainNotify, NOTIFY_NAMES } from "../../src/report/notify-explained.js";
import { ikescope, ikescopeWith } from "../support/command.js";

describe("ikescope explain", () => {
  it("prints the entry of a code", async () => {
    const { stdout, code } = await ikescope(["explain", "natt-4500-unanswered"]);
    expect(stdout).toMatch(/^natt-4500-unanswered {2}critical\n {2}UDP 500 works/);
    expect(stdout).toContain("  On the wire: The exchange on port 500 is answered");
    expect(stdout).toContain("1. Open UDP 4500");
    expect(stdout).toMatch(/\n {2}Let IKE, NAT-T and ESP through\n {4}Linux {7}nft list ruleset\n/);
    expect(stdout).toContain("RFC 7296 section 2.23");
    expect(code).toBe(0);
  });

  it.each(FLEET_CODES)("prints the entry of %s, which only several gateways show", async (asked) => {
    const { stdout, code } = await ikescope(["explain", asked]);
    expect(stdout).toContain(asked);
    expect(stdout).toContain("  In the accounts of the gateways: ");
    expect(stdout).toMatch(/\n {2}1\. /);
    expect(code).toBe(0);
  });

  it("lists all codes", async () => {
    const { stdout } = await ikescope(["explain"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual([...CODES, ...FLEET_CODES]);
  });

  it.each([
    ["certificate expired", ["certificate-expired"]],
    ["host unreachable", ["icmp-host-unreachable"]],
    ["rekey", ["rekey-failed", "rekey-unanswered", "rekey-collision"]],
    ["no ESP", ["esp-absent", "esp-blocked", "esp-one-way"]],
    ["wrong PSK", ["authentication-failed", "keys-differ"]],
    ["MTU", ["esp-large-packets-lost", "icmp-frag-needed"]],
  ])("finds by words of the trade: %s", (words, codes) => {
    expect(findCodes(words)).toEqual(expect.arrayContaining(codes));
    expect(findCodes(`${words} zzz`)).toEqual([]);
  });

  it("finds by words of the entries in Chinese", () => {
    expect(findCodes("分片", textsIn("zh"))).toContain("esp-fragmented");
  });

  it.each([
    "DEGRADED",
    "healthy",
    "nothing-to-judge",
    "NOTHING_TO_JUDGE",
    "NOTHING TO JUDGE",
    "certain",
    "deduced",
    "疑似故障",
  ])("says what %s means, among the others of its kind", async (asked) => {
    const { stdout, code } = await ikescope(["explain", asked, "--lang", "zh"]);
    expect(stdout.toLowerCase()).toContain(asked.toLowerCase().replaceAll(/[-_]/g, " "));
    expect(stdout.split("\n").length).toBeGreaterThan(4);
    expect(code).toBe(0);
  });

  it.each([
    ["nothing", "to", "judge"],
    ["NOTHING", "TO", "JUDGE"],
    ["peer", "SA", "proposal", "not", "match"],
  ])("takes several words without quotes as one question: %s %s %s", async (...words) => {
    const quoted = await ikescope(["explain", words.join(" ")]);
    expect(quoted.code).toBe(0);
    expect(await ikescope(["explain", ...words])).toEqual(quoted);
  });

  it("is as wide as the terminal", async () => {
    const { stdout } = await ikescopeWith({ COLUMNS: "60" }, ["explain", "natt-4500-unanswered"]);
    const prose = stdout.slice(0, stdout.indexOf("Let IKE, NAT-T"));
    expect(Math.max(...prose.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it.each([
    ["no-such-thing", /^ikescope: there is no finding, no notify and no reason "no-such-thing" \(/],
    ["natt-4500-unanswerd", /; did you mean natt-4500-unanswered\?/],
    ["NO_PROPOSAL_CHOSE", /; did you mean NO_PROPOSAL_CHOSEN\?/],
  ])("says that %s is unknown and what may be meant, and exits with 2", async (asked, said) => {
    const { stderr, stdout, code } = await ikescope(["explain", asked]);
    expect(stderr).toMatch(said);
    expect([stdout, code]).toEqual(["", 2]);
  });

  it.each([
    ["NO_PROPOSAL_CHOSEN", ["ike-no-proposal-chosen", "child-rejected"]],
    ["no-proposal-chosen", ["ike-no-proposal-chosen", "child-rejected"]],
    ["N(NO_PROP)", ["child-rejected"]],
    ["14", ["ike-no-proposal-chosen"]],
    ["AUTHENTICATION_FAILED", ["authentication-failed", "authentication-rejected-by-initiator"]],
    ["INVALID-ID-INFORMATION", ["child-rejected"]],
    ["N(TS_UNACCEPTABLE)", ["child-rejected"]],
  ])("finds what the notify %s means, and the findings that it leads to", async (asked, codes) => {
    const { stdout, code } = await ikescope(["explain", asked]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/notify \d+, .*, an error \(RFC \d+\)/);
    for (const finding of codes) expect(stdout).toContain(`    ${finding} `);
  });

  it.each([...NOTIFY_ERRORS_V1, ...NOTIFY_ERRORS_V2])("knows what notify %i, %s, means", (_, name) => {
    expect(explainNotify(name)).not.toContain("its document says");
  });

  it.each([
    ["peer SA proposal not match", "FortiGate", "ike-no-proposal-chosen"],
    ["phase1 proposal mismach", "Huawei", "ike-no-proposal-chosen"],
    ["预共享密钥不一致", "Tencent Cloud", "authentication-failed"],
  ])("finds the findings that %j stands for, which %s prints", async (asked, by, finding) => {
    const { stdout, code } = await ikescope(["explain", asked]);
    expect(code).toBe(0);
    expect(stdout).toContain(`  ${by} prints it. `);
    expect(stdout).toContain(`    ${finding} `);
  });

  it("says it in Chinese with --lang zh", async () => {
    const { stdout } = await ikescope(["explain", "phase1 proposal mismach", "--lang", "zh"]);
    expect(stdout).toMatch(/^可能是指：\nphase1 proposal mismatch/);
    expect(stdout).toContain("由 Huawei 输出");
  });

  it("takes a code for the finding, also where a product prints the same", async () => {
    expect((await ikescope(["explain", "dpd-timeout"])).stdout).toMatch(/^dpd-timeout {2}critical/);
  });

  it("knows no notify that the registries do not have", () => {
    const known = new Set(NOTIFY_NAMES.map((name) => name.replaceAll("-", "_").toUpperCase()));
    expect(Object.keys(NOTIFIES).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe("the catalogue", () => {
  it("is what docs/findings.md says (ikescope explain --markdown > docs/findings.md)", () => {
    const page = readFileSync(new URL("../../docs/findings.md", import.meta.url), "utf8");
    expect(page === renderCatalogueMarkdown() + renderFleetMarkdown()).toBe(true);
  });

  it.each(CODES)("%s has a title, an explanation, a signature and something to do", (code) => {
    const { title, explanation, signature, remedies } = RULES[code];
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(explanation).toMatch(/\.$/);
    expect(signature).toMatch(/^[A-Z].*\.$/);
    expect(remedies.length).toBeGreaterThan(0);
    for (const remedy of remedies) expect(inEnglish(remedy)).toMatch(/[.?')]$/);
  });

  it.each(CODES)("%s cites RFCs, drafts and sections in one form", (code) => {
    for (const reference of RULES[code].references) {
      expect(reference).toMatch(/^(RFC [1-9]\d{2,3}( section \d+(\.\d+)*)?|draft-[a-z0-9-]+)$/);
    }
  });

  it("sends nobody to a procedure twice, and uses every one", () => {
    const used = CODES.flatMap((code) => {
      const names = RULES[code].commands ?? [];
      expect(new Set(names).size, code).toBe(names.length);
      return names;
    });
    expect(Object.keys(PROCEDURES).filter((name) => !(used as string[]).includes(name))).toEqual([]);
  });

  it("has commands for at least two products in each procedure", () => {
    for (const procedure of PROCEDURE_NAMES) {
      const having = PRODUCTS.filter(({ commands }) => commands[procedure] !== undefined);
      expect(PROCEDURES[procedure], procedure).toMatch(/^[A-Z]/);
      expect(having.length, procedure).toBeGreaterThan(1);
    }
  });
});
