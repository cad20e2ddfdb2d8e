import { faultsOf, FIELD_CONDITIONS, judgeTaken, read } from "./field.js";
import { generated, recorded } from "./labelled.js";

/** Prints for each capture condition how many labelled captures it has accused of what they are not, and what it has lost. */
const wanted = process.argv.slice(2);
const captures = await Promise.all([...recorded(), ...generated()].map(read));
console.log(`${"taken as".padEnd(44)}captures  accused  lost`);
for (const condition of FIELD_CONDITIONS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const fitting = captures.filter(({ truth }) => condition.fits(truth));
  const [accused, lost]: [string[], string[]] = [[], []];
  for (const capture of fitting) {
    const faults = faultsOf(condition, capture.truth, await judgeTaken(condition, capture));
    if (faults.accused.length > 0) accused.push(`${capture.truth.file}: ${faults.accused.join(", ")}`);
    if (faults.lost.length > 0) lost.push(`${capture.truth.file}: ${faults.lost.join(", ")}`);
  }
  const counts = [fitting, accused, lost].map(({ length }, column) =>
    String(length).padStart([8, 9, 6][column] ?? 0),
  );
  console.log(condition.name.padEnd(44) + counts.join(""));
  for (const line of accused) console.log(`    accused  ${line}`);
  for (const line of lost) console.log(`    lost     ${line}`);
}
