#!/usr/bin/env node
/**
 * Starts the command from its bundle. Compiling it would take longer than reading a small capture, so the compiled code
 * lies beside it (tools/bundle.ts makes it the same way); another version of Node refuses that and compiles.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// The command sets this for itself, too late for its own code: V8 takes compiled code only from where its flags were the same.
setFlagsFromString("--heap-growing-percent=40");

const bundle = fileURLToPath(new URL("../dist/cli/ikescope.cjs", import.meta.url));
const cache = `${bundle}.cache`;

const code = readFileSync(bundle, "utf8");
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
  filename: bundle,
  cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
});
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
await module.exports.main(process.argv);
