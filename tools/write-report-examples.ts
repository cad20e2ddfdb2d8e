import { writeFileSync } from "node:fs";
import { reportExamples } from "./report-examples.js";

/** Writes the reports of the examples anew, in every language. */
for (const { file, text } of await reportExamples()) writeFileSync(file, text);
