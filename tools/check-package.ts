import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Packs the package as it is built, and uses it as others do: from plain JavaScript (a capture as path, bytes, streams, Blob and
 * File), from CommonJS, from strict TypeScript with `skipLibCheck` off, and bundled for a browser. Fails where the package has grown
 * beyond its limits, misses a file that a user needs, or holds code whose source is gone.
 */
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CONSUMER = join(ROOT, "test/packaging/consumer");
const CAPTURE = join(ROOT, "pcaps/port4500-blocked-nat-initiator.pcap");
/** Limits of the packed and the unpacked size, MiB: today's with a third more. */
const PACKED_MIB = 5;
const UNPACKED_MIB = 15;
const MIB = 1024 * 1024;
const NEEDED = [
  "bin/ikescope.js",
  "dist/cli/ikescope.cjs",
  "dist/index.js",
  "dist/index.d.ts",
  "dist/capture/node/open.js",
  "dist/capture/node/open.d.ts",
  "src/report/report.schema.json",
  "src/report/live-event.schema.json",
  "src/report/published-event.schema.json",
  "src/report/fleet.schema.json",
  "src/report/batch-row.schema.json",
  "man/ikescope.1",
  "man/ikescope.zh_CN.1",
  "packaging/systemd/ikescope@.service",
  "packaging/nats/nats-server.conf",
  "packaging/nats/users.conf",
  "packaging/nats/cluster.conf",
  "packaging/nats/nats-1.conf",
  "LICENSE",
  "README.md",
  "CHANGELOG.md",
];
/** Folders that are for contributors alone. */
const UNWANTED = /^(test|tools|docs|pcaps|\.ci)\//;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function demand(condition: boolean, fault: string): void {
  if (!condition) throw new Error(fault);
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

const folder = mkdtempSync(join(tmpdir(), "ikescope-package-"));
try {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(run("npm", args, ROOT)) as Packed[];
  if (packed === undefined) throw new Error("npm packed nothing");
  const paths = packed.files.map(({ path }) => path);
  const missing = NEEDED.filter((path) => !paths.includes(path));
  demand(missing.length === 0, `the package misses ${missing.join(", ")}`);
  const unwanted = paths.filter((path) => UNWANTED.test(path));
  demand(unwanted.length === 0, `the package holds ${unwanted.join(", ")}`);
  const stale = paths.filter((path) => {
    const [, module] = /^dist\/(?!cli\/)(.*)\.js$/.exec(path) ?? [];
    return module !== undefined && !existsSync(join(ROOT, "src", `${module}.ts`));
  });
  demand(stale.length === 0, `the package holds code without a source: ${stale.join(", ")}`);
  demand(packed.size < PACKED_MIB * MIB, `the package has ${packed.size} bytes packed`);
  demand(packed.unpackedSize < UNPACKED_MIB * MIB, `the package has ${packed.unpackedSize} bytes unpacked`);

  cpSync(CONSUMER, folder, { recursive: true });
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "ikescope"), { recursive: true });
  run("tar", ["xzf", packed.filename, "-C", join(modules, "ikescope"), "--strip-components=1"], folder);
  for (const name of ["@noble/hashes", "@types/node", "undici-types"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));

  const line = run(process.execPath, ["plain.mjs", CAPTURE], folder).trim();
  demand(/^FAILING.*$/.test(line), `plain JavaScript was told: ${line}`);
  const required = run(process.execPath, ["-p", 'typeof require("ikescope").analyze'], folder).trim();
  demand(required === "function", `CommonJS was given: ${required}`);
  // A browser has nothing that the bundler would have to leave out.
  await build({
    absWorkingDir: folder,
    entryPoints: ["browser.mjs"],
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2023",
  });
  const strict = ["--strict", "--noEmit", "--skipLibCheck", "false", "--exactOptionalPropertyTypes"];
  const modern = ["--module", "nodenext", "--target", "es2023", "--lib", "es2023", "--types", "node"];
  run(join(ROOT, "node_modules/.bin/tsc"), [...strict, ...modern, "strict.ts"], folder);
  const sizes = [packed.size, packed.unpackedSize].map((size) => `${(size / MIB).toFixed(1)} MiB`);
  process.stdout.write(`${paths.length} files, ${sizes.join(" packed, ")} unpacked; ${line}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
