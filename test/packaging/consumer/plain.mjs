// A user of the package in plain JavaScript; tools/check-package.ts runs it. Its argument is a capture.
import { readFileSync } from "node:fs";
import { analyze, renderText } from "ikescope";
import { openCaptures } from "ikescope/node";

const { judgement } = await analyze(await openCaptures([readFileSync(process.argv[2])]));
console.log(renderText(judgement).split("\n")[0]);
