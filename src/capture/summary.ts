import { EXTRACT_MARK } from "../bytes/extract-mark.js";
import { humanDuration, type Micros } from "../bytes/time.js";
import { RecordedSpanBuilder } from "./recorded-span.js";
import type { CaptureNote, CaptureRecord, CaptureSummary, RecordedSpan } from "./source.js";
import { type Message, say } from "../texts/message.js";
import { captureNote } from "./note.js";

/** A file may hold any number of comments, filters and link types; a report wants few and short ones. */
const MOST_TEXTS = 20;
const LONGEST_TEXT = 300;
const MOST_LINK_TYPES = 64;
/** Less is as good as the moment in which the sniffer is stopped. */
const TOLD_QUIET_US: Micros = 1_000_000;

/** Gathers what is known of one capture file while it is read. */
export class SummaryBuilder {
  format: CaptureSummary["format"] = "unknown";
  nanosecondTimes = false;
  /** Drops that the file reports; null until it says something. */
  dropped: number | null = null;
  unknownBlocks = 0;
  firstUnknownBlock = 0;
  /** Packets in blocks that hold no time. */
  untimed = 0;

  /** Offset from which on the file holds nothing but zeros; null where it does not. */
  zerosFrom: number | null = null;

  readonly recorded = new RecordedSpanBuilder();

  readonly #linkTypes: number[] = [];
  readonly #filters: string[] = [];
  readonly #comments: string[] = [];
  readonly #parserNotes: CaptureNote[] = [];
  #commentsLeftOut = 0;
  #isExtract = false;
  #cutShort: Message | null = null;
  #ended = false;
  #packets = 0;
  #bytes = 0;
  #cutBySnapLength = 0;
  #earliest = Infinity;
  #latest = -Infinity;
  #previous = -Infinity;
  #stepsBack = 0;
  #largestStepBack = 0;
  #largestStepBackFrame = 0;
  #largestStepBackTime = 0;

  /** Counts a record; called for every packet, so it only adds and compares. */
  count(record: CaptureRecord): void {
    const captured = record.end - record.start;
    this.#packets++;
    this.#bytes += captured;
    if (captured < record.originalLength) this.#cutBySnapLength++;
    const time = record.time;
    if (time < this.#previous) this.#stepBack(record);
    this.#previous = time;
    if (time > this.#latest) this.#latest = time;
    if (time < this.#earliest) this.#earliest = time;
  }

  /** Time of the record that was counted last. */
  get previousTime(): Micros {
    return this.#previous;
  }

  /** Counts records that were passed in one go, in order of time and not before the one counted last. */
  countPassed(packets: number, bytes: number, cut: number, lastTime: Micros): void {
    this.#packets += packets;
    this.#bytes += bytes;
    this.#cutBySnapLength += cut;
    this.#previous = lastTime;
    if (lastTime > this.#latest) this.#latest = lastTime;
  }

  addLinkType(linkType: number): void {
    if (this.#linkTypes.at(-1) === linkType) return;
    if (this.#linkTypes.length < MOST_LINK_TYPES && !this.#linkTypes.includes(linkType)) {
      this.#linkTypes.push(linkType);
    }
  }

  addFilter(filter: string): void {
    const text = shortened(filter);
    if (this.#filters.length < MOST_TEXTS && !this.#filters.includes(text)) this.#filters.push(text);
  }

  /** Keeps a comment that the file holds; `about` says of what: "capture", "interface 0", "frame 12". */
  addComment(about: string, comment: string): void {
    // In an extract every frame says why it is there: that is for who looks at the frame.
    if (this.#isExtract && about.startsWith("frame ")) return;
    if (comment.startsWith(EXTRACT_MARK)) this.#isExtract = true;
    if (this.#comments.length < MOST_TEXTS) this.#comments.push(`${about}: ${shortened(comment)}`);
    else this.#commentsLeftOut++;
  }

  /** Notes that only the parser can make; each text is told once. */
  addNote(kind: CaptureNote["kind"], text: string): void {
    if (!this.#parserNotes.some((note) => note.text === text)) this.#parserNotes.push({ kind, text });
  }

  /** The file has ended; `cutShort` says why its end is not the capture's, null where it is. */
  end(cutShort: Message | null): void {
    this.#ended = true;
    this.#cutShort = cutShort;
  }

  /** The facts known so far, as a value that later packets do not change. */
  build(file: string, compressed: boolean): CaptureSummary {
    const any = this.#packets > 0;
    const recorded =
      this.#ended && any ? this.recorded.build(this.#packets, this.#earliest, this.#latest) : null;
    return {
      file,
      format: this.format,
      compressed,
      linkTypes: [...this.#linkTypes],
      packets: this.#packets,
      bytes: this.#bytes,
      firstTime: any ? this.#earliest : null,
      lastTime: any ? this.#latest : null,
      recorded,
      nanosecondTimes: this.nanosecondTimes,
      cutBySnapLength: this.#cutBySnapLength,
      dropped: this.dropped,
      stepBack:
        this.#stepsBack === 0
          ? null
          : {
              by: this.#largestStepBack,
              frame: this.#largestStepBackFrame,
              time: this.#largestStepBackTime,
            },
      filters: [...this.#filters],
      notes: this.#notes(recorded),
    };
  }

  #notes(recorded: RecordedSpan | null): CaptureNote[] {
    const notes: CaptureNote[] = [];
    if (this.#cutShort !== null) notes.push(captureNote("cut-short", this.#cutShort));
    else if (this.zerosFrom !== null) {
      notes.push(
        captureNote(
          "cut-short",
          say`the file holds nothing but zeros from byte ${this.zerosFrom} on: its end was never written`,
        ),
      );
    }
    if (this.#ended && this.#packets === 0) {
      notes.push(captureNote("empty-file", "the capture holds no packets"));
    }
    const ranOn = recorded === null ? 0 : recorded.until - this.#latest;
    if (ranOn >= TOLD_QUIET_US) {
      const span = humanDuration(ranOn);
      notes.push(
        captureNote(
          "recorded-on",
          say`the sniffer ran on for ${span} after the last packet (interface statistics)`,
        ),
      );
    }
    if (this.untimed > 0) {
      const untimed = say`${this.untimed} packet${this.untimed === 1 ? "" : "s"} without a time (each is given the time of the packet before)`;
      notes.push(captureNote("no-timestamps", untimed));
    }
    if (this.#stepsBack > 0) {
      const times = this.#stepsBack === 1 ? "once" : say`${this.#stepsBack} times`;
      const largest = humanDuration(this.#largestStepBack);
      notes.push(
        captureNote(
          "time-goes-back",
          say`the time goes back ${times} from one packet to the next, by ${largest} at most (at frame ${this.#largestStepBackFrame})`,
        ),
      );
    }
    if (this.dropped !== null && this.dropped > 0) {
      const { dropped } = this;
      notes.push(
        captureNote(
          "drops",
          say`the capture itself says that ${dropped} packet${dropped === 1 ? "" : "s"} were dropped`,
        ),
      );
    }
    if (this.unknownBlocks > 0) {
      const type = this.firstUnknownBlock.toString(16).padStart(8, "0");
      notes.push({
        kind: "unknown-block",
        text: `${counted(this.unknownBlocks, "block")} of a type not known here skipped (the first of type 0x${type})`,
      });
    }
    notes.push(...this.#parserNotes);
    for (const text of this.#comments) notes.push({ kind: "comment", text });
    if (this.#commentsLeftOut > 0) {
      notes.push({ kind: "comment", text: `${counted(this.#commentsLeftOut, "further comment")} not shown` });
    }
    return notes;
  }

  #stepBack(record: CaptureRecord): void {
    const step = this.#previous - record.time;
    this.#stepsBack++;
    if (step > this.#largestStepBack) {
      this.#largestStepBack = step;
      this.#largestStepBackFrame = record.frame;
      this.#largestStepBackTime = record.time;
    }
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
