import { generated, recorded } from "./labelled.js";
import { differences, judgeLabelled, Score, type Tally } from "./score.js";
import { NEXT } from "./truth.js";

/** Prints what differs between ikescope's verdicts and the labels, and a row per code. */
const labelled = process.argv.includes("next") ? recorded(NEXT) : [...recorded(), ...generated()];
const score = new Score();
let wrong = 0;
for (const one of labelled) {
  const { truth } = one;
  const judgement = await judgeLabelled(one);
  score.add(truth, judgement);
  const lines = differences(truth, judgement);
  if (lines.length === 0) continue;
  wrong++;
  console.log(`${truth.file}  (${truth.description})`);
  for (const line of lines) console.log(`    ${line}`);
}

/** Captures are recorded + generated ones; the last column counts captures that look like the code and are not. */
const COLUMNS: readonly (readonly [string, (row: Tally) => string])[] = [
  ["captures", ({ captures, generated: told }) => `${captures - told} + ${told}`],
  ["first", ({ first, roots }) => `${first} of ${roots}`],
  ["found", ({ found }) => String(found)],
  ["missed", ({ captures, found }) => String(captures - found)],
  ["false alarms", ({ falseAlarms }) => String(falseAlarms)],
  ["phase right", ({ phaseRight }) => String(phaseRight)],
  ["vantage right", ({ vantageRight }) => String(vantageRight)],
  ["near misses", ({ nearMisses }) => String(nearMisses)],
];
const NAME_WIDTH = 38;
const cells = (texts: readonly string[]): string =>
  texts.map((text, at) => text.padStart((COLUMNS[at]?.[0].length ?? 0) + 2)).join("");

console.log("\nCaptures: recorded by the laboratory + generated from stories.");
console.log("code".padEnd(NAME_WIDTH) + cells(COLUMNS.map(([name]) => name)));
const rows = [...score.rows].filter(([, row]) => row.captures + row.falseAlarms + row.nearMisses > 0);
for (const [code, row] of rows.toSorted(([a], [b]) => a.localeCompare(b))) {
  console.log(code.padEnd(NAME_WIDTH) + cells(COLUMNS.map(([, cell]) => cell(row))));
}
const recordedCount = labelled.filter(({ truth }) => truth.origin !== "generated").length;
console.log(
  `\n${labelled.length - wrong} of ${labelled.length} labelled captures right (${recordedCount} recorded, ` +
    `${labelled.length - recordedCount} generated), ${wrong} differ`,
);
const toConfirm = labelled.filter(({ truth }) => truth.origin === "generated");
const confirmed = toConfirm.filter(({ truth }) => (truth.confirmedBy ?? []).length > 0);
if (process.argv.includes("confirmed")) {
  for (const { truth } of toConfirm) {
    console.log(`${truth.file}  ${truth.confirmedBy?.join(", ") || "no recording of the same"}`);
  }
}
console.log(
  `${confirmed.length} of ${toConfirm.length} generated captures are confirmed by a recording of the same`,
);
process.exitCode = wrong === 0 ? 0 : 1;
