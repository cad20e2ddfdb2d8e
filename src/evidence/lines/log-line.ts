import type { Micros } from "../../bytes/time.js";
import { journalLine } from "./json-line.js";
import type { LogLine } from "./line.js";
import { withoutRelay } from "./relayed.js";
import { stampAt } from "./stamp.js";

const SYSLOG_TAG = /^(\S{1,255}) (?:[a-z\d]{2,9}\.[a-z]{3,7} )?([A-Za-z][\w./-]{0,63})(?:\[\d+\])?: ?/;
/** `time_format = %T`: without a day, a log of several days would be folded into one. Such a log has its order only. */
const TIME_OF_DAY = /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?= \d\d+\[[A-Z]{3})/;
/** "05[IKE] ", "05[IKE1] ", "[IKE] " of swanctl --initiate, each with or without "<site|1> ". */
const CHARON = /^(?:(\d\d+))?\[([A-Z]{3})(\d)?\] (?:<(?:([^|<>]{1,255})\|)?(\d+)> )?/;
/** "/var/log/charon.log" of a grep over several files. */
const MAYBE_GREP = /^(?:\d{1,9}[:-](?:[A-Z]|\d{4}-|\d\d\[)|[^ ]{1,200}\.(?:log|txt)[.:])/;
const GREP_PREFIX = /^(?:[\w./-]+\.(?:log|txt)(?:\.\d+)?:)?(?:\d+[:-](?=[A-Z][a-z]{2} |\d{4}-|\d\d\[))?/;
/** A message of pluto: the name of a connection, or a debug line. */
const PLUTO = /^(?:"[^"]{1,255}"(?:\[\d+\])?(?: [0-9a-fA-F.:]+)?(?: #\d+)?:|\|)/;
const WHACK = /^\d{3} (?="|#\d|[A-Za-z])/;
const PLUTO_TAGS = new Set(["pluto"]);
const CHARON_TAGS = new Set(["charon", "charon-systemd", "charon-nm", "charon-cmd", "ipsec", "strongswan"]);

/** Splits a line into what stands before its message, and the message. Never fails: a line of an unknown form is all message. */
export function logLine(written: string, near: Micros): LogLine {
  if (written.startsWith("{")) {
    const journal = journalLine(written);
    if (journal !== null) return journal;
  }
  const text = withoutRelay(written);
  let at = MAYBE_GREP.test(text) ? (GREP_PREFIX.exec(text)?.[0].length ?? 0) : 0;
  const whole = at === 0 ? text : text.slice(at);
  const stamped = stampAt(whole, near);
  const stampText = stamped === null ? (TIME_OF_DAY.exec(whole)?.[0] ?? "") : whole.slice(0, stamped.end);
  at += stampText.length;
  let rest = text.slice(at);
  // pluto puts a colon behind its own time.
  const gap = /^:? /.exec(rest)?.[0].length ?? 0;
  const hasColon = gap === 2;
  rest = rest.slice(gap);
  at += gap;
  let host: string | null = null;
  let tag: string | null = null;
  let charon = CHARON.exec(rest);
  const tagged = stamped === null || hasColon || charon !== null ? null : SYSLOG_TAG.exec(rest);
  if (tagged !== null) {
    host = tagged[1] === "-" ? null : (tagged[1] ?? null);
    tag = (tagged[2] ?? "").toLowerCase();
    rest = rest.slice(tagged[0].length);
    at += tagged[0].length;
    charon = CHARON.exec(rest);
  }
  const stamp = stamped?.stamp ?? null;
  // Objects are not put together from others here: that takes longer than all the rest of a line.
  const said = (message: string, dialect: LogLine["dialect"], parts: RegExpExecArray | null): LogLine => ({
    stamp,
    stampText,
    host,
    tag,
    thread: numberOf(parts?.[1]),
    group: parts?.[2] ?? null,
    level: numberOf(parts?.[3]),
    ikeName: parts?.[4] ?? null,
    ikeId: numberOf(parts?.[5]),
    message,
    dialect,
  });
  if (charon !== null && (tag === null || !PLUTO_TAGS.has(tag))) {
    return said(rest.slice(charon[0].length), "charon", charon);
  }
  if (tag !== null && CHARON_TAGS.has(tag)) return said(rest, "charon", null);
  if ((tag !== null && PLUTO_TAGS.has(tag)) || (stamped !== null && hasColon) || PLUTO.test(rest)) {
    return said(rest, "pluto", null);
  }
  const whack = stamped === null ? WHACK.exec(rest) : null;
  if (whack !== null) return said(text.slice(at + whack[0].length), "whack", null);
  return said(stamped === null ? text : rest, "plain", null);
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
