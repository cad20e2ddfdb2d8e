import { printable } from "../bytes/text.js";
import type { Micros } from "../bytes/time.js";
import { CharonLog } from "./charon/charon-log.js";
import { JournalEntry } from "./lines/journal-entry.js";
import type { LogLine } from "./lines/line.js";
import { logLine } from "./lines/log-line.js";
import type { TextLine } from "./lines/splitter.js";
import { plutoEvent } from "./pluto/pluto-log.js";
import { PLUTO_MESSAGES } from "./pluto/messages.js";
import { SecretTally } from "./secret-tally.js";
import { cover, type EvidenceSink, type Section, SectionList, type SectionKind } from "./section.js";
import { StatusParser } from "./status/status-parser.js";
import { XfrmStat } from "./xfrm/stat.js";
import { XfrmParser } from "./xfrm/xfrm-parser.js";

export interface ReaderOptions {
  /** Name of the file, for the records. */
  readonly file: string;
  /** A time in whose neighbourhood stamps without a year lie: that of the capture, or now. */
  readonly near: Micros;
}

/** The content of a file, read. */
export interface FileEvidence {
  readonly file: string;
  readonly lines: number;
  readonly sections: readonly Section[];
  readonly secrets: SecretTally;
  /** Lines that nothing knows, and which is the first; what they say is not shown, for it may be anything. */
  readonly unknown: { readonly lines: number; readonly first: number | null };
  /** Names of hosts that syslog or the journal wrote, at most a few. */
  readonly hosts: readonly string[];
  readonly cutLines: number;
  /** The file ends inside a line. */
  readonly endsInLine: boolean;
  /** Parts that were too many to be told apart. */
  readonly droppedSections: number;
}

const MOST_HOSTS = 16;
/** "root@gw:~# ip xfrm state", "$ swanctl --list-sas", "+ ip xfrm policy". */
const COMMAND =
  /^(?:\[?[\w.-]{1,64}@[\w.-]{1,64}[:\s][^#$]{0,200}\]?[#$]|[#$+]) +((?:sudo )?[a-z./][\w./-]{0,60}(?: .{0,200})?)$/;
const MAYBE_COMMAND = /^[#$+_]|[#$] /;
const RULER = /^\+? ?_{5,}\s*(.{0,200})$/;
const SUPPRESSED = /^Suppressed \d+ messages from|messages suppressed|rate.?limit/i;
const LONGEST_SHOWN = 60;

/**
 * Reads a text from a host line by line and tells a sink what it says. What a line is, is told by its content. Keeps counts and
 * sections, no lines; the sink keeps what it wants.
 */
export class EvidenceReader {
  readonly #options: ReaderOptions;
  readonly #sections: SectionList;
  readonly #xfrm: XfrmParser;
  readonly #stat: XfrmStat;
  readonly #status: StatusParser;
  readonly #charon = new CharonLog();
  readonly #journal = new JournalEntry();
  readonly #secrets = new SecretTally();
  readonly #hosts = new Set<string>();
  #log: SectionKind | null = null;
  #lines = 0;
  #cutLines = 0;
  #endsInLine = false;
  #unknown = 0;
  #firstUnknown: number | null = null;

  constructor(options: ReaderOptions, sink: EvidenceSink = {}) {
    this.#options = options;
    this.#sections = new SectionList(sink);
    this.#xfrm = new XfrmParser(this.#sections);
    this.#stat = new XfrmStat(this.#sections);
    this.#status = new StatusParser(this.#sections);
  }

  /** Whether something was recognised so far. */
  get recognises(): boolean {
    return this.#sections.all.length > 0;
  }

  /** Takes the next line; true where it was recognised. */
  line({ text, number, isCut, isLast }: TextLine): boolean {
    this.#lines++;
    if (isCut) this.#cutLines++;
    if (JournalEntry.begins(text)) {
      this.#endEntry();
      this.#journal.begin(text, number);
      return true;
    }
    if (this.#journal.add(text)) return true;
    this.#endEntry();
    if (text.trim() === "") return true;
    const command = MAYBE_COMMAND.test(text) ? (COMMAND.exec(text) ?? RULER.exec(text)) : null;
    if (command !== null) return this.#title(command[1] ?? "");
    if (isLast) this.#endsInLine = true;
    // In the middle of a log nearly every line is one of it, and no other format has its prefixes.
    if (this.#log !== null) {
      const line = logLine(text, this.#options.near);
      if (line.dialect !== "plain" && line.dialect !== "whack" && this.#logged(line, number)) return true;
    }
    if (this.#structured(text, number)) return true;
    if (this.#logged(logLine(text, this.#options.near), number)) return true;
    const secret = this.#secrets.add(text, number);
    if (!secret) {
      this.#unknown++;
      this.#firstUnknown ??= number;
    }
    return secret;
  }

  /** Closes what is open and gives the account of the file. */
  end(): FileEvidence {
    this.#endEntry();
    this.#endBlocks();
    return {
      file: this.#options.file,
      lines: this.#lines,
      sections: this.#sections.all,
      secrets: this.#secrets,
      unknown: { lines: this.#unknown, first: this.#firstUnknown },
      hosts: [...this.#hosts],
      cutLines: this.#cutLines,
      endsInLine: this.#endsInLine,
      droppedSections: this.#sections.dropped,
    };
  }

  #title(text: string): boolean {
    this.#endBlocks();
    this.#sections.title(printable(text.trim()).slice(0, LONGEST_SHOWN));
    this.#log = null;
    return true;
  }

  #structured(text: string, number: number): boolean {
    const source = { file: this.#options.file, line: number };
    const taken =
      (this.#stat.add(text, source) && this.#close("stat")) ||
      (this.#xfrm.add(text, source) && this.#close("xfrm")) ||
      (this.#status.add(text, source) && this.#close("status"));
    if (taken) {
      this.#log = null;
      this.#secrets.add(text, number);
    }
    return taken;
  }

  /** Ends all parsers of structured text but one: one is open at a time. */
  #close(except: "stat" | "xfrm" | "status"): true {
    if (except !== "stat") this.#stat.end();
    if (except !== "xfrm") this.#xfrm.end();
    if (except !== "status") this.#status.end();
    return true;
  }

  #endBlocks(): void {
    this.#stat.end();
    this.#xfrm.end();
    this.#status.end();
  }

  #logged(line: LogLine, number: number): boolean {
    const kind = this.#kindOf(line);
    if (kind === null) return false;
    const source = { file: this.#options.file, line: number };
    const section = this.#sections.enter(kind, number);
    this.#log = kind;
    this.#remember(line, section, number);
    const event = kind === "charon log" ? this.#charon.event(line, source) : plutoEvent(line, source);
    if (event !== null) this.#sections.event(event, section);
    return true;
  }

  #kindOf({ dialect, tag, stamp, message, group }: LogLine): SectionKind | null {
    switch (dialect) {
      case "charon":
        return "charon log";
      case "pluto":
        return "pluto log";
      case "whack":
        return "whack output";
      case "plain":
        if (group === null && CharonLog.knows(message)) return "charon log";
        if (PLUTO_MESSAGES.find(message) !== null) return "pluto log";
        // Lines of others between those of a daemon are part of the same log.
        return this.#log !== null && (tag !== null || stamp !== null || /^\s/.test(message))
          ? this.#log
          : null;
    }
  }

  #remember(line: LogLine, { coverage }: Section, number: number): void {
    if (coverage !== null) {
      cover(coverage, line.stamp);
      if (line.group !== null && coverage.groups.size < 64) coverage.groups.add(line.group);
      if (line.level !== null) coverage.level = Math.max(coverage.level ?? 0, line.level);
      if (SUPPRESSED.test(line.message)) coverage.suppressed = true;
    }
    if (line.host !== null && this.#hosts.size < MOST_HOSTS) this.#hosts.add(printable(line.host));
    this.#secrets.add(line.message, number);
  }

  #endEntry(): void {
    const entry = this.#journal.take();
    if (entry !== null) this.#logged(entry.line, entry.number);
  }
}
