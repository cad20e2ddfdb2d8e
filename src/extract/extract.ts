import { printable } from "../bytes/text.js";
import { SECRETS_ESP } from "../capture/pcapng-secrets.js";
import { PcapngWriter } from "../capture/pcapng-writer.js";
import { CaptureError, type CaptureRecord, type CaptureSource } from "../capture/source.js";
import type { EvidenceFile, EvidenceSelection } from "../report/evidence/selection.js";
import { type Chosen, FrameChooser } from "./chooser.js";

/** The upper bits of a link type may tell the length of the frame check sequence; pcapng has another place for it. */
const LINK_TYPE = 0xffff;

/**
 * Writes the frames of a selection as a pcapng file, piece by piece: `source` is to read the same captures again, from their
 * beginning. `espKeys`: lines of esp_sa that go in as decryption secrets; none unless somebody asked for them. Each frame has its number and its reasons as comments. Closes the source. A capture that cannot be read on
 * ends the extract there: the judgement was drawn from no more.
 */
export async function* extractEvidence(
  source: CaptureSource,
  selection: EvidenceSelection,
  application: string,
  espKeys: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  yield* written(source, selection, new FrameChooser(selection), application, espKeys);
}

/** Writes all frames of a source as one pcapng file, piece by piece. Closes the source. A capture that cannot be read on ends there. */
export function wholeCapture(
  source: CaptureSource,
  files: readonly EvidenceFile[],
  application: string,
): AsyncGenerator<Uint8Array> {
  const packets = files.reduce((sum, file) => sum + file.packets, 0);
  const all: Chooser = { choose: ({ end }) => ({ reasons: [], end }) };
  return written(source, { files, packets, comments: [] }, all, application, []);
}

/** Decides which frames are written. */
type Chooser = Pick<FrameChooser, "choose">;

/** The parts of a selection that a file is written of. */
type Written = Pick<EvidenceSelection, "files" | "packets" | "comments">;

async function* written(
  source: CaptureSource,
  selection: Written,
  chooser: Chooser,
  application: string,
  espKeys: readonly string[],
): AsyncGenerator<Uint8Array> {
  const extract = new Extract(selection);
  const { record } = source;
  const { packets } = selection;
  try {
    yield extract.writer.section(application, selection.comments);
    if (espKeys.length > 0) yield extract.writer.secrets(SECRETS_ESP, espKeys.join(""));
    for (let seen = 0; seen < packets;) {
      try {
        // Most frames are passed over: what is awaited is only what is written.
        while (seen < packets && source.next()) {
          seen++;
          const chosen = chooser.choose(record);
          if (chosen !== null) yield* extract.blocks(record, chosen);
        }
        if (seen < packets && !(await source.fill())) break;
      } catch (fault) {
        if (!(fault instanceof CaptureError)) throw fault;
      }
    }
    yield* extract.end();
  } finally {
    await source.close();
  }
}

class Extract {
  readonly writer = new PcapngWriter();
  readonly #selection: Written;
  /** Interface number by file and link type, in the order of their blocks. */
  readonly #interfaces = new Map<string, number>();
  /** For each interface: its file, whether it is the file's first, and how many frames were written. */
  readonly #written: { readonly capture: number; readonly isFirst: boolean; packets: number }[] = [];

  constructor(selection: Written) {
    this.#selection = selection;
  }

  /** The frame's block, behind that of its interface where it is the first one. */
  *blocks(record: CaptureRecord, chosen: Chosen): Generator<Uint8Array> {
    const file = this.#selection.files[record.capture];
    if (file === undefined) return;
    const { capture, frame, bytes, start, time, nanos, originalLength, direction } = record;
    const linkType = record.linkType & LINK_TYPE;
    const key = `${capture} ${linkType}`;
    let number = this.#interfaces.get(key);
    if (number === undefined) {
      number = this.#interfaces.size;
      this.#interfaces.set(key, number);
      const isFirst = !this.#written.some((written) => written.capture === capture);
      this.#written.push({ capture, isFirst, packets: 0 });
      const { name, nanosecondTimes: nanoseconds } = file;
      yield this.writer.interface({ linkType, description: printable(name), nanoseconds });
    }
    const written = this.#written[number];
    if (written !== undefined) written.packets++;
    yield this.writer.frame({
      interface: number,
      time,
      nanos,
      bytes: bytes.subarray(start, chosen.end),
      originalLength,
      direction,
      comments: chosen.reasons.length === 0 ? [] : [this.#comment(frame, file, chosen)],
    });
  }

  /** The number that the frame had, and why it is there. */
  #comment(frame: number, { name }: EvidenceFile, { reasons }: Chosen): string {
    const where = this.#selection.files.length > 1 ? ` of ${name}` : "";
    return printable(`frame ${frame}${where}: ${reasons.join("; ")}`);
  }

  /** Notes of the files on packets that they dropped, and of how long they were recorded. */
  *end(): Generator<Uint8Array> {
    for (const [number, { capture, isFirst, packets }] of this.#written.entries()) {
      const { dropped, lastTime, recorded } = this.#selection.files[capture] as EvidenceFile;
      const drops = isFirst ? dropped : null;
      if (drops === null && recorded === null) continue;
      const span = recorded === null ? null : { ...recorded, packets };
      yield this.writer.statistics(number, drops, recorded?.until ?? lastTime ?? 0, span);
    }
  }
}
