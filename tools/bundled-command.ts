import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildOptions, Metafile } from "esbuild";

export const ROOT = fileURLToPath(new URL("../", import.meta.url));

export const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  version: string;
};

/** How the command with all that it uses of others becomes one text, which exports main(). */
export const COMMAND = {
  absWorkingDir: ROOT,
  entryPoints: ["src/cli/main.ts"],
  bundle: true,
  // Optional: looked for when they are needed.
  external: ["cap", "@nats-io/*"],
  platform: "node",
  format: "cjs",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: "warning",
  // In CommonJS a module's own URL has to be made.
  define: { "import.meta.url": "moduleUrl", BUNDLED_VERSION: JSON.stringify(VERSION) },
  banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
} as const satisfies BuildOptions;

/** The licence texts of the packages that a bundle holds. */
export function licencesOf({ inputs }: Metafile): string {
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
