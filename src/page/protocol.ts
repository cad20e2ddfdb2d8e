import type { PageContext, PageHead, PageList } from "../report/html/page-data.js";
import type { PageTimeline } from "../report/html/page-timeline.js";
import type { PageFinding } from "../report/html/page-finding.js";
import type { PageTunnel } from "../report/html/page-tunnel.js";
import type { PageField, PageMessage } from "../report/html/page-ladder.js";
import type { TimeSpan, TrafficAnswer } from "../report/html/traffic/data.js";
import type { Language } from "../texts/texts.js";

/** Messages between the page and the worker that judges. Files and results are handed over as they are, by structured clone. */

/** From the page. */
export type ToWorker =
  | { readonly kind: "judge"; readonly files: readonly File[]; readonly look: Look }
  /** Ends the reading, then the judging: what was read until then is judged and shown. */
  | { readonly kind: "stop" }
  | { readonly kind: "ask"; readonly ticket: number; readonly question: Question };

/** How the page wants texts and times: a zone is "utc", "local" or a name. */
export interface Look {
  readonly zone: string;
  readonly language: Language;
}

/** A question about a judged capture. */
export type Question =
  /** The same judgement in another language, or with other times; what is asked later comes so, too. */
  | { readonly about: "result"; readonly look: Look }
  | { readonly about: "tunnel"; readonly id: number }
  /** The bytes of a row of a ladder: of a message, or of what else has that frame. */
  | { readonly about: "bytes"; readonly frame: string; readonly isMessage: boolean }
  | { readonly about: "file"; readonly form: FileForm }
  /** The ESP of a tunnel in a span of time, microseconds; null for all of it. */
  | { readonly about: "traffic"; readonly id: number; readonly span: TimeSpan | null };

/** The forms in which it can be saved. */
export const FILE_FORMS = [
  "evidence",
  "anonymized",
  "anonymized-capture",
  "html",
  "markdown",
  "csv",
  "json",
] as const;
export type FileForm = (typeof FILE_FORMS)[number];

/** The answers, by what they are about. */
export interface Answers {
  readonly result: Result;
  readonly tunnel: TunnelAnswer;
  readonly bytes: BytesAnswer;
  readonly file: FileAnswer;
  readonly traffic: TrafficAnswer;
}
export type Answer = Answers[keyof Answers];

/** To the page. */
export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "judged"; readonly result: Result }
  /** Nothing can be judged; a line as the command prints it. Keys alone lack the capture that they are for. */
  | { readonly kind: "refused"; readonly reason: string; readonly lacksCapture: boolean }
  | { readonly kind: "answer"; readonly ticket: number; readonly answer: Answer }
  | { readonly kind: "no-answer"; readonly ticket: number; readonly reason: string };

export type Progress =
  | { readonly stage: "reading"; readonly read: number; readonly total: number; readonly isSlow: boolean }
  | { readonly stage: "judging"; readonly tunnels: number };

/** The judgement as the page shows it; of each tunnel the row, and more when it is asked for. */
export interface Result extends PageList, Omit<PageContext, "messages" | "tunnels"> {
  readonly head: PageHead;
  /** The first steps: the remedies of the finding that the headline names. */
  readonly remedies: readonly string[];
  /** Null where no host says anything. */
  readonly timeline: PageTimeline | null;
  /** Findings about the captures themselves. */
  readonly findings: readonly PageFinding[];
  /** The lines of the report as Markdown, to be copied into a ticket. */
  readonly markdown: readonly string[];
  /** Why a capture could not be read to its end; null where all was read. */
  readonly fault: string | null;
  /** Notes for the user on the texts of hosts. */
  readonly notes: readonly string[];
  /** Which key opens what; null where no keys were given. */
  readonly keys: KeysResult | null;
  /** The reading was stopped before the end. */
  readonly isStopped: boolean;
}

/** How the keys fitted the capture, in lines without a byte of them. */
export interface KeysResult {
  /** How many open anything, and how many there are. */
  readonly opening: number;
  readonly count: number;
  /** A line a key, the first ones of very many. */
  readonly fits: readonly string[];
  /** Keys that could not be taken, and that nothing was opened. */
  readonly useless: readonly string[];
}

/** A tunnel with its own messages. */
interface TunnelAnswer {
  readonly tunnel: PageTunnel;
  readonly messages: readonly PageMessage[];
}

export interface BytesAnswer {
  /** From the IKE header on, or a frame from its first byte. */
  readonly bytes: Uint8Array;
  /** The fields of a message with their places in the bytes; none of a frame that is no message. */
  readonly fields: readonly PageField[];
}

export interface FileAnswer {
  readonly name: string;
  readonly file: Blob;
}
