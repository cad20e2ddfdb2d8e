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
const MAYBE_GREP = /^(?:\d{1,9}[:-][A-Z\d]|[^ ]{1,200}\.(?:log|txt))/;
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
  const stamped = stampAt(text.slice(at), near);
  const stampText =
    stamped === null ? (TIME_OF_DAY.exec(text.slice(at))?.[0] ?? "") : text.slice(at, at + stamped.end);
  at += stampText.length;
  let rest = text.slice(at);
  // pluto puts a colon behind its own time.
  const gap = /^:? /.exec(rest)?.[0].length ?? 0;
  const hasColon = gap === 2;
  rest = rest.slice(gap);
  at += gap;
  let host: string | null = null;
  let tag: string | null = null;
  const tagged = stamped === null || hasColon ? null : SYSLOG_TAG.exec(rest);
  if (tagged !== null && !CHARON.test(rest)) {
    host = tagged[1] === "-" ? null : (tagged[1] ?? null);
    tag = (tagged[2] ?? "").toLowerCase();
    rest = rest.slice(tagged[0].length);
    at += tagged[0].length;
  }
  const charon = CHARON.exec(rest);
  const common = { stamp: stamped?.stamp ?? null, stampText, host, tag };
  if (charon !== null && (tag === null || !PLUTO_TAGS.has(tag))) {
    const [prefix, thread, group = null, level, ikeName, ikeId] = charon;
    return {
      ...common,
      thread: numberOf(thread),
      group,
      level: numberOf(level),
      ikeName: ikeName ?? null,
      ikeId: numberOf(ikeId),
      message: rest.slice(prefix.length),
      dialect: "charon",
    };
  }
  const none = { thread: null, group: null, level: null, ikeName: null, ikeId: null };
  if (tag !== null && CHARON_TAGS.has(tag)) {
    return { ...common, ...none, message: rest, dialect: "charon" };
  }
  if ((tag !== null && PLUTO_TAGS.has(tag)) || (stamped !== null && hasColon) || PLUTO.test(rest)) {
    return { ...common, ...none, message: rest, dialect: "pluto" };
  }
  const whack = stamped === null ? WHACK.exec(rest) : null;
  if (whack !== null) {
    const from = at + whack[0].length;
    return { ...common, ...none, message: text.slice(from), dialect: "whack" };
  }
  return {
    ...common,
    ...none,
    message: stamped === null ? text : rest,
    dialect: "plain",
  };
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
