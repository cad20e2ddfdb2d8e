import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

/** Makes the script and the style of the HTML report one text each, for its renderer to put into every page. */
const CLIENT = fileURLToPath(new URL("../src/report/html/client/", import.meta.url));
const TARGET = fileURLToPath(new URL("../src/report/html/generated/client.ts", import.meta.url));

async function bundled(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({
    absWorkingDir: CLIENT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
  return outputFiles.map(({ text }) => text.trim()).join("");
}

const script = await bundled("main.ts", { format: "iife", target: "es2023" });
const style = await bundled("page.css", {});
mkdirSync(dirname(TARGET), { recursive: true });
writeFileSync(
  TARGET,
  `/** Made by tools/page.ts from src/report/html/client/. */\nexport const PAGE_SCRIPT = ${JSON.stringify(script)};\nexport const PAGE_STYLE = ${JSON.stringify(style)};\n`,
);
