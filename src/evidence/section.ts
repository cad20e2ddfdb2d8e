import type { Micros } from "../bytes/time.js";
import type {
  DaemonStats,
  HostEvent,
  Stamp,
  StatusChild,
  StatusIkeSa,
  XfrmCounters,
  XfrmPolicy,
  XfrmState,
} from "./record.js";

/** Kinds of parts of a text, told by their content. */
export type SectionKind =
  | "charon log"
  | "pluto log"
  | "whack output"
  | "ip xfrm state"
  | "ip xfrm policy"
  | "ip xfrm monitor"
  | "xfrm_stat"
  | "swanctl --list-sas"
  | "swanctl --list-sas --raw"
  | "swanctl --stats"
  | "ipsec statusall"
  | "ipsec status (Libreswan)";

/** The time that a log covers: absence in it proves something only there. */
export interface Coverage {
  first: Stamp | null;
  last: Stamp | null;
  /** charon's groups (NET, IKE, ...) of which it has lines. */
  readonly groups: Set<string>;
  /** It tells of single packets. */
  hasPackets: boolean;
  /** A journal said that it dropped lines. */
  suppressed: boolean;
  /** The highest level that its lines name, or null. */
  level: number | null;
  /** Lines whose stamp is before that of the line in front by more than a second. */
  stepsBack: number;
}

/** A part of a file that is of one kind. */
export interface Section {
  readonly kind: SectionKind;
  /** The command above it, where the text has one. */
  readonly title: string | null;
  readonly firstLine: number;
  lastLine: number;
  /** Lines that were recognised. */
  lines: number;
  /** Events, states, policies, SAs or counters read from it. */
  records: number;
  readonly coverage: Coverage | null;
}

/** Takes what is read, as it is read. Nothing is kept by the reader. */
export interface EvidenceSink {
  event?(event: HostEvent, section: Section): void;
  state?(state: XfrmState, section: Section): void;
  policy?(policy: XfrmPolicy, section: Section): void;
  counters?(counters: XfrmCounters, section: Section): void;
  ikeSa?(sa: StatusIkeSa, section: Section): void;
  child?(child: StatusChild, section: Section): void;
  stats?(stats: DaemonStats, section: Section): void;
}

/** Parts of a file that are told apart; a hostile file can change its kind with each line. */
export const MOST_SECTIONS = 5000;
const SECOND: Micros = 1e6;
const LOGS: ReadonlySet<SectionKind> = new Set([
  "charon log",
  "pluto log",
  "whack output",
  "ip xfrm monitor",
]);

/** The sections of a file, in their order. */
export class SectionList {
  readonly all: Section[] = [];
  readonly sink: EvidenceSink;
  /** Beginnings of sections that were filed with others because there were too many. */
  dropped = 0;
  #title: string | null = null;
  #current: Section | null = null;

  constructor(sink: EvidenceSink) {
    this.sink = sink;
  }

  /** A command or a ruler stands here: what follows is another section, even of the same kind. */
  title(text: string): void {
    this.#title = text;
    this.#current = null;
  }

  /** Begins another section with the next line, even if it is of the same kind. */
  split(): void {
    if (this.#current !== null && this.#current.records > 0) this.#current = null;
  }

  /** The section of that kind that the line belongs to. */
  enter(kind: SectionKind, line: number): Section {
    let section = this.#current?.kind === kind ? this.#current : null;
    if (section === null && this.all.length >= MOST_SECTIONS) {
      this.dropped++;
      section = this.all.findLast((known) => known.kind === kind) ?? null;
    }
    if (section === null) {
      section = {
        kind,
        title: this.#title,
        firstLine: line,
        lastLine: line,
        lines: 0,
        records: 0,
        coverage: LOGS.has(kind) ? emptyCoverage() : null,
      };
      this.#title = null;
      this.all.push(section);
    }
    section.lastLine = line;
    section.lines++;
    this.#current = section;
    return section;
  }

  event(event: HostEvent, section: Section): void {
    section.records++;
    if (section.coverage !== null) {
      cover(section.coverage, event.stamp);
      if (event.message !== null) section.coverage.hasPackets = true;
    }
    this.sink.event?.(event, section);
  }
}

function emptyCoverage(): Coverage {
  return {
    first: null,
    last: null,
    groups: new Set(),
    hasPackets: false,
    suppressed: false,
    level: null,
    stepsBack: 0,
  };
}

/** Extends what a log covers by the moment of a line. */
export function cover(coverage: Coverage, stamp: Stamp | null): void {
  if (stamp === null) return;
  coverage.first ??= stamp;
  if (coverage.last !== null && stamp.time < coverage.last.time - SECOND) coverage.stepsBack++;
  coverage.last = stamp;
}
