import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { build } from "esbuild";
import { COMMAND, licencesOf, ROOT } from "./bundled-command.js";

/**
 * Makes the command one file that needs nothing but Node, beside it the licences of what it holds of others, and the code
 * cache that lets it start without being compiled each time.
 */
const BUNDLE = join(ROOT, "dist/cli/ikescope.cjs");
/** Run on this, the command has compiled what most runs need. */
const SAMPLE = join(ROOT, "pcaps/port4500-blocked-nat-initiator.pcap");

/** The process that captures with the npm package `cap`, which it looks for when it runs. */
const CAP_CHILD = join(ROOT, "dist/cli/cap-child.cjs");

const { metafile } = await build({ ...COMMAND, outfile: BUNDLE });
await build({ ...COMMAND, entryPoints: ["src/capture/node/live/cap-child.ts"], outfile: CAP_CHILD });
writeFileSync(join(dirname(BUNDLE), "THIRD-PARTY-LICENSES.txt"), licencesOf(metafile));
writeFileSync(`${BUNDLE}.cache`, await codeCache());

/** The compiled code of the bundle, with what a run needs: it is run once, and what it prints is dropped. */
async function codeCache(): Promise<Uint8Array> {
  const code = readFileSync(BUNDLE, "utf8");
  // bin/ikescope.js reads it as such. The bundler leaves regular expressions as they are: write \\u there.
  if ([...code].some((character) => character > "\x7f")) throw new Error("the bundle is not ASCII");
  // As in bin/ikescope.js: the cache is good for this text only.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
    filename: BUNDLE,
  });
  const module = { exports: {} as { main?: (argv: readonly string[]) => Promise<void> } };
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (_: string | Uint8Array, ...rest: readonly unknown[]) => {
    const done = rest.find((argument) => typeof argument === "function");
    done?.();
    return true;
  };
  try {
    script.runInThisContext()(module.exports, createRequire(BUNDLE), module, BUNDLE, dirname(BUNDLE));
    await module.exports.main?.(["node", "ikescope", SAMPLE]);
    // The command changes this where its heap is large (src/cli/memory.ts), as that of this program is.
    setFlagsFromString("--semi-space-growth-factor=2");
    return script.createCachedData();
  } finally {
    process.stdout.write = write;
    process.exitCode = 0;
  }
}
