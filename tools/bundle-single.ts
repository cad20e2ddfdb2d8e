import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { COMMAND, licencesOf, ROOT } from "./bundled-command.js";

/**
 * Makes the command one file that is started by itself, for gateways where there is Node but no npm: nothing has to lie
 * beside it, and what it holds of others stands in it with the licences.
 */
const SINGLE = join(ROOT, "dist/ikescope.cjs");

const { metafile, outputFiles } = await build({ ...COMMAND, outfile: SINGLE, write: false });
const code = outputFiles.map(({ text }) => text).join("");
const own = readFileSync(join(ROOT, "LICENSE"), "utf8").trim();
writeFileSync(
  SINGLE,
  `#!/usr/bin/env node
${commented(`ikescope\n\n${own}\n\n----\n\n${licencesOf(metafile)}`)}
${code}
module.exports.main(process.argv);
`,
);
chmodSync(SINGLE, 0o755);

function commented(text: string): string {
  return text
    .trim()
    .split("\n")
    .map((line) => `// ${line}`.trimEnd())
    .join("\n");
}
