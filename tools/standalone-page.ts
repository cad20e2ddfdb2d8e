import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { licencesOf, ROOT, VERSION } from "./bundled-command.js";

/**
 * Makes the page of `ikescope page`: one HTML with the engine in it as a worker. It is kept packed in src/page/generated/, so
 * that every form of the command has it within itself, and as it is in dist/, for whoever hosts it.
 */
const TARGET = join(ROOT, "src/page/generated");
const HOSTED = join(ROOT, "dist/page/ikescope.html");

async function bundled(
  entry: string,
  options: BuildOptions = {},
): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const { outputFiles = [], metafile = { inputs: {}, outputs: {} } } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
    format: "iife",
    target: "es2023",
    platform: "browser",
    ...options,
    define: { BUNDLED_VERSION: JSON.stringify(VERSION), ...options.define },
  });
  return { text: outputFiles.map(({ text }) => text.trim()).join(""), metafile };
}

/** A script as the text of its element: nothing in it may end that or begin a comment, and in strings this says the same. */
function inElement(script: string): string {
  return script.replaceAll("<!--", String.raw`\x3c!--`).replaceAll(/<\/(?=script)/gi, String.raw`\x3c/`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

const worker = await bundled("src/page/worker/main.ts");
const app = await bundled("src/page/app/main.ts", { define: { WORKER_CODE: JSON.stringify(worker.text) } });
const { text: style } = await bundled("src/page/app/page.css");
const script = inElement(app.text);
const live = await bundled("src/page/live/main.ts");
const liveScript = inElement(live.text);

/** The policy of a page: its own style, and `more`. */
function policyOf(script: string, more: readonly string[]): string {
  return [
    "default-src 'none'",
    ...more.map((one) => one.replace("SCRIPT", hashSource(script))),
    `style-src ${hashSource(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const licences = `ikescope\n\n${readFileSync(join(ROOT, "LICENSE"), "utf8").trim()}\n\n----\n\n${licencesOf(worker.metafile)}`;

function htmlOf(script: string, policy: string, texts: PageTexts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${texts.description}">
<title>ikescope</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript>${texts.noScript}</noscript>
<footer><p>ikescope ${VERSION}. ${texts.foot}</p><details><summary>Licences</summary><pre>${escaped(licences)}</pre></details></footer>
<script>${script}</script>
</body>
</html>
`;
}

interface PageTexts {
  readonly description: string;
  readonly noScript: string;
  readonly foot: string;
}

const policy = policyOf(script, [
  // The hot loop is WebAssembly; its code is in the script.
  "script-src SCRIPT 'wasm-unsafe-eval'",
  "worker-src blob:",
]);
const html = htmlOf(script, policy, {
  description: "Says what failed in an IPsec VPN, from a packet capture that stays in the browser.",
  noScript:
    '<p>This page is a program: it judges captures in the browser, which needs scripts to be on. Without them there is the command, ikescope.</p><p lang="zh-Hans">本页是一个程序，在浏览器中判断抓包，需要启用脚本；否则请使用 ikescope 命令。</p>',
  foot: "This page loads nothing and sends nothing.",
});

/** The page of `live --page`, which asks the server that it came from, and nobody else. */
const livePolicy = policyOf(liveScript, ["script-src SCRIPT", "connect-src 'self'"]);
const liveHtml = htmlOf(liveScript, livePolicy, {
  description: "The IPsec tunnels of a gateway as they stand.",
  noScript: "<p>This page needs scripts to be on.</p>",
  foot: "This page asks the ikescope that it came from, and nothing else.",
});

function packed(text: string): string {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  return JSON.stringify(brotliCompressSync(text, options).toString("base64"));
}

mkdirSync(TARGET, { recursive: true });
writeFileSync(
  join(TARGET, "page.ts"),
  `/** Made by tools/standalone-page.ts from src/page/. A function, so that a start of the command does not touch the text. */\nexport const packedPage = (): string =>\n  ${packed(html)};\n`,
);
writeFileSync(
  join(TARGET, "live.ts"),
  `/** Made by tools/standalone-page.ts from src/page/live/. */\nexport const packedLivePage = (): string =>\n  ${packed(liveHtml)};\nexport const livePolicy = (): string => ${JSON.stringify(livePolicy)};\n`,
);
mkdirSync(join(ROOT, "dist/page"), { recursive: true });
writeFileSync(HOSTED, html);
