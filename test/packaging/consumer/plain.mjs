// A user of the package in plain JavaScript; tools/check-package.ts runs it. Its argument is a capture.
import { createReadStream, openAsBlob, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { analyze, renderText } from "ikescope";
import { openCaptures } from "ikescope/node";

const path = process.argv[2];
const bytes = readFileSync(path);
const inputs = [
  path,
  bytes,
  new Uint8Array(bytes),
  createReadStream(path),
  Readable.toWeb(createReadStream(path)),
  await openAsBlob(path),
  new File([bytes], "trace.pcap"),
];
const lines = new Set();
for (const input of inputs) {
  const { judgement } = await analyze(await openCaptures([input]));
  lines.add(renderText(judgement).split("\n")[0]);
}
console.log([...lines].join("\n"));
