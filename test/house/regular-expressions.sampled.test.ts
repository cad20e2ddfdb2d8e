import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampled } from "../support/sample.js";

/** One of so many is attacked in `npm test`. */
const SHARE = 12;

const SOURCE = new URL("../../src/", import.meta.url).pathname;

/** A literal behind what an operand may follow; heads and flags apart. */
const LITERAL =
  /(?<=[=(,:[!&|?{};]\s*|return\s|^\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuy]*)/gm;
const REPEATS = /[*+]|\{\d+,/;
/** Lines so long, in characters; and how much longer, and how much dearer one that is four times as long may be: a square is sixteen. */
const LENGTH = 3000;
const FOUR_TIMES = { longer: 4, dearer: 8 } as const;
/** CPU time that a line of that length costs where nothing is wrong, milliseconds; what costs more is looked into. */
const SUSPICIOUS_MS = 1.5;
const SAMPLES = 6;

interface Expression {
  readonly where: string;
  readonly body: string;
  readonly flags: string;
}

/** The regular expressions of the source that repeat something, each once. */
function expressions(): Expression[] {
  const found = new Map<string, Expression>();
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.includes("generated"))) {
    const text = readFileSync(join(SOURCE, file), "utf8").replaceAll(/^\s*(?:\*|\/\*\*).*$/gm, "");
    for (const [literal, body = "", flags = ""] of text.matchAll(LITERAL)) {
      if (REPEATS.test(literal) && !found.has(literal)) {
        found.set(literal, { where: `${file}: ${literal}`, body, flags });
      }
    }
  }
  return [...found.values()];
}

/** Texts that match, as far as they can be drawn; what looks around and word borders are left out of them. */
function samplesOf({ body, flags }: Expression): string[] {
  const plain = body
    .replaceAll(/\(\?<?[=!](?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)/g, "")
    .replaceAll(String.raw`\b`, "");
  try {
    const expression = new RegExp(plain, flags.includes("u") ? "u" : "");
    return fc
      .sample(fc.stringMatching(expression), { numRuns: SAMPLES, seed: 1 })
      .map((text) => text.slice(0, 60));
  } catch {
    return [""];
  }
}

/** Lines that begin as a match and go on with one piece for ever, and do not end as a match does. */
function* attacks(sample: string): Generator<(length: number) => string> {
  for (let at = 0; at <= sample.length; at++) {
    const pieces = [
      " ",
      "0",
      "a",
      sample.slice(at, at + 1),
      sample.slice(at, at + 2),
      sample.slice(Math.max(0, at - 3), at),
    ];
    for (const piece of new Set(pieces.filter((text) => text !== ""))) {
      yield (length) => `${sample.slice(0, at)}${piece.repeat(length / piece.length)}\u0001`;
    }
  }
}

/** CPU time of a search, milliseconds; the least of so many. */
function costOf(expression: RegExp, text: string, times: number): number {
  let least = Infinity;
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage();
    expression.lastIndex = 0;
    expression.exec(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The line that costs more than its length, or null. */
function worstLine(expression: Expression): string | null {
  const searched = new RegExp(expression.body, `${expression.flags.replaceAll(/[gy]/g, "")}g`);
  for (const sample of samplesOf(expression)) {
    for (const attack of attacks(sample)) {
      if (costOf(searched, attack(LENGTH), 1) < SUSPICIOUS_MS) continue;
      const short = Math.max(costOf(searched, attack(LENGTH), 3), 0.2);
      const long = costOf(searched, attack(LENGTH * FOUR_TIMES.longer), 3);
      if (long > short * FOUR_TIMES.dearer) {
        return `${JSON.stringify(attack(12))}: ${short.toFixed(1)} ms, four times as long ${long.toFixed(1)} ms`;
      }
    }
  }
  return null;
}

describe("regular expressions", () => {
  const all = expressions();

  it("are found in the source", () => {
    expect(all.length).toBeGreaterThan(200);
  });

  it("cost as much as their line is long, whatever stands in it", () => {
    const slow = sampled(all, SHARE).flatMap((expression) => {
      const worst = worstLine(expression);
      return worst === null ? [] : [`${expression.where}\n  ${worst}`];
    });
    expect(slow).toEqual([]);
  });

  it.each([String.raw`\s+$`, "x.*y", "^[^y]*?a[^y]*b"])("would be found out: %s", (body) => {
    expect(worstLine({ where: "", body, flags: "" })).not.toBeNull();
  });
});
