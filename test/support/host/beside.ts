import type { Micros } from "../../../src/bytes/time.js";
import { readEvidence } from "../../../src/evidence/read.js";
import { HostCollector, type HostRecords } from "../../../src/joint/host.js";
import { type WireMessage, wireMessages } from "../../../src/joint/wire.js";
import { type Scenario, STORY_BEGINS } from "../scenario/scenario.js";

/** The records of a host's texts, each of them a file. */
export function hostOf(...texts: readonly string[]): Promise<HostRecords> {
  return hostNear(STORY_BEGINS, ...texts);
}

/** The same where the texts are of about that time. */
export async function hostNear(near: Micros, ...texts: readonly string[]): Promise<HostRecords> {
  const collector = new HostCollector();
  for (const [index, text] of texts.entries()) {
    const bytes = new TextEncoder().encode(text);
    let isRead = false;
    const read = (): Promise<Uint8Array | null> => {
      const chunk = isRead ? null : bytes;
      isRead = true;
      return Promise.resolve(chunk);
    };
    const options = { file: `text${index + 1}`, near };
    const evidence = await readEvidence({ read }, options, collector);
    if (evidence === null) throw new Error("the text was taken for none");
    collector.file(evidence);
  }
  return collector.records("");
}

interface LogOptions {
  /** The clock of the log minus that of the capture, seconds; by the time of the story where it changes. */
  readonly ahead?: number | ((seconds: number) => number);
  /** "none": without times. */
  readonly stamps?: "milliseconds" | "seconds" | "none";
  /** Messages that the log has no line about. */
  readonly lacks?: (message: WireMessage, index: number) => boolean;
  /** The payloads of a message in charon's words; of an INFORMATIONAL none, else SA. */
  readonly payloads?: (message: WireMessage) => string;
  /** How much later than its frame a message is read, seconds. */
  readonly late?: (message: WireMessage) => number;
  /** Lines put in at a time of the story. */
  readonly also?: readonly (readonly [number, string])[];
}

/** The log that the charon of one end of a story writes. */
export function charonLogOf(talk: Scenario, own: string, options: LogOptions = {}): string {
  const { ahead = 0, stamps = "milliseconds", lacks, late, also = [] } = options;
  const of = wireMessages(talk.kept().tunnels).filter(
    ({ from, to }) => from.address === own || to.address === own,
  );
  const lines = of.flatMap((message, index): (readonly [number, string])[] => {
    if (lacks?.(message, index) === true) return [];
    const seconds = (message.time - STORY_BEGINS) / 1e6;
    const { from, to, exchange, messageId, response, length } = message;
    const about = `from ${from.address}[${from.port}] to ${to.address}[${to.port}] (${length} bytes)`;
    const name = `${exchange} ${response ? "response" : "request"} ${messageId} [ ${(options.payloads ?? payloadsOf)(message)}]`;
    if (from.address === own) {
      const at = seconds - 0.002;
      return [
        [at, `05[ENC] <site|1> generating ${name}`],
        [at, `05[NET] <site|1> sending packet: ${about}`],
      ];
    }
    const at = seconds + 0.003 + (late?.(message) ?? 0);
    return [
      [at, `05[NET] <site|1> received packet: ${about}`],
      [at, `05[ENC] <site|1> parsed ${name}`],
    ];
  });
  return [...lines, ...also]
    .toSorted(([a], [b]) => a - b)
    .map(
      ([at, line]) => `${stampText(at + (typeof ahead === "number" ? ahead : ahead(at)), stamps)}${line}\n`,
    )
    .join("");
}

function payloadsOf({ exchange }: WireMessage): string {
  return exchange === "INFORMATIONAL" ? "" : "SA ";
}

function stampText(seconds: number, stamps: "milliseconds" | "seconds" | "none"): string {
  if (stamps === "none") return "";
  const iso = new Date(Math.floor(STORY_BEGINS / 1000 + seconds * 1000)).toISOString();
  return `${iso.slice(0, stamps === "seconds" ? 19 : 23)} `;
}
