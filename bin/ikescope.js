#!/usr/bin/env node
/**
 * Starts the command from its bundle. Compiling it would take longer than reading a small capture, so the compiled code
 * lies beside it (tools/bundle.ts makes it the same way); another version of Node refuses that and compiles. CommonJS,
 * for Node's loader of modules takes as long again.
 */
const { existsSync, readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

// The command sets this for itself, too late for its own code: V8 takes compiled code only from where its flags were the same.
setFlagsFromString("--heap-growing-percent=40");

const bundle = join(__dirname, "../dist/cli/ikescope.cjs");
const cache = `${bundle}.cache`;

if (!existsSync(bundle)) {
  process.stderr.write(
    "ikescope: this copy is not built yet: 'npm run build' makes what is missing (npm ci --ignore-scripts leaves that out)\n",
  );
  process.exit(2);
}

// The bundle is ASCII, which is read faster as this than as UTF-8.
const code = readFileSync(bundle, "latin1");
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
  filename: bundle,
  cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
});
const bundled = { exports: {} };
script.runInThisContext()(bundled.exports, createRequire(bundle), bundled, bundle, dirname(bundle));
bundled.exports.main(process.argv);
