import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CODES } from "../../src/diagnosis/codes.js";
import { CAPTURE_RULES, HOST_RULES, RULES, TUNNEL_RULES } from "../../src/diagnosis/rules/index.js";
import { RULE_FOLDERS } from "../support/rule-folders.js";

const DIAGNOSIS = fileURLToPath(new URL("../../src/diagnosis/", import.meta.url));

/** Files under a folder of the diagnosis, without the lists of the rules, by their paths from it. */
function filesIn(folder: string): string[] {
  return readdirSync(join(DIAGNOSIS, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && basename(file) !== "index.ts")
    .map((file) => join(folder, file));
}

function textOf(file: string): string {
  return readFileSync(join(DIAGNOSIS, file), "utf8");
}

/** What a file imports of the diagnosis, by paths from its folder. */
function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/from\s+"(\.[^"]+)"/g)].map(([, target = ""]) =>
    relative(DIAGNOSIS, resolve(DIAGNOSIS, dirname(file), target)),
  );
}

const rules = filesIn("rules");

describe("the rules", () => {
  it("are one file a verdict, named after its code, in the folder of its group", () => {
    const defined = rules.map((file) => {
      const codes = [
        ...textOf(file).matchAll(/= define(?:Rule|CaptureRule|HostRule|Rival)\(\{\s+code: "([^"]+)"/g),
      ];
      return { file, codes: codes.map(([, code]) => code) };
    });
    expect(defined.filter(({ file, codes }) => codes.join() !== basename(file, ".ts"))).toEqual([]);
    expect([...new Set(rules.map((file) => dirname(relative("rules", file))))].toSorted()).toEqual(
      RULE_FOLDERS.toSorted(),
    );
  });

  it("are the codes, each once", () => {
    expect(rules.map((file) => basename(file, ".ts")).toSorted()).toEqual(CODES.toSorted());
    expect(new Set<string>(CODES).size).toBe(CODES.length);
    expect(Object.keys(RULES).toSorted()).toEqual(CODES.toSorted());
    expect(Object.entries(RULES).filter(([code, rule]) => rule.code !== code)).toEqual([]);
  });

  it("are run in the order of the codes", () => {
    const codes = [...TUNNEL_RULES, ...CAPTURE_RULES, ...HOST_RULES].map(({ code }) => code);
    const places = codes.map((code) => CODES.indexOf(code));
    const ofTunnels = places.slice(0, TUNNEL_RULES.length);
    expect(ofTunnels).toEqual(ofTunnels.toSorted((a, b) => a - b));
    const isDetected = CODES.filter((code) => RULES[code].about !== "rival");
    expect(codes.toSorted()).toEqual(isDetected.toSorted());
  });

  it("import no other rule, and neither do the facts", () => {
    const asked = [...rules, ...filesIn("facts"), ...filesIn("places")].flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith("rules/"))
        .map((target) => `${file} imports ${target}`),
    );
    expect(asked).toEqual([]);
  });

  it("yield to rules of the same kind that do not yield to them", () => {
    const wrong = CODES.flatMap((code) =>
      (RULES[code].yieldsTo ?? [])
        .filter(
          (better) =>
            RULES[better].about !== RULES[code].about || RULES[better].yieldsTo?.includes(code) === true,
        )
        .map((better) => `${code} yields to ${better}`),
    );
    expect(wrong).toEqual([]);
  });
});
