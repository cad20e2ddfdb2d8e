import type { FrameRef } from "../../bytes/frame.js";
import type { Meter } from "../../capture/node/meter.js";
import type { CaptureSource } from "../../capture/source.js";
import { judgementOf } from "../../diagnosis/judgement-of.js";
import { type Analysis, extractEvidence, Opener, selectEvidence } from "../../index.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { nodeCrypto } from "../../opening/node/node-crypto.js";
import type { JudgeTerms } from "../judge-terms.js";
import { openForTerms } from "../reading-terms.js";
import { writeNewFile } from "../outputs/outputs.js";
import type { Spool } from "../spool.js";
import { VERSION } from "../version.js";
import { type MessageTexts, readMessages } from "./messages.js";
import { basename } from "node:path";

/** The work that the screen asks for, done in the background. */
export interface CaptureWork {
  /** How far the reading came. */
  readonly meter: Meter;
  /** The IKE messages in these frames. */
  messages(frames: ReadonlySet<FrameRef>, signal: AbortSignal): Promise<MessageTexts>;
  /** Writes the evidence of a tunnel to a file that was not there, and gives its name. */
  writeEvidence(judged: JudgedTunnel): Promise<string>;
}

/** The judgement of one tunnel of several, and of what is said of the capture as such. */
function judgementOfOne(judgement: Judgement, judged: JudgedTunnel): Judgement {
  const ofCapture = judgement.findings.filter(({ tunnel }) => tunnel === null);
  return judgementOf([judged], judgement, ofCapture);
}

/** The captures that were judged, to be read again for single messages and for evidence. */
export class BrowsedCaptures implements CaptureWork {
  readonly meter: Meter = { read: 0, total: null };
  readonly #terms: JudgeTerms;
  readonly #analysis: Analysis;
  readonly #spool: Spool | null;

  constructor(terms: JudgeTerms, analysis: Analysis, spool: Spool | null) {
    this.#terms = terms;
    this.#analysis = analysis;
    this.#spool = spool;
  }

  async messages(frames: ReadonlySet<FrameRef>, signal: AbortSignal): Promise<MessageTexts> {
    const { ring, presentation } = this.#terms;
    const files = this.#analysis.judgement.files.map(({ file }) => file);
    const opener = ring === null ? null : new Opener(ring, nodeCrypto);
    return readMessages(await this.#open(), frames, { files, presentation }, opener, signal);
  }

  async writeEvidence(judged: JudgedTunnel): Promise<string> {
    const selection = selectEvidence(judgementOfOne(this.#analysis.judgement, judged));
    const names = evidenceNames(this.#terms.captures[0] ?? "-", judged.tunnel.id);
    return writeNewFile(names, extractEvidence(await this.#open(), selection, `ikescope ${VERSION}`));
  }

  #open(): Promise<CaptureSource> {
    [this.meter.read, this.meter.total] = [0, null];
    return openForTerms(this.#terms, {
      clocks: this.#analysis.clocks,
      meter: this.meter,
      ...(this.#spool === null ? {} : { stdin: this.#spool.again() }),
    });
  }
}

/** Endings of captures and of what packs them. */
const ENDING = /\.(?:pcapng|pcap|cap|snoop|txt|gz|zst|xz|bz2|lz4)$/i;
/** Bytes of the capture's name in that of the extract: no file system has names above 255 bytes. */
const LONGEST_NAME = 150;
/** Files of one name. */
const SAME_NAME = 100;

/**
 * Names in the current directory for the extract of a tunnel, in the order in which they are tried: "trace-tunnel-7.pcapng",
 * "trace-tunnel-7-2.pcapng". `capture` is the file that it is of, "-" for standard input.
 */
function evidenceNames(capture: string, tunnel: number): string[] {
  let own = capture === "-" ? "capture" : basename(capture);
  while (ENDING.test(own)) own = own.replace(ENDING, "");
  own = own.slice(0, LONGEST_NAME);
  const name = `${own === "" ? "capture" : own}-tunnel-${tunnel}`;
  return Array.from(
    { length: SAME_NAME },
    (_, index) => `${name}${index === 0 ? "" : `-${index + 1}`}.pcapng`,
  );
}
