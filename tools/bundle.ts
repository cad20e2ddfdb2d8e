import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { build, type BuildOptions, type Metafile } from "esbuild";

/**
 * Makes the command one file that needs nothing but Node, beside it the licences of what it holds of others, and the code
 * cache that lets it start without being compiled each time.
 */
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const BUNDLE = join(ROOT, "dist/cli/ikescope.cjs");
/** Run on this, the command has compiled what most runs need. */
const SAMPLE = join(ROOT, "pcaps/port4500-blocked-nat-initiator.pcap");

/** The process that captures with the npm package `cap`, which it looks for when it runs. */
const CAP_CHILD = join(ROOT, "dist/cli/cap-child.cjs");

const ONE_FILE = {
  absWorkingDir: ROOT,
  bundle: true,
  external: ["cap"],
  platform: "node",
  format: "cjs",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true as const,
  logLevel: "warning",
  // In CommonJS a module's own URL has to be made.
  define: { "import.meta.url": "moduleUrl" },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
} satisfies BuildOptions;

const { metafile } = await build({ ...ONE_FILE, entryPoints: ["src/cli/main.ts"], outfile: BUNDLE });
await build({ ...ONE_FILE, entryPoints: ["src/capture/node/live/cap-child.ts"], outfile: CAP_CHILD });
writeFileSync(join(dirname(BUNDLE), "THIRD-PARTY-LICENSES.txt"), licencesOf(metafile));
writeFileSync(`${BUNDLE}.cache`, await codeCache());

/** The compiled code of the bundle, with what a run needs: it is run once, and what it prints is dropped. */
async function codeCache(): Promise<Uint8Array> {
  const code = readFileSync(BUNDLE, "utf8");
  // As in bin/ikescope.js: the cache is good for this text only.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
    filename: BUNDLE,
  });
  const module = { exports: {} as { main?: (argv: readonly string[]) => Promise<void> } };
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  try {
    script.runInThisContext()(module.exports, createRequire(BUNDLE), module, BUNDLE, dirname(BUNDLE));
    await module.exports.main?.(["node", "ikescope", SAMPLE]);
    return script.createCachedData();
  } finally {
    process.stdout.write = write;
    process.exitCode = 0;
  }
}

/** The licence texts of the packages that a bundle holds. */
function licencesOf({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap(
      (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
    ),
  );
  return [...folders]
    .toSorted()
    .map((folder) => `${folder.replace(/^.*node_modules\//, "")}\n\n${licenceIn(join(ROOT, folder))}\n`)
    .join("\n----\n\n");
}

function licenceIn(folder: string): string {
  const name = existsSync(folder) ? readdirSync(folder).find((file) => /^licen[cs]e/i.test(file)) : undefined;
  if (name === undefined) throw new Error(`no licence in ${folder}`);
  return readFileSync(join(folder, name), "utf8").trim();
}
