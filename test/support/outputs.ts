import { Writable } from "node:stream";
import { decodeTap, type DecodeForm } from "../../src/cli/decode-tap.js";
import { LineOutput } from "../../src/cli/line-output.js";
import {
  type CaptureSource,
  decodeMessages,
  type Judgement,
  renderHtml,
  renderLadder,
  renderMarkdown,
  renderText,
  toReport,
} from "../../src/index.js";

const DECODED: Readonly<Record<string, DecodeForm>> = {
  decode: { format: "text" },
  "decode --verbose": { format: "text", verbose: true },
  "decode --json": { format: "json" },
};

type Render = (judgement: Judgement, open: () => CaptureSource) => string | Promise<string>;

/** Each form in which a judgement, or the capture that it is about, is printed. */
export const RENDERERS: Readonly<Record<string, Render>> = {
  text: (judgement) => renderText(judgement),
  json: (judgement) => JSON.stringify(toReport(judgement, "0.0.0")),
  markdown: (judgement) => renderMarkdown(judgement),
  html: (judgement) => renderHtml(judgement, "0.0.0"),
  ladder: (judgement) =>
    [null, ...judgement.tunnels.map(({ tunnel }) => tunnel.id)]
      .map((id) => renderLadder(judgement, id) ?? "")
      .join(""),
  ...Object.fromEntries(
    Object.entries(DECODED).map(([name, form]): [string, Render] => [
      name,
      (_, open) => decodedBy(form, open()),
    ]),
  ),
};

/** All that is printed of a judgement and of the capture that it is about, by what prints it. */
export async function outputsOf(
  judgement: Judgement,
  open: () => CaptureSource,
): Promise<Readonly<Record<string, string>>> {
  const outputs: Record<string, string> = {};
  for (const [name, render] of Object.entries(RENDERERS)) outputs[name] = await render(judgement, open);
  return outputs;
}

async function decodedBy(form: DecodeForm, source: CaptureSource): Promise<string> {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      // The buffer is used again.
      pieces.push(Buffer.from(piece));
      done();
    },
  });
  const output = new LineOutput(stream);
  const names = source.summaries().map(({ file }) => file);
  await decodeMessages(source, decodeTap(form, null, { files: names }, output), {
    pause: async () => {
      await output.drained();
    },
  });
  await output.end();
  return Buffer.concat(pieces).toString("utf8");
}
