import { CaptureReader } from "../../src/capture/reader.js";
import type { CaptureSource } from "../../src/capture/source.js";
import { isLostInExtract } from "../../src/diagnosis/needs.js";
import { analyze, extractEvidence, type Judgement, selectEvidence } from "../../src/index.js";
import { concatenated } from "./capture/pcap-writer.js";
import { MemoryBytes } from "./capture/memory-bytes.js";

/** The extract of what `open` gives, and the judgement that it was made for. */
export async function extractOf(
  open: () => Promise<CaptureSource>,
): Promise<{ readonly judgement: Judgement; readonly extract: Uint8Array }> {
  const { judgement } = await analyze(await open(), { reopen: open });
  return { judgement, extract: await extractFor(judgement, await open()) };
}

export async function extractFor(judgement: Judgement, source: CaptureSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of extractEvidence(source, selectEvidence(judgement), "ikescope test")) {
    pieces.push(piece);
  }
  return concatenated(pieces);
}

/** A file in memory, to be read. */
export function readerOf(bytes: Uint8Array): CaptureReader {
  return new CaptureReader(new MemoryBytes(bytes));
}

export async function judgeBytes(bytes: Uint8Array): Promise<Judgement> {
  const { judgement, error } = await analyze(readerOf(bytes));
  if (error !== null) throw error;
  return judgement;
}

/** Judged as {@link extractOf} judges: what was captured at several places is read again and compared. */
export async function judgeAgain(extract: Uint8Array): Promise<Judgement> {
  const { judgement, error } = await analyze(readerOf(extract), { reopen: async () => readerOf(extract) });
  if (error !== null) throw error;
  return judgement;
}

/** What an extract has to say as its capture does: the verdict, and of each tunnel at fault status, phase and findings. */
export function verdictOf({ status, tunnels, findings }: Judgement) {
  const above = (list: Judgement["findings"]): string[] =>
    list
      .filter(({ severity, code }) => severity !== "info" && !isLostInExtract(code, false))
      .map(({ severity, code }) => `${severity} ${code}`);
  return {
    status,
    capture: above(findings.filter(({ tunnel }) => tunnel === null)),
    tunnels: tunnels
      .filter(({ findings: own }) => above(own).length > 0)
      .map(({ tunnel, status: own, failingPhase, findings: found }) => ({
        peers: tunnel.addresses.toSorted((a, b) => (a < b ? -1 : 1)),
        status: own,
        failingPhase,
        findings: above(found),
      })),
  };
}
