import { cuttable } from "./cut.js";
import { generated, recorded } from "./labelled.js";
import { accusedParts, isLate, type Said, saidAfter, TAILS } from "./time.js";

/**
 * Prints how soon after the deciding frame each failing label is told, and which parts of captures without a fault are accused:
 * the two opposite errors side by side. `--step N` takes every Nth prefix and suffix, `--failing` none; a word selects labels by name.
 */
const args = process.argv.slice(2);
const step = Number(args[args.indexOf("--step") + 1] ?? 1) || 1;
const name = args.find((arg, index) => !arg.startsWith("--") && args[index - 1] !== "--step") ?? "";
const labelled = [...recorded(), ...generated()].filter(({ truth }) => truth.file.includes(name));

const failing = labelled.filter(({ truth }) => truth.decidedAt !== undefined);
const tables = new Map(TAILS.map((tail) => [tail, new Map<Said, string[]>()]));
for (const capture of failing) {
  const cut = await cuttable(capture);
  for (const [tail, table] of tables) {
    const said = saidAfter(capture.truth, cut, tail);
    table.set(said, [
      ...(table.get(said) ?? []),
      `${capture.truth.file} (${capture.truth.findings[0] ?? ""})`,
    ]);
  }
}
console.log(`${failing.length} failing labels, cut after the deciding frame:`);
console.log("seconds later    right   other  silent healthy");
for (const [tail, table] of tables) {
  const counts = (["right", "other", "silent", "healthy"] as const).map(
    (said) => table.get(said)?.length ?? 0,
  );
  console.log(`${String(tail).padStart(13)}${counts.map((count) => String(count).padStart(8)).join("")}`);
}
for (const tail of [0, 2]) {
  for (const said of ["healthy", "silent", "other"] as const) {
    for (const file of tables.get(tail)?.get(said) ?? []) console.log(`    +${tail} s ${said}: ${file}`);
  }
}

if (args.includes("--failing")) process.exit();
let [parts, failed, suspected, late] = [0, 0, 0, 0];
const healthy = labelled.filter(({ truth }) => truth.status === "healthy" || truth.status === "up");
for (const capture of healthy) {
  const cut = await cuttable(capture);
  const accused = accusedParts(cut, step);
  parts += 2 * Math.ceil(cut.frames.length / step);
  failed += accused.filter(({ status }) => status === "failing").length;
  suspected += accused.filter(({ status }) => status === "suspected").length;
  late += accused.filter((one) => isLate(one, cut)).length;
  for (const { part, at, status, code } of accused.slice(0, 3)) {
    console.log(
      `    ${capture.truth.file}, ${cut.frames.length} frames: ${part} ${at} is ${status} of ${code} (${accused.length} parts)`,
    );
  }
}
console.log(
  `${healthy.length} captures without a fault, ${parts} prefixes and suffixes: ${failed} failing, ${suspected} suspected, ${late} of these prefixes in the last tenth`,
);
