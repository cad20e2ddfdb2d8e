import { differences, judgeLabelled, said } from "./score.js";
import { NEXT, PCAPS, readTruth } from "./truth.js";

/** Prints what differs between ikescope's verdicts and the labels, and a row per code. */
const perCode = new Map<string, { captures: number; first: number; found: number; falseAlarms: number }>();
const row = (code: string) => {
  const known = perCode.get(code) ?? { captures: 0, first: 0, found: 0, falseAlarms: 0 };
  perCode.set(code, known);
  return known;
};
let wrong = 0;
const folder = process.argv.includes("next") ? NEXT : PCAPS;
const truths = readTruth(folder);
for (const truth of truths) {
  const judgement = await judgeLabelled(truth, folder);
  const answer = said(judgement);
  for (const [index, code] of truth.findings.entries()) {
    const counts = row(code);
    counts.captures++;
    if (answer.findings.includes(code)) counts.found++;
    if (answer.findings[index] === code) counts.first++;
  }
  for (const code of answer.findings) if (!truth.findings.includes(code)) row(code).falseAlarms++;
  const lines = differences(truth, judgement);
  if (lines.length === 0) continue;
  wrong++;
  console.log(`${truth.file}  (${truth.description})`);
  for (const line of lines) console.log(`    ${line}`);
}
console.log("\ncode                              captures  in place  found  missed  false alarms");
for (const [code, counts] of [...perCode].toSorted(([a], [b]) => a.localeCompare(b))) {
  const cells = [
    counts.captures,
    counts.first,
    counts.found,
    counts.captures - counts.found,
    counts.falseAlarms,
  ];
  console.log(
    code.padEnd(34) + cells.map((cell, at) => String(cell).padStart([8, 10, 7, 8, 14][at] ?? 8)).join(""),
  );
}
console.log(`\n${truths.length - wrong} of ${truths.length} labelled captures right, ${wrong} differ`);
process.exitCode = wrong === 0 ? 0 : 1;
