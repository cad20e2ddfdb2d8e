import { HEX_OFFSET } from "./hex-line.js";
import { BEGINS_WITH_TIME } from "./text-time.js";

/** Marks before each line of a text that was quoted in a mail or put into a table, and the quotation mark of a spreadsheet. */
const QUOTE = /^\s*(?:[>|"] ?){1,8}/;
/** Terminals leave the pager's prompt in what they log. */
const PAGER = /^\s*(?:--More--|<--- More --->|---- More ----)\s*/;
/** A time in brackets, as terminals log it. */
const BRACKETS = /^\s*\[(?=[^\][]{0,30}\d\d:\d\d)([^\][]{5,40})\] ?/;
/** The head of a syslog line (RFC 3164, RFC 5424's time): host, program and process. */
const SYSLOG =
  /^\s*((?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)|(?:\d{4}-\d\d-\d\dT[\d:.+-]{8,24}Z?)) \S{1,255} [\w./-]{1,48}(?:\[\d{1,10}\])?:(?: |$)/;
/** A time that stands before a line which has its own, or before bytes. */
const STAMP = new RegExp(
  String.raw`^\s*((?:\d{4}-\d\d-\d\d[ T])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)[ \t](?=\s*(?:0x[\da-f]{4}|${BEGINS_WITH_TIME}))`,
  "i",
);
/** The number of a line (cat -n, grep -n, an editor): bytes or a time stand behind it. */
const NUMBER = new RegExp(
  String.raw`^\s*[1-9]\d{0,6}(?:[:\t ](?=\s*(?:0x[\da-f]{4}|--More--|<---|(?:\d+:\s+)?${BEGINS_WITH_TIME}|\d{1,10}[.,]\d{6}\s))|[:\t](?=${HEX_OFFSET}[:\s]\s*(?:[\da-f]{2}\s){2}))`,
  "i",
);
/** Most lines are those of a dump that has none. */
const WITHOUT = /^[ \t]*(?:0x[\da-f]{4}|$)/i;
/** A line may be quoted, numbered and logged in turn. */
const MOST_MARGINS = 4;

/** A line without what was put before it. */
export interface Unmargined {
  readonly text: string;
  /** The time with which it was logged; null where it has none, or one of its own. */
  readonly stamp: string | null;
}

/** Takes away what mail, tickets, editors and loggers put before each line of a text that is pasted. */
export function withoutMargin(line: string): Unmargined {
  if (WITHOUT.test(line)) return { text: line, stamp: null };
  let text = line;
  let stamp: string | null = null;
  for (let round = 0; round < MOST_MARGINS; round++) {
    const [margin, time = null] =
      PAGER.exec(text) ??
      QUOTE.exec(text) ??
      BRACKETS.exec(text) ??
      SYSLOG.exec(text) ??
      STAMP.exec(text) ??
      NUMBER.exec(text) ??
      [];
    if (margin === undefined) break;
    stamp = time ?? stamp;
    text = text.slice(margin.length);
    if (margin.includes('"')) text = text.replace(/"$/, "");
  }
  return { text, stamp };
}
