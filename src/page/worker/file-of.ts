import {
  type Analysis,
  analyze,
  AnonymizedSource,
  extractEvidence,
  renderCsv,
  renderHtmlPieces,
  renderJson,
  renderMarkdown,
  selectEvidence,
  wholeCapture,
} from "../../index.js";
import type { CaptureSource } from "../../capture/source.js";
import { evidenceFile } from "../../report/evidence/selection.js";
import type { FileAnswer, FileForm } from "../protocol.js";
import type { Session } from "./session.js";

/** Version of ikescope, put in by tools/standalone-page.ts. */
declare const BUNDLED_VERSION: string;

const APPLICATION = `ikescope ${BUNDLED_VERSION}`;

/** Bytes of the key of an anonymized file, which nobody keeps. */
const KEY_BYTES = 32;

/** Makes a file of the analysis, as the command does. */
export async function fileOf(form: FileForm, analysis: Analysis, session: Session): Promise<FileAnswer> {
  const { judgement, clocks, hosts } = analysis;
  const { presentation } = session;
  const name = nameOf(session.name);
  switch (form) {
    case "evidence":
      return {
        name: `${name}-evidence.pcapng`,
        file: await extract(session.open({ clocks }), analysis),
      };
    case "anonymized":
      return { name: "anonymized-evidence.pcapng", file: await anonymized(session) };
    case "anonymized-capture":
      return { name: "anonymized-capture.pcapng", file: await anonymizedCapture(analysis, session) };
    case "csv":
      return {
        name: `${name}-tunnels.csv`,
        file: new Blob([...renderCsv(judgement, presentation.names)], { type: "text/csv" }),
      };
    case "html":
      return {
        name: `${name}-report.html`,
        file: new Blob([...renderHtmlPieces(judgement, BUNDLED_VERSION, presentation, hosts)], {
          type: "text/html",
        }),
      };
    case "markdown":
      return {
        name: `${name}-report.md`,
        file: new Blob([renderMarkdown(judgement, presentation)], { type: "text/markdown" }),
      };
    case "json":
      return {
        name: `${name}-report.json`,
        file: new Blob([...renderJson(judgement, BUNDLED_VERSION, presentation.names)], {
          type: "application/json",
        }),
      };
  }
}

function extract(source: CaptureSource, { judgement }: Pick<Analysis, "judgement">): Promise<Blob> {
  return collected(extractEvidence(source, selectEvidence(judgement), APPLICATION));
}

function newKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** All frames of the captures behind replaced addresses, SPIs and names. */
function anonymizedCapture({ judgement, clocks }: Analysis, session: Session): Promise<Blob> {
  const source = new AnonymizedSource(session.open({ clocks }), newKey());
  const files = judgement.files.map((file, index) => ({
    ...evidenceFile(file),
    name: `capture ${index + 1}`,
  }));
  return collected(wholeCapture(source, files, APPLICATION));
}

/** The extract of what is judged again behind replaced addresses, SPIs and names. */
async function anonymized(session: Session): Promise<Blob> {
  const key = newKey();
  const opened = (options: Parameters<Session["open"]>[0]): CaptureSource =>
    new AnonymizedSource(session.open(options), key);
  const analysis = await analyze(opened({}), session.terms(opened));
  return extract(opened({ clocks: analysis.clocks }), analysis);
}

/** The name of a capture without what tells its form. */
function nameOf(file: string): string {
  return file.replace(/\.(?:gz)$/i, "").replace(/\.(?:pcap|pcapng|cap|snoop|txt)$/i, "");
}

/** Bytes that are held before the browser may put them on a disk. */
const AT_ONCE = 8 * 1024 * 1024;

/** Pieces of a file as one, of which the memory holds a part only: a browser keeps large blobs elsewhere. */
async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const whole: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece.slice());
    size += piece.length;
    if (size < AT_ONCE) continue;
    whole.push(new Blob(held));
    [held, size] = [[], 0];
  }
  return new Blob([...whole, ...held], { type: "application/octet-stream" });
}
