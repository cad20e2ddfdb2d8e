import { printable } from "../bytes/text.js";
import { PcapngWriter } from "../capture/pcapng-writer.js";
import { CaptureError, type CaptureRecord, type CaptureSource } from "../capture/source.js";
import type { EvidenceFile, EvidenceSelection } from "../report/evidence/selection.js";
import { type Chosen, FrameChooser } from "./chooser.js";

/** The upper bits of a link type may tell the length of the frame check sequence; pcapng has another place for it. */
const LINK_TYPE = 0xffff;

/**
 * Writes the frames of a selection as a pcapng file, piece by piece: `source` is to read the same captures again, from their
 * beginning. Each frame has its number and its reasons as comments. Closes the source. A capture that cannot be read on
 * ends the extract there: the judgement was drawn from no more.
 */
export async function* extractEvidence(
  source: CaptureSource,
  selection: EvidenceSelection,
  application: string,
): AsyncGenerator<Uint8Array> {
  const extract = new Extract(selection);
  const { record } = source;
  const { packets } = selection;
  try {
    yield extract.writer.section(application, selection.comments);
    for (let seen = 0; seen < packets;) {
      try {
        // Most frames are passed over: what is awaited is only what is written.
        while (seen < packets && source.next()) {
          seen++;
          const chosen = extract.choose(record);
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
  readonly #selection: EvidenceSelection;
  readonly #chooser: FrameChooser;
  /** Interface number by file and link type, in the order of their blocks. */
  readonly #interfaces = new Map<string, number>();
  /** The first interface of each file. */
  readonly #ofFile = new Map<number, number>();

  constructor(selection: EvidenceSelection) {
    this.#selection = selection;
    this.#chooser = new FrameChooser(selection);
  }

  choose(record: CaptureRecord): Chosen | null {
    return this.#chooser.choose(record);
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
      if (!this.#ofFile.has(capture)) this.#ofFile.set(capture, number);
      const { name, nanosecondTimes: nanoseconds } = file;
      yield this.writer.interface({ linkType, description: printable(name), nanoseconds });
    }
    const where = this.#selection.files.length > 1 ? ` of ${file.name}` : "";
    const comment = `frame ${frame}${where}: ${chosen.reasons.join("; ")}`;
    yield this.writer.frame({
      interface: number,
      time,
      nanos,
      bytes: bytes.subarray(start, chosen.end),
      originalLength,
      direction,
      comments: [printable(comment)],
    });
  }

  /** What the files said of packets that they dropped. */
  *end(): Generator<Uint8Array> {
    for (const [capture, number] of this.#ofFile) {
      const { dropped, lastTime } = this.#selection.files[capture] as EvidenceFile;
      if (dropped !== null) yield this.writer.statistics(number, dropped, lastTime ?? 0);
    }
  }
}
